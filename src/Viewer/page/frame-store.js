import { fetchOrSay, readFrame } from './clip.js';

const PARALLEL = 2;

/** Frames in memory, never more bytes than the budget: those that play next are fetched ahead, those that play last go first. */
export class FrameStore {
  /** @param changed is called when a frame has arrived or could not be had */
  constructor(clip, budgetBytes, changed) {
    this.clip = clip;
    this.room = Math.max(2, Math.min(clip.frameCount, Math.floor(budgetBytes / clip.frameBytes)));
    this.changed = changed;
    this.frames = new Map();
    this.loading = new Map();
    this.troubles = new Map();
    this.focus = 0;
  }

  get(index) { return this.frames.get(index); }

  trouble(index) { return this.troubles.get(index); }

  get bytes() { return (this.frames.size + this.loading.size) * this.clip.frameBytes; }

  /** The frame that is shown or wanted now; what follows it is fetched next. */
  want(index) {
    this.focus = index;
    for (const [other, abort] of this.loading) if (this.ahead(other) >= this.room) abort.abort();
    this.fill();
  }

  /** Forgets what failed, and tries again. */
  retry() {
    this.troubles.clear();
    this.fill();
  }

  ahead(index) { return (index - this.focus + this.clip.frameCount) % this.clip.frameCount; }

  fill() {
    for (let k = 0; k < this.room && this.loading.size < PARALLEL; k++) {
      const index = (this.focus + k) % this.clip.frameCount;
      if (this.frames.has(index) || this.loading.has(index) || this.troubles.has(index)) continue;
      this.makeRoom();
      this.load(index);
    }
  }

  makeRoom() {
    while (this.frames.size + this.loading.size >= this.room) {
      let last = -1;
      for (const index of this.frames.keys()) if (last < 0 || this.ahead(index) > this.ahead(last)) last = index;
      if (last < 0) return;
      this.frames.delete(last);
    }
  }

  async load(index) {
    const abort = new AbortController();
    this.loading.set(index, abort);
    try {
      const answer = await fetchOrSay(`frames/${index}`, abort.signal);
      this.frames.set(index, readFrame(await answer.arrayBuffer(), this.clip));
    } catch (e) {
      if (e.name !== 'AbortError') this.troubles.set(index, e.message);
    } finally {
      this.loading.delete(index);
    }
    this.fill();
    this.changed(index);
  }
}
