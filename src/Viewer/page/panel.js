import { sayOver } from './say.js';

const STEP = 0.1;

/** Buttons, sliders and keys. Every change goes through one of the actions, so that keys and fingers do the same. */
export class Panel {
  /** @param actions what the buttons do, by name */
  constructor(clip, actions) {
    this.clip = clip;
    this.actions = actions;
    this.fields = document.querySelector('#settings');
    this.scrub = byId('scrub');
    this.scrub.max = clip.frameCount - 1;
    byId('name').textContent = document.title = clip.name;
    byId('facts').textContent = `${clip.frameCount} frames, ${clip.framesPerSecond.toFixed(3).replace(/\.?0+$/, '')} per second, ${(clip.width * clip.height).toLocaleString('en')} points`;
    byId('scale').textContent = `${clip.near.toPrecision(3)} to ${clip.far.toPrecision(3)}, red is near`;
    this.listen();
  }

  listen() {
    const { actions } = this;
    for (const [id, action] of Object.entries({
      play: actions.toggle, back: () => actions.step(-1), next: () => actions.step(1), camera: actions.camera, reset: actions.overview,
      side: () => this.press('side'), path: () => this.press('path'), more: () => this.unfold(),
    })) byId(id).addEventListener('click', action);
    this.scrub.addEventListener('input', () => actions.seek(Number(this.scrub.value)));
    byId('size').addEventListener('input', () => actions.size(Number(byId('size').value)));
    byId('speed').addEventListener('change', () => actions.speed(Number(byId('speed').value)));
    this.fields.addEventListener('submit', (e) => e.preventDefault());
    for (const name of ['colour', 'moving'])
      for (const choice of this.choices(name)) choice.addEventListener('change', () => actions[name](choice.value));
    document.addEventListener('keydown', (e) => this.key(e));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches?.('select, input[type="range"], input[type="radio"]');
    const { actions } = this;
    const action = {
      ' ': actions.toggle, ArrowLeft: () => actions.step(-1), ArrowRight: () => actions.step(1), Home: () => actions.seek(0), End: () => actions.seek(this.clip.frameCount - 1),
      '[': () => this.resize(-STEP), ']': () => this.resize(STEP), c: actions.camera, r: actions.overview, d: () => this.nextChoice('colour'), m: () => this.nextChoice('moving'),
      s: () => this.press('side'), p: () => this.press('path'), f: actions.fullscreen,
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || (typing && event.key.length > 1)) return;
    if (event.key === ' ' && event.target.matches?.('button, select')) return;
    event.preventDefault();
    action();
  }

  choices(name) { return [...this.fields.elements[name]]; }

  nextChoice(name) {
    const choices = this.choices(name);
    const next = choices[(choices.findIndex((c) => c.checked) + 1) % choices.length];
    next.checked = true;
    this.actions[name](next.value);
  }

  resize(by) {
    const size = byId('size');
    size.value = Number(size.value) + by;
    this.actions.size(Number(size.value));
  }

  press(id) {
    const pressed = byId(id).getAttribute('aria-pressed') !== 'true';
    byId(id).setAttribute('aria-pressed', pressed);
    this.actions[id](pressed);
  }

  unfold() {
    const open = this.fields.classList.toggle('open');
    byId('more').setAttribute('aria-expanded', open);
  }

  showState(state) {
    document.body.dataset.state = state;
    byId('play').setAttribute('aria-label', state === 'paused' ? 'Play' : 'Pause');
  }

  showFrame(frame) {
    this.scrub.value = frame;
    byId('where').textContent = `${frame} / ${this.clip.frameCount - 1} · ${(frame / this.clip.framesPerSecond).toFixed(2)} s`;
  }

  showFollowing(follows) {
    byId('camera').setAttribute('aria-pressed', follows);
    document.body.dataset.view = follows ? 'source' : 'free';
    if (!follows) byId('hint').classList.add('gone');
  }

  /** Which frames are in memory, as a strip under the slider. */
  showLoaded(store) {
    const strip = byId('loaded'), n = this.clip.frameCount;
    if (strip.width !== n) strip.width = n;
    const context = strip.getContext('2d');
    context.clearRect(0, 0, n, 1);
    context.fillStyle = '#6fb1ff88';
    for (const index of store.frames.keys()) context.fillRect(index, 0, 1, 1);
    context.fillStyle = '#ff5a4d';
    for (const index of store.troubles.keys()) context.fillRect(index, 0, 1, 1);
  }

  /** @param again what the button does; without one there is no button */
  say(text, again) { sayOver(text, again); }
}

function byId(id) { return document.getElementById(id); }
