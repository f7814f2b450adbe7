/** Which frame is due, as a number with a fraction: frame T is frame 0. Keeps time with the clock of the screen; a slow picture skips frames. */
export class Clock {
  constructor(frames, fps) {
    Object.assign(this, { frames, fps, rate: 1, playing: false, time: 0, before: undefined });
  }

  /** @param frame any number; taken round the loop */
  set(frame) {
    const n = this.frames;
    this.time = (((frame % n) + n) % n) || 0;
    if (this.time >= n) this.time = 0;
  }

  play(rate = this.rate) {
    if (Number.isFinite(rate)) this.rate = rate;
    this.playing = this.frames > 1;
    this.before = undefined;
  }

  pause() { this.playing = false; }

  tick(now) {
    if (!this.playing) return;
    if (this.before !== undefined) this.set(this.time + ((now - this.before) / 1000) * this.fps * this.rate);
    this.before = now;
  }
}
