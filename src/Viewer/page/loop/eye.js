const DEGREE = Math.PI / 180, MOST_ZOOM = 4, MOST_APART = 80;
const RESTING = Object.freeze({ x: 0, y: 0, z: 0, yaw: 0, pitch: 0, zoom: 1 });

/**
 * From where a loop is seen: a place in the box round the reference camera, turned so that what it looks at stays in the middle, then by yaw (to the right)
 * and pitch (up), in degrees, as far as the filmed picture reaches. All of it in the reference camera's axes: x right, y down, z forward.
 */
export class Eye {
  constructor(pack) {
    Object.assign(this, { reference: pack.reference, ...pack.view, whole: false, apart: 0, width: pack.reference.width, height: pack.reference.height });
    this.view = { ...RESTING };
    this.lookDepth = 2 / (1 / pack.planes[0] + 1 / pack.planes.at(-1));
    this.away = { yaw: 35, pitch: 12, nearer: 1 };
    this.upright = basis(this.lookAt, this.up);
  }

  resize(width, height) {
    [this.width, this.height] = [width, height];
    this.set({});
  }

  /** Changes some of x, y, z, yaw, pitch, zoom; each is kept within its bounds. */
  set(changes) {
    for (const [name, value] of Object.entries(changes)) if (Object.hasOwn(RESTING, name) && Number.isFinite(value)) this.view[name] = value;
    const v = this.view;
    v.zoom = clamp(v.zoom, 1, MOST_ZOOM);
    ['x', 'y', 'z'].forEach((axis, i) => { v[axis] = clamp(v[axis], -this.box[i], this.box[i]); });
    const { yaw, pitch } = this.turns();
    v.yaw = clamp(v.yaw, -yaw, yaw);
    v.pitch = clamp(v.pitch, -pitch, pitch);
    return this.view;
  }

  rest() { return this.set(RESTING); }

  /** Turns the planes that are taken apart. */
  turnAway(yaw, pitch) {
    this.away.yaw = clamp(this.away.yaw + yaw, -MOST_APART, MOST_APART);
    this.away.pitch = clamp(this.away.pitch + pitch, -MOST_APART, MOST_APART);
  }

  /** Comes nearer to them. */
  comeNearer(times) { this.away.nearer = clamp(this.away.nearer * times, 0.4, 5); }

  /** Screen pixels per pixel of the reference picture: the window is filled, or holds the whole picture. */
  get scale() {
    const across = this.width / this.reference.width, down = this.height / this.reference.height;
    const whole = Math.min(across, down), scale = (this.whole ? whole : Math.max(across, down)) * this.view.zoom;
    return scale * (1 - this.apart) + whole * this.away.nearer * this.apart;
  }

  /** The lens on the screen, pixel centres at +0.5: the middle of the picture in the middle of the window. */
  get lens() {
    const { fx, fy, cx, cy, width, height } = this.reference, s = this.scale;
    return { fx: s * fx, fy: s * fy, cx: this.width / 2 + s * (cx - width / 2), cy: this.height / 2 + s * (cy - height / 2), width: this.width, height: this.height };
  }

  /** Most degrees of yaw and pitch: where the border of the filmed picture comes to the border of the window. */
  turns() {
    const { fx, fy, width, height } = this.reference, s = this.scale;
    const most = (side, window, focal) => Math.max(0, Math.atan(side / 2 / focal) - Math.atan(window / 2 / (s * focal))) / DEGREE;
    return { yaw: most(width, this.width, fx), pitch: most(height, this.height, fy) };
  }

  /** Reference frame to this eye: three rows of four. */
  get camFromReference() {
    const { x, y, z, yaw, pitch } = this.view, centre = [x, y, z];
    const towards = basis(this.lookAt.map((v, i) => v - centre[i]), this.up);
    const turned = multiply(multiply(towards, transpose(this.upright)), turn(yaw, pitch));
    return rows(transpose(turned), centre);
  }

  /** As {@link camFromReference}, on the way out to where the planes taken apart are seen from. */
  get shownFromReference() {
    if (this.apart === 0) return this.camFromReference;
    const s = this.apart, depth = this.lookDepth, worldFromCam = turn(this.away.yaw * s, this.away.pitch * s);
    const back = depth * (1 + s), from = [0, 1, 2].map((i) => (i === 2 ? depth : 0) - worldFromCam[i][2] * back);
    const near = this.camFromReference, far = rows(transpose(worldFromCam), from);
    return s === 1 ? far : near.map((v, i) => v * (1 - s) + far[i] * s);
  }

  /**
   * What the shaders need of this eye: how positions come to OpenGL's clip coordinates, and how a pixel's ray runs. Matrices have their columns after one
   * another, pixels count from the lower left corner.
   * @param focal of the planes' texels
   */
  forCard(focal) {
    const { fx, fy, cx, cy, width: w, height: h } = this.lens, m = this.shownFromReference;
    const [x, y, z] = [0, 1, 2].map((i) => m.slice(4 * i, 4 * i + 4));
    const clip = [
      x.map((v, i) => (2 * fx * v) / w + ((2 * cx) / w - 1) * z[i]),
      y.map((v, i) => (-2 * fy * v) / h - ((2 * cy) / h - 1) * z[i]),
      [0, 0, 0, 0],
      z,
    ];
    const back = inverse([x, y, z].map((row) => row.slice(0, 3)));
    const pixel = [[1 / fx, 0, -cx / fx], [0, -1 / fy, (h - cy) / fy], [0, 0, 1]];
    return {
      clipFromReference: columns(clip), rayFromPixel: columns(multiply(back, pixel)),
      centre: new Float32Array(back.map((row) => -(row[0] * x[3] + row[1] * y[3] + row[2] * z[3]))), texelsPerPixel: Math.max(focal / fx, focal / fy),
    };
  }
}

/** Columns: right, down, forward of a camera that looks along a direction with the scene's up above it. */
function basis(direction, up) {
  const f = unit(direction), down = up.map((v) => -v);
  let r = cross(down, f);
  if (Math.hypot(...r) < 1e-6) r = cross([0, 1, 0], f);
  r = unit(r);
  const d = cross(f, r);
  return [0, 1, 2].map((i) => [r[i], d[i], f[i]]);
}

function turn(yaw, pitch) {
  const [a, b] = [yaw * DEGREE, pitch * DEGREE];
  const about = [[Math.cos(a), 0, Math.sin(a)], [0, 1, 0], [-Math.sin(a), 0, Math.cos(a)]];
  return multiply(about, [[1, 0, 0], [0, Math.cos(b), -Math.sin(b)], [0, Math.sin(b), Math.cos(b)]]);
}

function columns(m) { return new Float32Array(m[0].flatMap((_, j) => m.map((row) => row[j]))); }

function inverse([a, b, c]) {
  const by = [cross(b, c), cross(c, a), cross(a, b)], det = a[0] * by[0][0] + a[1] * by[0][1] + a[2] * by[0][2];
  return transpose(by).map((row) => row.map((v) => v / det));
}

/** [R | -R c], row by row. */
function rows(r, c) { return r.flatMap((row) => [...row, -row.reduce((sum, v, i) => sum + v * c[i], 0)]); }
function multiply(a, b) { return a.map((row) => [0, 1, 2].map((j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0))); }
function transpose(m) { return [0, 1, 2].map((i) => [0, 1, 2].map((j) => m[j][i])); }
function cross(a, b) { return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]; }
function unit(v) { const n = Math.hypot(...v); return v.map((e) => e / n); }
function clamp(v, least, most) { return Math.min(most, Math.max(least, v)) || 0; }
