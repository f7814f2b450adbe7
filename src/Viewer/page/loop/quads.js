// Rectangles that show the tiles. A bilinear filter reaches half a texel into the tile next door, so the outermost half texel of a tile belongs to who knows
// all four texels there: a moving tile's apron does, for every frame; a still tile's does where nothing that moves is near; an empty tile's strip shows its
// neighbour fading out. With that, what is drawn is what filtering the whole plane would give.

const HALF = 0.5;

/** In place of a tile: no tile. */
export const NONE = -1;

/** Order of who draws a strip or a corner: beside the tile itself, neighbours above and below, left and right, then at the corner. */
function ownerOf(own, near, moves) {
  if (own !== NONE && moves(own)) return own;
  const moving = near.find((n) => n !== NONE && moves(n));
  if (moving !== undefined) return moving;
  return own !== NONE ? own : near.find((n) => n !== NONE) ?? NONE;
}

/** @returns rectangles of every plane, from far to near: { plane, tile, x0, y0, x1, y1 } in texels of the plane, from its left and upper edge; NONE for its frame */
export function quadsOf(pack) {
  const { tiles, atlases, columns, rows, payload, planes } = pack;
  const moves = (i) => atlases[tiles[i].atlas].frames > 1;
  const byPlane = planes.map(() => []);
  tiles.forEach((tile, i) => byPlane[tile.plane].push(i));
  const quads = [];
  for (let plane = planes.length - 1; plane >= 0; plane--) {
    if (byPlane[plane].length === 0) continue;
    const grid = new Int32Array((columns + 2) * (rows + 2)).fill(NONE);
    const at = (x, y) => grid[(y + 1) * (columns + 2) + x + 1];
    for (const i of byPlane[plane]) grid[(tiles[i].y + 1) * (columns + 2) + tiles[i].x + 1] = i;
    for (let y = -1; y <= rows; y++)
      for (let x = -1; x <= columns; x++)
        for (const [tile, x0, y0, x1, y1] of partsOf((dx, dy) => (inside(x + dx, y + dy) ? at(x + dx, y + dy) : NONE), moves, payload))
          quads.push({ plane, tile, x0: x * payload + x0, y0: y * payload + y0, x1: x * payload + x1, y1: y * payload + y1 });
    quads.push(...frameOf(pack, plane));
  }
  return quads;

  function inside(x, y) { return x >= -1 && y >= -1 && x <= columns && y <= rows; }
}

/** Where the reference picture lies on a plane, as four lines of a texel's width: shown while the planes are taken apart. */
export function frameOf({ reference, plane: [fx, fy, cx, cy] }, plane) {
  const across = fx / reference.fx, down = fy / reference.fy;
  const [x0, y0] = [cx - across * reference.cx, cy - down * reference.cy];
  const [x1, y1] = [x0 + across * reference.width, y0 + down * reference.height];
  return [[x0, y0, x1, y0 + 1], [x0, y1 - 1, x1, y1], [x0, y0 + 1, x0 + 1, y1 - 1], [x1 - 1, y0 + 1, x1, y1 - 1]]
    .map((r) => ({ plane, tile: NONE, x0: r[0], y0: r[1], x1: r[2], y1: r[3] }));
}

/** Parts of one place of the grid, alike ones joined: three rows of three. */
function partsOf(near, moves, size) {
  const own = near(0, 0);
  if (own === NONE && [-1, 0, 1].every((dy) => [-1, 0, 1].every((dx) => near(dx, dy) === NONE))) return [];
  const owner = (dx, dy) => (dx === 0 && dy === 0 ? own : ownerOf(own, dx === 0 ? [near(0, dy)] : dy === 0 ? [near(dx, 0)] : [near(0, dy), near(dx, 0), near(dx, dy)], moves));
  const cuts = [0, HALF, size - HALF, size];
  const bands = [-1, 0, 1].map((dy, row) => ({ y0: cuts[row], y1: cuts[row + 1], runs: joined([-1, 0, 1].map((dx) => owner(dx, dy)), cuts) }));
  const merged = [bands[0]];
  for (const band of bands.slice(1)) {
    if (JSON.stringify(band.runs) === JSON.stringify(merged.at(-1).runs)) merged.at(-1).y1 = band.y1;
    else merged.push(band);
  }
  return merged.flatMap(({ y0, y1, runs }) => runs.filter(([tile]) => tile !== NONE).map(([tile, x0, x1]) => [tile, x0, y0, x1, y1]));
}

function joined(owners, cuts) {
  const runs = [];
  owners.forEach((tile, i) => {
    if (runs.at(-1)?.[0] === tile) runs.at(-1)[2] = cuts[i + 1];
    else runs.push([tile, cuts[i], cuts[i + 1]]);
  });
  return runs;
}
