import { Atlas } from './atlas.js';
import { Program } from './program.js';
import { frameOf, NONE, quadsOf } from './quads.js';
import { Trouble } from './trouble.js';

const NUMBERS = 9, BYTES = 4 * NUMBERS, WIDEST_GAP = 0.35, SPAN = 1.8;
/** Pixels by which a quad is drawn larger than it is. */
const MARGIN = 0.5, MARGIN_APART = 2;

/** Draws a package with WebGL 2: instanced quads from far to near, premultiplied, without a depth test. */
export class Drawing {
  /** @param limits { side, layers } less than the card's own, for tests */
  constructor(canvas, pack, limits = {}) {
    const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, stencil: false, powerPreference: 'high-performance' });
    if (!gl) throw new Trouble('This browser has no WebGL 2. Switch hardware acceleration on, or use another browser.');
    Object.assign(this, { gl, canvas, pack, spread: 0 });
    const most = { side: gl.getParameter(gl.MAX_TEXTURE_SIZE), layers: gl.getParameter(gl.MAX_ARRAY_TEXTURE_LAYERS) };
    const within = { side: Math.min(most.side, limits.side || most.side), layers: Math.min(most.layers, limits.layers || most.layers) };
    this.atlases = pack.atlases.map((a) => new Atlas(gl, a, pack.premultiplied, within));
    this.programs = { plain: new Program(gl, false), blending: new Program(gl, true) };
    this.flatDepth = 2 / (1 / pack.planes[0] + 1 / pack.planes.at(-1));
    this.fill(this.ordered());
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** Depth of plane k where the planes with tiles are taken apart, evenly, around the mean. */
  apartDepths() {
    const used = [...new Set(this.pack.tiles.map((t) => t.plane))].sort((a, b) => a - b);
    const gap = Math.min(WIDEST_GAP, SPAN / Math.max(1, used.length - 1));
    return new Map(used.map((plane, i) => [plane, this.flatDepth * (1 + gap * (i - (used.length - 1) / 2))]));
  }

  /**
   * All quads in the order of drawing, with the texture that each needs. Planes come from far to near; quads of one plane do not overlap, so they are sorted
   * by texture, beginning with the one that the plane before ended with. A plane's frame comes last.
   */
  ordered() {
    const { pack } = this, order = [];
    for (const { plane, quads } of quadsOf(pack)) {
      const groups = new Map();
      for (const quad of quads) {
        const { atlas, slot } = pack.tiles[quad.tile], place = this.atlases[atlas].place(slot), key = `${atlas}/${place.page}`;
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push({ ...quad, plane, place, atlas, key });
      }
      const last = order.at(-1)?.key, keys = [...groups.keys()].sort((a, b) => (b === last) - (a === last));
      for (const key of keys) order.push(...groups.get(key));
      order.push(...frameOf(pack).map((quad) => ({ ...order.at(-1), ...quad })));
    }
    return order;
  }

  /** Puts the quads into a buffer, and cuts their order into runs that need one texture each. */
  fill(order) {
    const { gl, pack } = this, apart = this.apartDepths(), numbers = new Float32Array(NUMBERS * order.length);
    this.runs = [];
    order.forEach((q, i) => {
      const tile = q.tile === NONE ? { x: 0, y: 0 } : pack.tiles[q.tile];
      numbers.set([q.x0, q.y0, q.x1, q.y1, pack.planes[q.plane], q.place.x + pack.apron - tile.x * pack.payload, q.place.y + pack.apron - tile.y * pack.payload,
        q.tile === NONE ? 1 : 0, apart.get(q.plane)], NUMBERS * i);
      if (this.runs.at(-1)?.key !== q.key) this.runs.push({ key: q.key, atlas: this.atlases[q.atlas], page: q.place.page, first: i, count: 0 });
      this.runs.at(-1).count++;
    });
    this.quads = order.length;
    this.buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, numbers, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    for (const location of [1, 2, 3]) {
      gl.enableVertexAttribArray(location);
      gl.vertexAttribDivisor(location, 1);
    }
  }

  resize(width, height) {
    if (this.canvas.width === width && this.canvas.height === height) return;
    [this.canvas.width, this.canvas.height] = [width, height];
  }

  /**
   * @param eye { clipFromReference, rayFromPixel, centre, texelsPerPixel }
   * @param time frame, with a fraction of the way to the next one
   */
  draw(eye, time, { blend = false, ground = [0, 0, 0] } = {}) {
    const { gl, pack } = this, frame = Math.floor(time) % pack.frames, program = blend ? this.programs.blending : this.programs.plain;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(...ground, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    program.use(eye, { lens: pack.plane, spread: this.spread, flatDepth: this.flatDepth, margin: this.spread > 0 ? MARGIN_APART : MARGIN });
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (const { atlas, page, first, count } of this.runs) {
      program.show(atlas.pages[page], atlas.at(page, frame), atlas.at(page, (frame + 1) % pack.frames), time - Math.floor(time));
      [[1, 4, 0], [2, 4, 4], [3, 1, 8]].forEach(([location, numbers, from]) => gl.vertexAttribPointer(location, numbers, gl.FLOAT, false, BYTES, first * BYTES + 4 * from));
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    }
  }

  /** Waits until the card has drawn. */
  finish() {
    this.gl.readPixels(0, 0, 1, 1, this.gl.RGBA, this.gl.UNSIGNED_BYTE, new Uint8Array(4));
  }
}
