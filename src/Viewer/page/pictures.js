import { CODE_STEPS, MOVING } from './clip.js';

/** The source and its depth beside the cloud, in the colours of the clip's depth pictures. */
export class Pictures {
  constructor(clip, sourceCanvas, depthCanvas) {
    this.clip = clip;
    this.targets = [sourceCanvas, depthCanvas].map((canvas) => {
      canvas.width = clip.width;
      canvas.height = clip.height;
      const context = canvas.getContext('2d', { alpha: false });
      return { context, image: context.createImageData(clip.width, clip.height) };
    });
    this.colours = new Uint32Array(CODE_STEPS + 2);
    this.palette = Uint32Array.from({ length: 256 }, (_, i) => pack(...clip.palette.subarray(3 * i, 3 * i + 3)));
  }

  show(frame, moving) {
    const [source, depth] = this.targets;
    this.colourCodes(frame);
    const from = new Uint32Array(frame.pixels.buffer, frame.pixels.byteOffset, frame.codes.length);
    const rgba = new Uint32Array(source.image.data.buffer), shades = new Uint32Array(depth.image.data.buffer);
    const tint = moving === 'tint' ? MOVING : 0;
    for (let i = 0; i < rgba.length; i++) {
      const pixel = from[i];
      rgba[i] = (pixel >>> 24 & tint ? redder(pixel) : pixel) | 0xff000000;
      shades[i] = this.colours[frame.codes[i]];
    }
    for (const { context, image } of this.targets) context.putImageData(image, 0, 0);
  }

  /** The colour of each of the 65536 codes, which mean other depths in each frame. */
  colourCodes(frame) {
    const { clip, colours, palette } = this;
    const step = Math.exp(-Math.log(frame.far / frame.near) / CODE_STEPS), scale = 255 / (clip.inverseDepthMax - clip.inverseDepthMin);
    let inverse = 1 / frame.near;
    colours[0] = 0xff000000;
    for (let code = 1; code < colours.length; code++, inverse *= step)
      colours[code] = palette[Math.max(0, Math.min(255, Math.round((inverse - clip.inverseDepthMin) * scale)))];
  }
}

/** RGBA as it lies in memory on little-endian machines. */
function pack(r, g, b) { return (0xff000000 | b << 16 | g << 8 | r) >>> 0; }

function redder(pixel) { return pack(Math.round(0.45 * (pixel & 255) + 140), (pixel >>> 8 & 255) >> 1, (pixel >>> 16 & 255) >> 1); }
