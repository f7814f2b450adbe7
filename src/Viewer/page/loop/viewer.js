import { Clock } from './clock.js';
import { Drawing } from './drawing.js';
import { Eye } from './eye.js';
import { openPackage } from './package.js';

const MOST_PIXEL_RATIO = 2, FETCHES = 6, EASE_MS = 90, LAYERS_MS = 450;
const BLACK = [0, 0, 0], GROUND = [0x14 / 255, 0x16 / 255, 0x1a / 255];
const SWAY_MS = 7000, SWAY_SHARE = 0.7;

/**
 * A loop on a canvas. Ready once every frame is in the card's memory; until then it shows the first one.
 * setView, setTime, play and pause may be called at any time; angles in degrees, places in the unit of the package, time in frames.
 */
export class LoopViewer {
  /** @param limits { side, layers } of textures, for tests */
  static async open(canvas, files, { limits, onProgress } = {}) {
    const pack = await openPackage(files);
    const viewer = new LoopViewer(canvas, pack, limits);
    viewer.loading = viewer.load(files, onProgress ?? (() => {}));
    return viewer;
  }

  constructor(canvas, pack, limits) {
    Object.assign(this, { canvas, pack, ready: false, dirty: true, smooth: true, sway: false, layersWanted: 0, pictures: 0 });
    this.drawing = new Drawing(canvas, pack, limits);
    this.eye = new Eye(pack);
    this.clock = new Clock(pack.frames, pack.fps);
    this.goal = { ...this.eye.view };
    this.listeners = [];
    this.present = new Set();
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement);
    this.resize();
    requestAnimationFrame((now) => this.turn(now));
  }

  /** Still atlases and the first frame, then the rest of the loop. */
  async load(files, onProgress) {
    const { atlases } = this.pack, { frames } = this.pack;
    const wanted = [];
    for (let frame = 0; frame < frames; frame++)
      atlases.forEach((a, i) => { if (frame < a.frames && this.drawing.atlases[i].pages.length > 0) wanted.push({ atlas: i, frame, name: a.file(frame) }); });
    const left = Array.from({ length: frames }, (_, f) => wanted.filter((w) => w.frame === f).length);
    let done = 0, next = 0;
    const fetchOne = async () => {
      while (next < wanted.length) {
        const { atlas, frame, name } = wanted[next++];
        await this.drawing.atlases[atlas].upload(frame, await files.read(name), name);
        if (--left[frame] === 0) this.present.add(frame);
        this.dirty = true;
        onProgress(++done / wanted.length);
      }
    };
    await Promise.all(Array.from({ length: FETCHES }, fetchOne));
    this.ready = this.dirty = true;
    this.listeners.splice(0).forEach((f) => f(this));
  }

  /** Calls once every frame is there; at once where they are. */
  set onReady(listener) {
    if (this.ready) listener(this);
    else this.listeners.push(listener);
  }

  /** @param view any of x, y, z, yaw, pitch, zoom; kept to the box and to the filmed picture. @returns the view that came of it */
  setView(view) {
    Object.assign(this.goal, this.eye.set(view));
    this.dirty = true;
    return { ...this.eye.view };
  }

  /** As setView, from what is shown there in a moment. */
  moveView(view) {
    const shown = { ...this.eye.view };
    this.goal = { ...this.eye.set({ ...this.goal, ...view }) };
    this.eye.set(shown);
  }

  /** @param frame a number of any size; frame T is frame 0 */
  setTime(frame) {
    this.clock.set(Number(frame));
    this.dirty = true;
  }

  /** @param rate 1 as filmed, negative backwards */
  play(rate) { this.clock.play(rate); }

  pause() { this.clock.pause(); }

  /** @param on whether the planes are taken apart; at once, or on the way */
  setLayers(on, atOnce = true) {
    this.layersWanted = on ? 1 : 0;
    if (atOnce) this.eye.apart = this.layersWanted;
    this.dirty = true;
  }

  /** @param on the whole picture in the window instead of a filled window */
  setWhole(on) {
    this.eye.whole = on;
    this.resize();
  }

  resize() {
    const { clientWidth: w, clientHeight: h } = this.canvas.parentElement;
    if (w === 0 || h === 0) return;
    const ratio = Math.min(window.devicePixelRatio, MOST_PIXEL_RATIO);
    this.drawing.resize(Math.round(w * ratio), Math.round(h * ratio));
    this.eye.resize(this.canvas.width, this.canvas.height);
    this.goal = { ...this.eye.view };
    this.dirty = true;
  }

  turn(now) {
    const before = Math.floor(this.clock.time), elapsed = Math.min(100, now - (this.turned ?? now));
    this.turned = now;
    if (this.ready) this.clock.tick(now);
    if (this.blends ? this.clock.playing : Math.floor(this.clock.time) !== before) this.dirty = true;
    if (this.sway) this.swing(now);
    this.ease(elapsed);
    if (this.dirty && this.present.size > 0) this.draw();
    this.onTurn?.(this);
    requestAnimationFrame((then) => this.turn(then));
  }

  /** Whether neighbouring frames are blended: where the loop runs so slowly that its frames could be told apart. */
  get blends() { return this.smooth && this.clock.playing && Math.abs(this.clock.rate) < 1; }

  /** Goes a part of the way to where fingers and keys want the view to be. */
  ease(elapsed) {
    const share = 1 - Math.exp(-elapsed / EASE_MS), change = {};
    for (const [name, value] of Object.entries(this.goal)) {
      const left = value - this.eye.view[name];
      if (left !== 0) change[name] = Math.abs(left) < 1e-5 ? value : this.eye.view[name] + share * left;
    }
    if (Object.keys(change).length > 0) {
      this.eye.set(change);
      this.dirty = true;
    }
    if (this.eye.apart !== this.layersWanted) {
      const step = elapsed / LAYERS_MS;
      this.eye.apart = this.layersWanted > this.eye.apart ? Math.min(1, this.eye.apart + step) : Math.max(0, this.eye.apart - step);
      this.dirty = true;
    }
  }

  swing(now) {
    const angle = (2 * Math.PI * now) / SWAY_MS, [x, y] = this.eye.box;
    this.moveView({ x: SWAY_SHARE * x * Math.sin(angle), y: SWAY_SHARE * y * Math.cos(angle) });
  }

  draw() {
    this.drawing.spread = this.eye.apart;
    this.drawing.draw(this.eye.forCard(this.pack.plane[0]), this.shownTime(), { blend: this.blends, ground: this.eye.apart > 0 ? GROUND : BLACK });
    this.dirty = false;
    this.pictures++;
  }

  /** The frame that is due, or while the loop is loading the last one before it that is there. */
  shownTime() {
    let frame = Math.floor(this.clock.time);
    if (this.present.has(frame)) return this.clock.time;
    while (frame > 0 && !this.present.has(frame)) frame--;
    return this.present.has(frame) ? frame : Math.min(...this.present);
  }

  /** Milliseconds that a picture takes when nothing else is done: a mean over so many. */
  measure(pictures) {
    this.drawing.finish();
    const start = performance.now();
    for (let i = 0; i < pictures; i++) {
      this.drawing.draw(this.eye.forCard(this.pack.plane[0]), i % this.pack.frames);
      this.drawing.finish();
    }
    this.dirty = true;
    return (performance.now() - start) / pictures;
  }
}
