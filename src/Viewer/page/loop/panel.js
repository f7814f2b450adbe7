import { sayOver } from '../say.js';

const SPEEDS = 'speed';

/** Buttons, sliders and keys of the loop's page. Every change goes through one of the actions. */
export class Panel {
  constructor(pack, actions) {
    Object.assign(this, { pack, actions });
    byId('name').textContent = document.title = pack.name;
    const planes = new Set(pack.tiles.map((t) => t.plane)).size, moving = pack.tiles.filter((t) => pack.atlases[t.atlas].frames > 1).length;
    byId('facts').textContent = `${pack.frames} frames, ${Number(pack.fps.toFixed(3))} per second, ${pack.tiles.length.toLocaleString('en')} tiles on ${planes} planes, ${moving.toLocaleString('en')} move`;
    byId('scrub').max = pack.frames - 1;
    if (pack.frames === 1) for (const id of ['play', 'scrub', 'back', 'next', 'reverse', 'speed']) byId(id).disabled = true;
    this.listen();
  }

  listen() {
    const { actions } = this;
    for (const [id, action] of Object.entries({
      play: actions.toggle, back: () => actions.step(-1), next: () => actions.step(1), reset: actions.reset, more: () => this.unfold(),
      whole: () => this.press('whole'), sway: () => this.press('sway'), layers: () => this.press('layers'), reverse: () => this.press('reverse'),
    })) byId(id).addEventListener('click', action);
    byId('scrub').addEventListener('input', () => actions.seek(Number(byId('scrub').value)));
    byId(SPEEDS).addEventListener('change', () => actions.speed(Number(byId(SPEEDS).value)));
    byId('settings').addEventListener('submit', (e) => e.preventDefault());
    document.addEventListener('keydown', (e) => this.key(e));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { actions } = this;
    const action = {
      ' ': actions.toggle, ArrowLeft: () => actions.step(-1), ArrowRight: () => actions.step(1), Home: () => actions.seek(0), End: () => actions.seek(this.pack.frames - 1),
      '[': () => this.changeSpeed(-1), ']': () => this.changeSpeed(1), r: actions.reset, w: () => this.press('whole'), o: () => this.press('sway'),
      l: () => this.press('layers'), b: () => this.press('reverse'), f: actions.fullscreen,
      a: () => actions.move(-1, 0), d: () => actions.move(1, 0), q: () => actions.move(0, -1), e: () => actions.move(0, 1),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || (event.key.length > 1 && event.target.matches?.('select, input[type="range"]'))) return;
    if (event.key === ' ' && event.target.matches?.('button, select')) return;
    event.preventDefault();
    action();
  }

  changeSpeed(by) {
    const speeds = byId(SPEEDS);
    speeds.selectedIndex = Math.min(speeds.options.length - 1, Math.max(0, speeds.selectedIndex + by));
    this.actions.speed(Number(speeds.value));
  }

  press(id) {
    const pressed = byId(id).getAttribute('aria-pressed') !== 'true';
    this.showPressed(id, pressed);
    this.actions[id](pressed);
  }

  showPressed(id, pressed) { byId(id).setAttribute('aria-pressed', pressed); }

  unfold() {
    byId('more').setAttribute('aria-expanded', byId('settings').classList.toggle('open'));
  }

  showState(state) {
    if (document.body.dataset.state === state) return;
    document.body.dataset.state = state;
    byId('play').setAttribute('aria-label', state === 'playing' ? 'Pause' : 'Play');
  }

  showFrame(frame) {
    if (this.frame === frame) return;
    this.frame = frame;
    byId('scrub').value = frame;
    byId('where').textContent = `${frame} / ${this.pack.frames - 1} · ${(frame / this.pack.fps).toFixed(2)} s`;
  }

  showProgress(share) {
    byId('progress').value = share;
    byId('progress').hidden = share >= 1;
  }

  hideHint() { byId('hint').classList.add('gone'); }

  say(text, again) { sayOver(text, again); }
}

function byId(id) { return document.getElementById(id); }
