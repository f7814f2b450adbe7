/** Which frame is due. Keeps time with the clock: a slow picture skips frames; a frame that is not there yet stops the clock until it is. */
export class Player {
  constructor(clip, store) {
    Object.assign(this, { clip, store, playing: false, waiting: false, speed: 1, frame: 0 });
    this.anchor = { time: 0, frame: 0 };
  }

  play(now) {
    this.playing = true;
    this.restart(now);
  }

  pause() { this.playing = this.waiting = false; }

  seek(frame, now) {
    const n = this.clip.frameCount;
    this.frame = ((Math.round(frame) % n) + n) % n;
    this.store.want(this.frame);
    this.restart(now);
  }

  setSpeed(speed, now) {
    this.speed = speed;
    this.restart(now);
  }

  restart(now) { this.anchor = { time: now, frame: this.frame }; }

  /** Called once per picture of the screen. */
  tick(now) {
    if (!this.playing) return;
    const due = (this.anchor.frame + Math.floor((now - this.anchor.time) / 1000 * this.clip.framesPerSecond * this.speed)) % this.clip.frameCount;
    if (due === this.frame) return;
    const present = this.firstFrom(due);
    this.waiting = present === undefined;
    if (this.waiting) {
      this.store.want((this.frame + 1) % this.clip.frameCount);
      this.restart(now);
      return;
    }
    this.frame = present;
    if (present !== due) this.restart(now);
    this.store.want(present);
  }

  /** The frame that is due, or the latest before it that is there; frames that cannot be had are passed over. */
  firstFrom(due) {
    if (this.store.get(due)) return due;
    if (this.store.trouble(due)) return due;
    const n = this.clip.frameCount;
    for (let k = due; k !== this.frame; k = (k + n - 1) % n) if (this.store.get(k)) return k;
    return undefined;
  }
}
