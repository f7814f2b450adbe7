const NEARER = 0.0012;

/** Mouse, fingers and pen on the picture, as changes of the view. */
export class Gestures {
  constructor(canvas, viewer, onTouched) {
    Object.assign(this, { canvas, viewer, onTouched, fingers: new Map() });
    canvas.addEventListener('pointerdown', (e) => this.down(e));
    canvas.addEventListener('pointermove', (e) => this.move(e));
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) canvas.addEventListener(end, (e) => this.fingers.delete(e.pointerId));
    canvas.addEventListener('wheel', (e) => this.wheel(e), { passive: false });
    canvas.addEventListener('contextmenu', (e) => e.preventDefault());
  }

  down(event) {
    this.canvas.setPointerCapture?.(event.pointerId);
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    this.onTouched();
  }

  move(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const spread = this.spread();
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (this.fingers.size > 1) this.pinch(spread, this.spread());
    else this.drag(event.clientX - before[0], event.clientY - before[1]);
  }

  /** The picture follows the finger: the eye goes the other way through its box, and turns as far as more of the picture is beside the window. */
  drag(right, down) {
    const { viewer } = this, { eye, goal } = viewer, { clientWidth: w, clientHeight: h } = this.canvas;
    if (viewer.layersWanted) {
      eye.turnAway((-180 * right) / w, (180 * down) / h);
      viewer.dirty = true;
      return;
    }
    const { fx, fy } = eye.lens, ratio = eye.width / w, degrees = 180 / Math.PI;
    viewer.moveView({
      x: goal.x - (2 * eye.box[0] * right) / w, y: goal.y - (2 * eye.box[1] * down) / h,
      yaw: goal.yaw - ((right * ratio) / fx) * degrees, pitch: goal.pitch + ((down * ratio) / fy) * degrees,
    });
  }

  pinch(before, after) { if (before > 0 && after > 0) this.nearer(after / before); }

  wheel(event) {
    event.preventDefault();
    this.onTouched();
    this.nearer(Math.exp(-event.deltaY * NEARER * (event.deltaMode === 1 ? 16 : 1)));
  }

  /** Forward through the box first, then the picture grows. */
  nearer(times) {
    const { viewer } = this, { goal, eye } = viewer, room = eye.box[2];
    if (viewer.layersWanted) {
      eye.comeNearer(times);
      viewer.dirty = true;
      return;
    }
    const z = goal.z + room * Math.log2(times) * 2;
    viewer.moveView({ z, zoom: room === 0 || Math.abs(z) > room || goal.zoom > 1 ? goal.zoom * times : goal.zoom });
  }

  spread() {
    const [a, b] = [...this.fingers.values()];
    return a && b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0;
  }
}
