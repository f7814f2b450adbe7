// Rectangles that show the tiles. A bilinear filter reaches half a texel into the tile next door, so the outermost half texel of a tile belongs to who knows
// all four texels there: a moving tile's apron does, for every frame; a still tile's does where nothing that moves is near; an empty tile's strip shows its
// neighbour fading out. With that, what is drawn is what filtering the whole plane would give.

const HALF = 0.5;

/** In place of a tile: no tile. */
export const NONE = -1;

/**
 * @returns rectangles of every plane that has tiles, from far to near: [{ plane, quads: [{ tile, x0, y0, x1, y1 }] }], in texels of the plane from its left and
 * upper edge; those of one plane do not overlap
 */
export function quadsOf({ tiles, atlases, columns, rows, payload, planes }) {
  const moves = (i) => atlases[tiles[i].atlas].frames > 1;
  const byPlane = planes.map(() => []);
  tiles.forEach((tile, i) => byPlane[tile.plane].push(i));
  const result = [];
  for (let plane = planes.length - 1; plane >= 0; plane--) {
    if (byPlane[plane].length === 0) continue;
    const width = columns + 4, grid = new Int32Array(width * (rows + 4)).fill(NONE);
    for (const i of byPlane[plane]) grid[(tiles[i].y + 2) * width + tiles[i].x + 2] = i;
    const parts = new Map(byPlane[plane].map((i) => [i, []]));
    for (let y = -1; y <= rows; y++)
      for (let x = -1; x <= columns; x++)
        addParts(parts, x * payload, y * payload, (dx, dy) => grid[(y + dy + 2) * width + x + dx + 2], moves, payload);
    result.push({ plane, quads: [...parts].flatMap(([tile, own]) => joined(own).map(([x0, y0, x1, y1]) => ({ tile, x0, y0, x1, y1 }))) });
  }
  return result;
}

/** Order of who draws a strip or a corner: beside the tile itself, neighbours above and below, left and right, then at the corner. */
function ownerOf(own, near, moves) {
  if (own !== NONE && moves(own)) return own;
  const moving = near.find((n) => n !== NONE && moves(n));
  if (moving !== undefined) return moving;
  return own !== NONE ? own : near.find((n) => n !== NONE) ?? NONE;
}

/** One place of the grid in three rows of three: each part goes to the tile that draws it. */
function addParts(parts, left, top, near, moves, size) {
  const own = near(0, 0), sides = [-1, 0, 1];
  const round = sides.flatMap((dy) => sides.map((dx) => near(dx, dy)));
  if (own === NONE && round.every((n) => n === NONE)) return;
  if (own !== NONE && (moves(own) || !round.some((n) => n !== NONE && moves(n)))) {
    parts.get(own).push([left, top, left + size, top + size]);
    return;
  }
  const cuts = [0, HALF, size - HALF, size];
  for (const dy of sides)
    for (const dx of sides) {
      const beside = dx === 0 ? [near(0, dy)] : dy === 0 ? [near(dx, 0)] : [near(0, dy), near(dx, 0), near(dx, dy)];
      const owner = dx === 0 && dy === 0 ? own : ownerOf(own, beside, moves);
      if (owner !== NONE) parts.get(owner).push([left + cuts[dx + 1], top + cuts[dy + 1], left + cuts[dx + 2], top + cuts[dy + 2]]);
    }
}

/** The same area in fewer rectangles: two that share a whole side become one, until none do. */
function joined(rects) {
  for (let again = true; again;) {
    again = false;
    for (let i = 0; i < rects.length; i++)
      for (let j = rects.length - 1; j > i; j--)
        if (sharesSide(rects[i], rects[j])) {
          const [a, b] = [rects[i], rects[j]];
          rects[i] = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
          rects.splice(j, 1);
          again = true;
        }
  }
  return rects;
}

function sharesSide(a, b) {
  return (a[0] === b[0] && a[2] === b[2] && (a[3] === b[1] || b[3] === a[1])) || (a[1] === b[1] && a[3] === b[3] && (a[2] === b[0] || b[2] === a[0]));
}

/** Where the reference picture lies on a plane, as four lines of a texel's width: shown while the planes are taken apart. */
export function frameOf({ reference, plane: [fx, fy, cx, cy] }) {
  const across = fx / reference.fx, down = fy / reference.fy;
  const [x0, y0] = [cx - across * reference.cx, cy - down * reference.cy];
  const [x1, y1] = [x0 + across * reference.width, y0 + down * reference.height];
  return [[x0, y0, x1, y0 + 1], [x0, y1 - 1, x1, y1], [x0, y0 + 1, x0 + 1, y1 - 1], [x1 - 1, y0 + 1, x1, y1 - 1]]
    .map((r) => ({ tile: NONE, x0: r[0], y0: r[1], x1: r[2], y1: r[3] }));
}
