import { Trouble } from './trouble.js';
import fragmentShader from './tiles.frag.glsl';
import vertexShader from './tiles.vert.glsl';

const VERSION = '#version 300 es\n';

/** The shaders that draw quads, and the places of their settings. */
export class Program {
  /** @param blend whether neighbouring frames are blended */
  constructor(gl, blend) {
    this.gl = gl;
    this.program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, vertexShader], [gl.FRAGMENT_SHADER, `${VERSION}${blend ? '#define BLEND\n' : ''}${fragmentShader}`]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.program, shader);
    }
    gl.linkProgram(this.program);
    if (!gl.getProgramParameter(this.program, gl.LINK_STATUS) && !gl.isContextLost())
      throw new Trouble(`The graphics driver refuses the page's shaders: ${gl.getProgramInfoLog(this.program)}`);
    const names = ['lens', 'clipFromReference', 'rayFromPixel', 'centre', 'margin', 'spread', 'flatDepth', 'now', 'nowAt', 'after', 'afterAt'];
    this.at = Object.fromEntries(names.map((n) => [n, gl.getUniformLocation(this.program, n)]));
  }

  /** Makes it the one in use, seen from an eye. */
  use(eye, { lens, spread, flatDepth, margin }) {
    const { gl, at } = this;
    gl.useProgram(this.program);
    gl.uniform4fv(at.lens, lens);
    gl.uniformMatrix4fv(at.clipFromReference, false, eye.clipFromReference);
    gl.uniformMatrix3fv(at.rayFromPixel, false, eye.rayFromPixel);
    gl.uniform3fv(at.centre, eye.centre);
    gl.uniform1f(at.spread, spread);
    gl.uniform1f(at.flatDepth, flatDepth);
    gl.uniform1f(at.margin, eye.texelsPerPixel * margin);
    gl.uniform1i(at.now, 0);
    gl.uniform1i(at.after, 1);
  }

  /** @param now, after { texture, layer } of the frames, @param share of the second one */
  show({ width, height }, now, after, share) {
    const { gl, at } = this;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, now.texture);
    gl.uniform3f(at.nowAt, 1 / width, 1 / height, now.layer);
    if (at.after === null) return;
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, after.texture);
    gl.uniform2f(at.afterAt, after.layer, share);
  }
}
