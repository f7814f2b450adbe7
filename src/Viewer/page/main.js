import { openClip } from './clip.js';
import { FrameStore } from './frame-store.js';
import { Panel } from './panel.js';
import { Pictures } from './pictures.js';
import { Player } from './player.js';
import { sayOver } from './say.js';
import { View } from './scene.js';

const MIB = 1 << 20;
const choice = new URLSearchParams(location.hash.slice(1));

/** Frames are kept up to this many bytes: #memory=MIB, else less on machines that say they are small. */
function budget() {
  const asked = Number(choice.get('memory'));
  if (asked > 0) return asked * MIB;
  return (navigator.deviceMemory ?? 4) >= 4 && !matchMedia('(pointer: coarse)').matches ? 384 * MIB : 128 * MIB;
}

async function start() {
  const clip = await openClip();
  const view = new View(document.getElementById('cloud'), clip);
  const pictures = new Pictures(clip, document.getElementById('source'), document.getElementById('depth'));
  const store = new FrameStore(clip, budget(), () => { stale = true; });
  const player = new Player(clip, store);
  const settings = { moving: 'all', side: false };
  let shown, stale = true;

  const panel = new Panel(clip, {
    toggle: () => (player.playing ? player.pause() : player.play(performance.now())),
    step: (by) => { player.pause(); player.seek(player.frame + by, performance.now()); },
    seek: (frame) => player.seek(frame, performance.now()),
    speed: (speed) => player.setSpeed(speed, performance.now()),
    camera: () => (view.followsSource ? view.leaveSource() : view.follow()),
    overview: () => view.overview(),
    size: (size) => change(() => { view.cloud.size = size; }),
    colour: (name) => change(() => { view.cloud.colouring = name; }),
    moving: (name) => change(() => { view.cloud.moving = settings.moving = name; }),
    side: (on) => change(() => { settings.side = on; document.getElementById('pictures').hidden = !on; }),
    path: (on) => { view.path = on; },
    fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  });
  view.onFollowing = () => panel.showFollowing(view.followsSource);
  panel.showFollowing(true);

  function change(what) {
    what();
    view.dirty = true;
    shown = undefined;
  }

  function present() {
    const frame = store.get(player.frame);
    if (frame && frame !== shown) {
      shown = frame;
      view.show(frame);
      if (settings.side) pictures.show(frame, settings.moving);
      panel.showFrame(frame.index);
    }
    const trouble = frame ? '' : store.trouble(player.frame) ?? '';
    panel.say(trouble, () => { stale = true; store.retry(); });
    if (trouble) panel.showFrame(player.frame);
  }

  function turn(now) {
    player.tick(now);
    if (stale || player.frame !== shown?.index || shown !== store.get(player.frame)) present();
    if (stale) panel.showLoaded(store);
    stale = false;
    if (view.render()) note(shown);
    panel.showState(!shown && !store.trouble(player.frame) ? 'loading' : player.waiting ? 'waiting' : player.playing ? 'playing' : 'paused');
    requestAnimationFrame(turn);
  }

  /** What tests and curious people may ask the page. */
  function note(frame) {
    const { dataset } = document.body;
    dataset.frame = frame.index;
    dataset.drawn = Number(dataset.drawn ?? 0) + 1;
    dataset.memory = Math.max(Number(dataset.memory ?? 0), store.bytes);
    dataset.firstFrame ??= Math.round(performance.now());
    dataset.eye = view.camFromWorld.join(' ');
  }

  player.seek(Number(choice.get('frame')) || 0, performance.now());
  if (!choice.has('paused') && !matchMedia('(prefers-reduced-motion: reduce)').matches) player.play(performance.now());
  requestAnimationFrame(turn);
}

start().catch((e) => {
  document.body.dataset.state = 'failed';
  sayOver(e.message, () => location.reload());
});
