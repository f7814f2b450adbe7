import { sayOver } from '../say.js';
import { EnclosedFiles, HostedFiles } from './files.js';
import { Gestures } from './gestures.js';
import { Panel } from './panel.js';
import { LoopViewer } from './viewer.js';

const STEP = 0.2;
const choice = new URLSearchParams(location.search);

/** Beside the page, or where ?scene= says: the folder of a package or its scene.json, on the same server. */
function whereFiles() {
  if (window.depth3dFiles) return new EnclosedFiles(window.depth3dFiles);
  const asked = choice.get('scene') ?? './';
  return new HostedFiles(new URL('.', new URL(/\.json$|\/$/.test(asked) ? asked : `${asked}/`, location.href)).href);
}

function number(name) {
  const text = choice.get(name);
  return text === null || text === '' ? undefined : Number(text);
}

async function start() {
  const [side, layers] = (choice.get('limits') ?? '').split(',').map(Number);
  const progress = document.getElementById('progress');
  const viewer = await LoopViewer.open(document.getElementById('picture'), whereFiles(), {
    limits: { side, layers }, onProgress: (share) => { progress.value = share; progress.hidden = share >= 1; },
  });
  window.loop = viewer;
  const panel = new Panel(viewer.pack, actionsOf(viewer));
  new Gestures(viewer.canvas, viewer, () => { panel.hideHint(); viewer.sway = false; panel.showPressed('sway', false); });
  viewer.onTurn = () => show(viewer, panel);
  begin(viewer, panel);
  viewer.canvas.addEventListener('webglcontextlost', () => sayOver('The browser took the graphics memory away.', () => location.reload()));
  await viewer.loading;
}

/** What the address asks for. */
function begin(viewer, panel) {
  const still = choice.has('paused') || matchMedia('(prefers-reduced-motion: reduce)').matches;
  viewer.setTime(number('t') ?? 0);
  viewer.setView(Object.fromEntries(['x', 'y', 'z', 'yaw', 'pitch', 'zoom'].map((name) => [name, number(name)])));
  for (const name of ['layers', 'whole', 'sway']) if (choice.has(name)) panel.press(name);
  if (still) viewer.clock.rate = number('rate') ?? 1;
  else viewer.play(number('rate') ?? 1);
}

function actionsOf(viewer) {
  const { clock } = viewer;
  const direction = () => (clock.rate < 0 ? -1 : 1);
  return {
    toggle: () => (clock.playing ? viewer.pause() : viewer.play()),
    step: (by) => { viewer.pause(); viewer.setTime(Math.floor(clock.time) + by); },
    seek: (frame) => viewer.setTime(frame),
    speed: (speed) => { clock.rate = direction() * speed; },
    reverse: (on) => { clock.rate = (on ? -1 : 1) * Math.abs(clock.rate); },
    reset: () => viewer.moveView({ x: 0, y: 0, z: 0, yaw: 0, pitch: 0, zoom: 1 }),
    whole: (on) => viewer.setWhole(on),
    sway: (on) => { viewer.sway = on; },
    layers: (on) => viewer.setLayers(on, false),
    move: (right, down) => viewer.moveView({ x: viewer.goal.x + STEP * right * viewer.eye.box[0], y: viewer.goal.y + STEP * down * viewer.eye.box[1] }),
    fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  };
}

/** Keeps the panel to the picture, and notes what tests and curious people may ask the page. */
function show(viewer, panel) {
  const { clock, eye } = viewer, { dataset } = document.body;
  panel.showState(viewer.failed ? 'failed' : !viewer.ready ? 'loading' : clock.playing ? 'playing' : 'paused');
  panel.showFrame(Math.floor(clock.time));
  if (dataset.drawn === String(viewer.pictures)) return;
  dataset.drawn = viewer.pictures;
  dataset.frame = Math.floor(viewer.shownTime());
  dataset.eye = eye.camFromReference.join(' ');
  dataset.lens = Object.values(eye.lens).join(' ');
  dataset.firstFrame ??= Math.round(performance.now());
}

document.body.classList.toggle('embedded', choice.has('embed'));
start().catch((e) => {
  document.body.dataset.state = 'failed';
  if (window.loop) window.loop.failed = true;
  sayOver(e.message, window.depth3dFiles ? null : () => location.reload());
});
