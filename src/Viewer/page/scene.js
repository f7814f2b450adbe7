import {
  BufferAttribute, BufferGeometry, ColorManagement, LinearSRGBColorSpace, Line, LineBasicMaterial, LineSegments, Matrix4, PerspectiveCamera, Scene, Vector3,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import { Trouble } from './clip.js';
import { camFromWorld, Cloud } from './cloud.js';

ColorManagement.enabled = false;

const BACKGROUND = 0x181a1e;
const MOST_PIXEL_RATIO = 2;
/** OpenGL's camera looks along -z with y up, ours along z with y down. */
const FLIP = new Matrix4().makeScale(1, -1, -1);

/** The picture: the cloud, the source camera's way, and the eye that looks at them. */
export class View {
  constructor(canvas, clip) {
    this.clip = clip;
    this.canvas = canvas;
    try {
      this.renderer = new WebGLRenderer({ canvas, antialias: true, powerPreference: 'high-performance' });
    } catch {
      throw new Trouble('This browser has no WebGL 2. Switch hardware acceleration on, or use another browser.');
    }
    this.renderer.outputColorSpace = LinearSRGBColorSpace;
    this.renderer.setClearColor(BACKGROUND);
    this.cloud = new Cloud(clip);
    this.eye = new PerspectiveCamera();
    this.scene = new Scene();
    this.ways = makeWays(clip);
    this.scene.add(this.cloud.object, ...Object.values(this.ways));
    this.followsSource = true;
    this.dirty = true;
    this.makeControls();
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement);
    this.resize();
  }

  makeControls() {
    this.eye.up.copy(upOf(this.clip));
    this.controls = new OrbitControls(this.eye, this.canvas);
    Object.assign(this.controls, { enableDamping: true, dampingFactor: 0.12, zoomToCursor: true, rotateSpeed: 0.6 });
    Object.assign(this.controls, { minDistance: this.clip.near * 0.02, maxDistance: this.clip.far * 20 });
    this.controls.addEventListener('change', () => { this.dirty = true; });
    this.controls.addEventListener('start', () => this.leaveSource());
  }

  show(frame) {
    this.cloud.show(frame);
    this.frame = frame.index;
    if (this.followsSource) this.placeAt(frame.index);
    this.ways.here.matrix.copy(camFromWorld(this.clip, frame.index)).invert();
    this.ways.here.matrixWorldNeedsUpdate = true;
    this.dirty = true;
  }

  /** Looks through the source camera, and goes with it. */
  follow() {
    this.followsSource = true;
    this.placeAt(this.frame ?? 0);
    this.onFollowing?.();
  }

  leaveSource() {
    if (!this.followsSource) return;
    this.followsSource = false;
    this.onFollowing?.();
  }

  /** Behind and above the source camera, so that the whole frame is in view. */
  overview() {
    this.placeAt(this.frame ?? 0);
    const target = this.controls.target.clone();
    const back = this.eye.position.clone().sub(target);
    this.eye.position.copy(target).addScaledVector(back, 1.45).addScaledVector(this.eye.up, 0.3 * back.length());
    this.controls.update();
    this.leaveSource();
    this.dirty = true;
  }

  placeAt(index) {
    const worldFromCam = camFromWorld(this.clip, index).invert();
    this.controls.target.set(0, 0, this.clip.median).applyMatrix4(worldFromCam);
    this.eye.position.setFromMatrixPosition(worldFromCam);
    this.eye.quaternion.setFromRotationMatrix(worldFromCam.clone().multiply(FLIP));
    this.dirty = true;
  }

  set path(shown) {
    this.ways.path.visible = this.ways.here.visible = shown;
    this.dirty = true;
  }

  resize() {
    const { clientWidth: w, clientHeight: h } = this.canvas.parentElement;
    if (w === 0 || h === 0) return;
    this.renderer.setPixelRatio(Math.min(window.devicePixelRatio, MOST_PIXEL_RATIO));
    this.renderer.setSize(w, h, false);
    this.project(w, h);
    this.dirty = true;
  }

  /** The source camera's own lens, its picture as large as it fits. */
  project(w, h) {
    const { clip, eye } = this;
    const scale = Math.min(w / clip.width, h / clip.height), near = clip.near * 0.02, far = clip.far * 1000;
    const shiftX = clip.cx + 0.5 - clip.width / 2, shiftY = clip.cy + 0.5 - clip.height / 2;
    eye.fov = 2 * Math.atan(h / (2 * scale * clip.fy)) * 180 / Math.PI;
    eye.aspect = w / h;
    [eye.near, eye.far] = [near, far];
    eye.projectionMatrix.set(
      2 * scale * clip.fx / w, 0, -2 * scale * shiftX / w, 0,
      0, 2 * scale * clip.fy / h, 2 * scale * shiftY / h, 0,
      0, 0, (far + near) / (near - far), 2 * far * near / (near - far),
      0, 0, -1, 0);
    eye.projectionMatrixInverse.copy(eye.projectionMatrix).invert();
    this.cloud.pixelsPerUnit = scale * clip.fx * this.renderer.getPixelRatio();
  }

  /** Where the picture is seen from, world to camera in OpenCV axes: three rows of four. */
  get camFromWorld() {
    const e = FLIP.clone().multiply(this.eye.matrixWorldInverse).elements;
    return [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((column) => e[4 * column + row]));
  }

  /** @returns whether anything was drawn */
  render() {
    if (!this.followsSource) this.controls.update();
    if (!this.dirty || this.frame === undefined) return false;
    this.cloud.eye = this.eye.position;
    this.renderer.render(this.scene, this.eye);
    this.dirty = false;
    return true;
  }
}

/** The mean of where the source cameras have up. */
function upOf(clip) {
  const up = new Vector3();
  for (let i = 0; i < clip.frameCount; i++) {
    const c = clip.camera(i);
    up.x -= c[4];
    up.y -= c[5];
    up.z -= c[6];
  }
  return up.lengthSq() > 1e-6 ? up.normalize() : up.set(0, -1, 0);
}

function makeWays(clip) {
  const centres = new Float32Array(3 * clip.frameCount);
  for (let i = 0; i < clip.frameCount; i++) new Vector3().setFromMatrixPosition(camFromWorld(clip, i).invert()).toArray(centres, 3 * i);
  const path = new Line(geometryOf(centres), new LineBasicMaterial({ color: 0xffb347 }));
  const z = clip.median * 0.12, x = z * clip.width / clip.fx / 2, y = z * clip.height / clip.fy / 2;
  const [a, b, c, d, o] = [[-x, -y, z], [x, -y, z], [x, y, z], [-x, y, z], [0, 0, 0]];
  const here = new LineSegments(geometryOf(new Float32Array([a, b, b, c, c, d, d, a, o, a, o, b, o, c, o, d].flat())), new LineBasicMaterial({ color: 0xffe08a }));
  here.matrixAutoUpdate = false;
  for (const way of [path, here]) Object.assign(way, { visible: false, frustumCulled: false });
  return { path, here };
}

function geometryOf(positions) {
  return new BufferGeometry().setAttribute('position', new BufferAttribute(positions, 3));
}
