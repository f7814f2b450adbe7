import { Trouble } from './trouble.js';

const FORMAT = 'mtv/1', RECORD_BYTES = 8, MOST_PLANES = 256, MOST_SIDE = 65536, MOST_FRAMES = 100000, MOST_TEXELS = 2 ** 31;

/** Reads what a package says of itself, and which tile lies where. What is not as the format has it is said. */
export async function openPackage(files) {
  let scene;
  try {
    scene = JSON.parse(await (await files.read('scene.json')).text());
  } catch (e) {
    if (e instanceof Trouble) throw e;
    throw new Trouble('scene.json is damaged.');
  }
  check(scene.format === FORMAT, `format is ${JSON.stringify(scene.format)}; this page shows ${FORMAT}`);
  check(whole(scene.frames, 1, MOST_FRAMES), 'frames');
  check(positive(scene.fps) && scene.fps <= 1000, 'fps');
  check(scene.alpha === 'premultiplied' || scene.alpha === 'straight', 'alpha');
  const z = scene.planes;
  check(Array.isArray(z) && z.length > 0 && z.length <= MOST_PLANES && z.every((v, k) => positive(v) && (k === 0 || v > z[k - 1])), 'planes');
  const grid = gridOf(scene);
  const atlases = atlasesOf(scene, grid);
  const tiles = readTiles(await (await files.read(scene.tiles)).arrayBuffer(), grid, atlases, z.length);
  return {
    frames: scene.frames, fps: scene.fps, premultiplied: scene.alpha === 'premultiplied', planes: z, ...grid, atlases, tiles,
    view: viewOf(scene.view ?? {}, z), name: String(scene.provenance?.name ?? scene.provenance?.clips ?? 'Loop').slice(0, 200),
  };
}

/** Lenses have pixel centres at +0.5: the left edge of the picture is 0. */
function gridOf({ ref, mpi, tile }) {
  check(lens(ref?.K) && whole(ref.width, 1, MOST_SIDE) && whole(ref.height, 1, MOST_SIDE), 'ref');
  check(whole(mpi?.width, 1, MOST_SIDE) && whole(mpi.height, 1, MOST_SIDE) && (mpi.K === undefined || lens(mpi.K)), 'mpi');
  check(whole(tile?.payload, 1, 1024) && whole(tile.apron, 1, 16), 'tile');
  const [fx, fy, cx, cy] = ref.K;
  const plane = mpi.K ?? [fx, fy, cx + (mpi.width - ref.width) / 2, cy + (mpi.height - ref.height) / 2];
  const [columns, rows] = [Math.ceil(mpi.width / tile.payload), Math.ceil(mpi.height / tile.payload)];
  return { reference: { fx, fy, cx, cy, width: ref.width, height: ref.height }, plane, payload: tile.payload, apron: tile.apron, columns, rows };
}

function atlasesOf({ atlases, frames }, { payload, apron }) {
  check(Array.isArray(atlases) && atlases.length > 0 && atlases.length < 256, 'atlases');
  return atlases.map((a) => {
    const [columns, rows] = Array.isArray(a?.slots) ? a.slots : [];
    check(whole(columns, 0, MOST_SIDE) && whole(rows, 0, MOST_SIDE) && (a.frames === 1 || a.frames === frames), 'atlases');
    const side = payload + 2 * apron;
    check(columns * rows * side * side * a.frames <= MOST_TEXELS, `atlas ${a.id} is too large`);
    return { columns, rows, side, frames: a.frames, file: (frame) => (a.files ? numbered(a.files, frame) : a.file) };
  });
}

function numbered(pattern, frame) {
  return String(pattern).replace(/%0(\d)d/, (_, digits) => String(frame).padStart(Number(digits), '0'));
}

function readTiles(buffer, { columns, rows }, atlases, planes) {
  check(buffer.byteLength % RECORD_BYTES === 0, 'tiles: length');
  const data = new DataView(buffer), taken = new Set();
  return Array.from({ length: buffer.byteLength / RECORD_BYTES }, (_, i) => {
    const at = i * RECORD_BYTES;
    const tile = { plane: data.getUint8(at), atlas: data.getUint8(at + 1), x: data.getUint16(at + 2, true), y: data.getUint16(at + 4, true), slot: data.getUint16(at + 6, true) };
    const atlas = atlases[tile.atlas];
    check(tile.plane < planes && atlas && tile.x < columns && tile.y < rows && tile.slot < atlas.columns * atlas.rows, `tiles: record ${i}`);
    const place = (tile.plane * rows + tile.y) * columns + tile.x;
    check(!taken.has(place), `tiles: record ${i} is there twice`);
    taken.add(place);
    return tile;
  });
}

function viewOf({ up, lookat, box }, planes) {
  const middle = 2 / (1 / planes[0] + 1 / planes.at(-1));
  return {
    up: vector(up) && up.some((v) => v !== 0) ? up : [0, -1, 0],
    lookAt: vector(lookat) && lookat[2] > 0 ? lookat : [0, 0, middle],
    box: vector(box) ? box.map(Math.abs) : [0, 0, 0],
  };
}

function check(right, what) { if (!right) throw new Trouble(`scene.json cannot be used: ${what}.`); }
function whole(v, least, most) { return Number.isInteger(v) && v >= least && v <= most; }
function positive(v) { return Number.isFinite(v) && v > 0; }
function vector(v) { return Array.isArray(v) && v.length === 3 && v.every(Number.isFinite); }
function lens(k) { return Array.isArray(k) && k.length === 4 && k.every(Number.isFinite) && k[0] > 0 && k[1] > 0; }
