// What the server knows of the clip, and how a packed frame is read. The layout is in the README of this project.

const MAGIC = 0x56443344, VERSION = 1, CAMERA_NUMBERS = 12;

/** Something the person should read. */
export class Trouble extends Error {}

export async function fetchOrSay(address, signal) {
  let answer;
  try {
    answer = await fetch(address, { signal });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Trouble('The viewer has ended. Start it again: depth3d view RUN');
  }
  if (!answer.ok) throw new Trouble(await answer.text() || `${address}: ${answer.status}`);
  return answer;
}

export async function openClip() {
  const [manifest, cameras] = await Promise.all([
    fetchOrSay('clip.json').then((a) => a.json()),
    fetchOrSay('cameras.bin').then((a) => a.arrayBuffer()),
  ]);
  if (manifest.version !== VERSION) throw new Trouble(`These frames are of version ${manifest.version}, this page reads ${VERSION}. Load the page again.`);
  const numbers = new Float32Array(cameras);
  const palette = Uint8Array.from(atob(manifest.palette), (c) => c.charCodeAt(0));
  return { ...manifest, palette, camera: (frame) => numbers.subarray(CAMERA_NUMBERS * frame, CAMERA_NUMBERS * (frame + 1)) };
}

/** Views into a packed frame: 16-bit depth codes, and red, green, blue, flags of every pixel. */
export function readFrame(buffer, clip) {
  const head = new DataView(buffer);
  if (buffer.byteLength !== clip.frameBytes || head.getUint32(0, true) !== MAGIC || head.getUint16(4, true) !== VERSION)
    throw new Trouble('A frame arrived damaged.');
  const pixels = head.getUint16(8, true) * head.getUint16(10, true);
  return {
    index: head.getInt32(12, true),
    near: head.getFloat32(16, true),
    far: head.getFloat32(20, true),
    codes: new Uint16Array(buffer, head.getUint16(6, true), pixels),
    pixels: new Uint8Array(buffer, head.getInt32(24, true), 4 * pixels),
  };
}

export const MOVING = 1, EDGE = 2, CODE_STEPS = 65534;
