import {
  BufferGeometry, DataTexture, GLSL3, Matrix4, NearestFilter, Points, RawShaderMaterial, RedIntegerFormat, RGBAFormat, UnsignedByteType, UnsignedShortType,
  Vector2, Vector3, Vector4,
} from 'three';
import { CODE_STEPS } from './clip.js';
import vertexShader from './cloud.vert.glsl';
import fragmentShader from './cloud.frag.glsl';

const COLOURING = { source: 0, depth: 1 };
const MOVING = { all: 0, tint: 1, static: 2, only: 3 };

/** The points of one frame at a time: two textures and no other memory, a vertex per pixel. */
export class Cloud {
  constructor(clip) {
    const { width, height } = clip;
    this.clip = clip;
    this.codes = texture(new Uint16Array(width * height), width, height, RedIntegerFormat, UnsignedShortType);
    this.codes.internalFormat = 'R16UI';
    this.pixels = texture(new Uint8Array(4 * width * height), width, height, RGBAFormat, UnsignedByteType);
    this.uniforms = Object.fromEntries(Object.entries({
      codes: this.codes, pixels: this.pixels, palette: palette(clip.palette),
      grid: new Vector2(width, height), lens: new Vector4(clip.fx, clip.fy, clip.cx, clip.cy), depthOfCode: new Vector2(1, 0),
      colourRange: new Vector2(clip.inverseDepthMin, 1 / (clip.inverseDepthMax - clip.inverseDepthMin)),
      eye: new Vector3(), pixelsPerUnit: 1, pointSize: 1.3, colouring: 0, moving: 0,
    }).map(([name, value]) => [name, { value }]));
    const geometry = new BufferGeometry();
    geometry.setDrawRange(0, width * height);
    this.object = new Points(geometry, new RawShaderMaterial({ vertexShader, fragmentShader, uniforms: this.uniforms, glslVersion: GLSL3 }));
    this.object.frustumCulled = false;
    this.object.matrixAutoUpdate = false;
  }

  show(frame) {
    this.codes.image.data = frame.codes;
    this.pixels.image.data = frame.pixels;
    this.codes.needsUpdate = this.pixels.needsUpdate = true;
    this.uniforms.depthOfCode.value.set(frame.near, Math.log(frame.far / frame.near) / CODE_STEPS);
    this.camFromWorld = camFromWorld(this.clip, frame.index);
    this.object.matrix.copy(this.camFromWorld).invert();
    this.object.matrixWorldNeedsUpdate = true;
  }

  /** From where it is seen, in the world. */
  set eye(position) { this.uniforms.eye.value.copy(position).applyMatrix4(this.camFromWorld); }

  set size(value) { this.uniforms.pointSize.value = value; }

  set pixelsPerUnit(value) { this.uniforms.pixelsPerUnit.value = value; }

  set colouring(name) { this.uniforms.colouring.value = COLOURING[name]; }

  set moving(name) { this.uniforms.moving.value = MOVING[name]; }
}

/** World to camera, OpenCV axes: x right, y down, z forward. */
export function camFromWorld(clip, frame) {
  const c = clip.camera(frame);
  return new Matrix4().set(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11], 0, 0, 0, 1);
}

function texture(data, width, height, format, type) {
  const made = new DataTexture(data, width, height, format, type);
  made.minFilter = made.magFilter = NearestFilter;
  made.generateMipmaps = false;
  made.needsUpdate = true;
  return made;
}

function palette(rgb) {
  const rgba = new Uint8Array(rgb.length / 3 * 4).fill(255);
  for (let i = 0; 3 * i < rgb.length; i++) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return texture(rgba, rgb.length / 3, 1, RGBAFormat, UnsignedByteType);
}
