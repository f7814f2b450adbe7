import { Atlas } from './atlas.js';
import { NONE, quadsOf } from './quads.js';
import { Trouble } from './trouble.js';
import fragmentShader from './tiles.frag.glsl';
import vertexShader from './tiles.vert.glsl';

const NUMBERS = 9, BYTES = 4 * NUMBERS, WIDEST_GAP = 0.35, SPAN = 1.8;
const STILL = 0, MOVES = 1, FRAME = 2;
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
    this.program = link(gl);
    this.uniforms = Object.fromEntries(['lens', 'clipFromReference', 'rayFromPixel', 'centre', 'margin', 'spread', 'flatDepth', 'still', 'now', 'after', 'layers', 'towards'].map((n) => [n, gl.getUniformLocation(this.program, n)]));
    this.flatDepth = 2 / (1 / pack.planes[0] + 1 / pack.planes.at(-1));
    this.fill();
    gl.useProgram(this.program);
    gl.uniform4fv(this.uniforms.lens, pack.plane);
    gl.uniform1f(this.uniforms.flatDepth, this.flatDepth);
    ['still', 'now', 'after'].forEach((name, unit) => gl.uniform1i(this.uniforms[name], unit));
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

  /** Puts the quads into a buffer, and cuts their order into runs that need one set of textures each. */
  fill() {
    const { gl, pack } = this;
    const quads = quadsOf(pack), apart = this.apartDepths(), numbers = new Float32Array(NUMBERS * quads.length);
    this.runs = [];
    quads.forEach((q, i) => {
      const { shift, kind } = this.place(q, i);
      numbers.set([q.x0, q.y0, q.x1, q.y1, pack.planes[q.plane], ...shift, kind, apart.get(q.plane)], NUMBERS * i);
    });
    this.quads = quads.length;
    this.buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, numbers, gl.STATIC_DRAW);
    this.corners = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.corners);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    for (const location of [1, 2, 3]) {
      gl.enableVertexAttribArray(location);
      gl.vertexAttribDivisor(location, 1);
    }
  }

  /** @returns { shift, kind }: from texels of the plane to those of the atlas' page, and what the quad shows */
  place({ tile: index }, at) {
    if (index === NONE) {
      this.runs.at(-1).count++;
      return { shift: [0, 0], kind: FRAME };
    }
    const { pack } = this, tile = pack.tiles[index], atlas = this.atlases[tile.atlas], place = atlas.place(tile.slot), moves = atlas.atlas.frames > 1;
    this.addToRuns(at, moves ? 'moving' : 'still', tile.atlas, place.page);
    return { shift: [place.x + pack.apron - tile.x * pack.payload, place.y + pack.apron - tile.y * pack.payload], kind: moves ? MOVES : STILL };
  }

  addToRuns(index, kind, atlas, page) {
    const run = this.runs.at(-1), fits = run && (!run[kind] || (run[kind].atlas === atlas && run[kind].page === page));
    if (!fits) this.runs.push({ first: index, count: 0 });
    const into = this.runs.at(-1);
    into[kind] ??= { atlas, page };
    into.count++;
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
    const { gl, uniforms, pack } = this;
    const frame = Math.floor(time) % pack.frames, towards = blend ? time - Math.floor(time) : 0;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(...ground, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniformMatrix4fv(uniforms.clipFromReference, false, eye.clipFromReference);
    gl.uniformMatrix3fv(uniforms.rayFromPixel, false, eye.rayFromPixel);
    gl.uniform3fv(uniforms.centre, eye.centre);
    gl.uniform1f(uniforms.margin, eye.texelsPerPixel * (this.spread > 0 ? MARGIN_APART : MARGIN));
    gl.uniform1f(uniforms.spread, this.spread);
    gl.uniform1f(uniforms.towards, towards);
    for (const run of this.runs) this.drawRun(run, frame, (frame + 1) % pack.frames);
  }

  drawRun(run, frame, next) {
    const { gl } = this;
    const still = run.still && this.atlases[run.still.atlas].at(run.still.page, 0);
    const now = run.moving && this.atlases[run.moving.atlas].at(run.moving.page, frame);
    const after = run.moving && this.atlases[run.moving.atlas].at(run.moving.page, next);
    [still ?? now, now ?? still, after ?? still].forEach(({ texture }, unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
    });
    gl.uniform2f(this.uniforms.layers, now?.layer ?? 0, after?.layer ?? 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    [[1, 4, 0], [2, 4, 4], [3, 1, 8]].forEach(([location, count, from]) => gl.vertexAttribPointer(location, count, gl.FLOAT, false, BYTES, run.first * BYTES + 4 * from));
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, run.count);
  }

  /** Waits until the card has drawn. */
  finish() {
    this.gl.readPixels(0, 0, 1, 1, this.gl.RGBA, this.gl.UNSIGNED_BYTE, new Uint8Array(4));
  }
}

function link(gl) {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, vertexShader], [gl.FRAGMENT_SHADER, fragmentShader]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Trouble(`The graphics driver refuses the page's shaders: ${gl.getProgramInfoLog(program)}`);
  return program;
}
