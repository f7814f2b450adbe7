'use strict';
// Everything is written with textContent, so no name from a clip or a log can become markup. The token travels in a header: no cookie, so
// no other site can act with it.
const $ = id => document.getElementById(id);
const make = (tag, text, cls) => { const e = document.createElement(tag); if (text !== undefined) e.textContent = text; if (cls) e.className = cls; return e; };
let token = '', right = 'viewer', streaming = null, timer = null, pictures = new Map();

class Refused extends Error { constructor(status, body) { super(body.error || `answered ${status}`); this.status = status; } }

async function call(path, body) {
  const options = { headers: { Authorization: `Bearer ${token}` } };
  if (body) Object.assign(options, { method: 'POST', body: JSON.stringify(body) }), options.headers['Content-Type'] = 'application/json';
  const response = await fetch(path, options);
  if (response.ok) return response;
  throw new Refused(response.status, await response.json().catch(() => ({})));
}
const get = async (path, query) => (await call(`/api/v1/${path}${query ? '?' + new URLSearchParams(query) : ''}`)).json();

const percent = x => `${Math.floor((x || 0) * 100)} %`;
const duration = s => s === null || s === undefined ? '' : s < 90 ? `${Math.round(s)} s` : s < 5400 ? `${Math.round(s / 60)} min` : `${(s / 3600).toFixed(1)} h`;
const bytes = b => b > 1 << 30 ? `${(b / (1 << 30)).toFixed(1)} GiB` : `${Math.round(b / (1 << 20))} MiB`;
const clock = t => t ? new Date(t).toLocaleTimeString([], { hour12: false }) : '';
const mood = s => ({ completed: 'good', done: 'good', up: 'good', running: 'busy', failed: 'bad', unreachable: 'bad', down: 'bad', cancelled: 'bad' })[s] || '';

function bar(fraction) {
  const outer = make('span', undefined, fraction >= 1 ? 'bar done' : 'bar'), inner = make('i');
  inner.style.width = percent(fraction);
  outer.append(inner);
  return outer;
}

function table(target, columns, rows, empty) {
  const head = make('tr');
  for (const [title, , cls] of columns) head.append(make('th', title, cls));
  const lines = rows.map(row => {
    const line = make('tr');
    for (const [, value, cls] of columns) {
      const cell = make('td', undefined, cls), v = value(row);
      cell.append(...(Array.isArray(v) ? v : [v instanceof Node ? v : document.createTextNode(v ?? '')]));
      line.append(cell);
    }
    return line;
  });
  if (!rows.length) { const line = make('tr'), cell = make('td', empty, 'dim'); cell.colSpan = columns.length; line.append(cell); lines.push(line); }
  target.replaceChildren(head, ...lines);
}

function numbers(target, pairs) {
  target.replaceChildren(...pairs.map(([title, value, cls]) => { const d = make('div', title, 'dim'), b = make('b', value, cls); d.prepend(b); return d; }));
}

const state = s => make('span', s, mood(s));
const clipLink = name => { const a = make('a', name); a.href = `#/clip/${encodeURIComponent(name)}`; return a; };

async function overview() {
  const [view, clips, top] = await Promise.all([get('cluster/show'), get('clip/list', { limit: 100 }), get('node/top')]);
  numbers($('numbers'), [['running clips', view.running], ['waiting tasks', view.waitingTasks], ['running tasks', view.runningTasks], ['paused', view.paused],
    ['completed', view.completed, 'good'], ['failed', view.failed, view.failed ? 'bad' : ''], ['active seed', view.active]]);
  table($('clips'), [['Clip', c => clipLink(c.clip)], ['Project', c => c.project], ['State', c => state(c.state)], ['Priority', c => c.priority, 'num'],
    ['Progress', c => [bar(c.fraction), ` ${percent(c.fraction)}`]], ['Stage', c => c.stage], ['Running', c => c.running, 'num'], ['Waiting', c => c.waiting, 'num'],
    ['ETA', c => duration(c.remainingSeconds), 'num'], ['Submitted', c => `${clock(c.submittedAt)} ${c.by}`]], clips, 'no clip was submitted yet');
  const load = new Map(top.map(n => [n.node, n]));
  table($('nodes'), [['Node', n => n.node], ['State', n => state(n.state)], ['Roles', n => n.roles.join(', ')], ['Slots', n => n.slots],
    ['GPUs', n => n.gpus, 'num'], ['GPU memory', n => load.get(n.node)?.gpuMemoryBytes ? bytes(load.get(n.node).gpuMemoryBytes) : '', 'num'],
    ['CPU', n => load.has(n.node) ? percent(load.get(n.node).cpuShare) : '', 'num'], ['Memory', n => load.has(n.node) ? bytes(load.get(n.node).usedMemoryBytes) : '', 'num'],
    ['Runs', n => (load.get(n.node)?.tasks || []).join(' ')], ['Silent', n => duration(n.silentSeconds), 'num'], ['Why', n => n.why]], view.nodes, 'no node is up');
  table($('pools'), [['Pool', p => p.pool], ['Nodes', p => p.nodes, 'num'], ['Slots', p => p.slots, 'num'], ['Running', p => p.running, 'num'], ['Waiting', p => p.waiting, 'num']],
    view.pools, '');
}

async function clip(name) {
  const [view, shown, losses, reasons, log] = await Promise.all([get('clip/show', { clip: name }), get(`pictures/${encodeURIComponent(name)}`),
    get(`losses/${encodeURIComponent(name)}`), get('clip/explain', { clip: name }), get('clip/logs', { clip: name, lines: 60 })]);
  numbers($('clip-head'), [[view.project || 'clip', view.clip], ['state', view.state, mood(view.state)], ['done', percent(view.fraction)], ['ETA', duration(view.remainingSeconds) || '-'],
    ['priority', view.priority], ['submitted by', view.by || '-']]);
  if (view.failure) $('clip-head').append(make('p', view.failure, 'bad'));
  actions(view);
  table($('stages'), [['Stage', s => s.stage], ['State', s => state(s.state)], ['Progress', s => [bar(s.fraction), ` ${percent(s.fraction)}`]],
    ['Tasks', s => s.tasks === null ? '' : `${s.done}/${s.tasks}`, 'num'], ['Running', s => s.running, 'num'], ['Failed', s => s.failed || '', 'num bad'],
    ['Elapsed', s => duration(s.elapsedSeconds), 'num'], ['ETA', s => duration(s.remainingSeconds), 'num'], ['Doing', s => s.message || '']], view.stages, '');
  await picturesOf(shown);
  lossesOf(losses);
  table($('explain'), [['Subject', r => r.subject], ['Why', r => r.text], ['Remedy', r => r.remedy]], reasons, 'nothing waits');
  const end = $('log').scrollTop + $('log').clientHeight >= $('log').scrollHeight - 4;
  $('log').textContent = log.map(l => `${l.task} e${l.epoch}  ${l.text}`).join('\n') || 'no lines yet';
  if (end) $('log').scrollTop = $('log').scrollHeight;
}

function actions(view) {
  if (right !== 'operator') return $('actions').replaceChildren();
  const can = { running: ['pause', 'cancel'], paused: ['resume', 'cancel'], failed: ['resume', 'cancel'], cancelled: ['resume'] }[view.state] || [];
  $('actions').replaceChildren(...can.map(verb => {
    const button = make('button', verb);
    button.onclick = async () => {
      const reason = prompt(`${verb} ${view.clip}: why?`);
      if (reason === null) return;
      await guarded(() => call(`/api/v1/clip/${verb}`, { clip: view.clip, reason }));
      refresh();
    };
    return button;
  }));
}

async function picturesOf(list) {
  const figures = await Promise.all(list.map(async p => {
    const key = `${p.url} ${p.task}`;
    if (!pictures.has(key)) pictures.set(key, URL.createObjectURL(await (await call(p.url)).blob()));
    const figure = make('figure'), image = make('img');
    image.src = pictures.get(key);
    image.alt = p.name;
    figure.append(image, make('figcaption', `${p.stage}: ${p.name}`));
    return figure;
  }));
  $('pictures').replaceChildren(...(figures.length ? figures : [make('span', 'none yet', 'dim')]));
}

const svg = (tag, attributes) => { const e = document.createElementNS('http://www.w3.org/2000/svg', tag); for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v); return e; };

function lossesOf(series) {
  if (!series.length) return $('losses').replaceChildren(make('span', 'none yet', 'dim'));
  const colours = ['#2f6fc6', '#c63d2f', '#2a8f4f', '#b07d1b', '#8a4fc6'], W = 600, H = 220, L = 46;
  const all = series.flatMap(s => s.points).filter(p => p[1] > 0), xs = all.map(p => p[0]), ys = all.map(p => Math.log10(p[1]));
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const px = x => L + (W - L - 8) * (x - x0) / (x1 - x0 || 1), py = y => H - 22 - (H - 44) * (Math.log10(y) - y0) / (y1 - y0 || 1);
  const picture = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img' });
  picture.append(svg('line', { x1: L, y1: H - 22, x2: W - 8, y2: H - 22, class: 'axis' }));
  const label = (x, y, text, fill) => { const t = svg('text', { x, y }); t.textContent = text; if (fill) t.style.fill = fill; picture.append(t); };
  label(L, H - 6, `step ${x0}`); label(W - 70, H - 6, `step ${x1}`); label(2, py(10 ** y1) + 4, (10 ** y1).toPrecision(2)); label(2, py(10 ** y0), (10 ** y0).toPrecision(2));
  series.forEach((s, i) => {
    const colour = colours[i % colours.length], line = s.points.filter(p => p[1] > 0).map(p => `${px(p[0]).toFixed(1)},${py(p[1]).toFixed(1)}`).join(' ');
    picture.append(svg('polyline', { points: line, fill: 'none', stroke: colour, 'stroke-width': 1.5 }));
    label(L + i * 95, 14, s.name, colour);
  });
  $('losses').replaceChildren(picture);
}

async function follow() {
  streaming?.abort();
  streaming = new AbortController();
  const mine = streaming;
  while (!mine.signal.aborted) {
    try {
      const response = await fetch('/api/v1/events?lines=40', { headers: { Authorization: `Bearer ${token}` }, signal: mine.signal });
      if (!response.ok) throw new Error(`answered ${response.status}`);
      $('link').textContent = 'live';
      $('events').replaceChildren();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ''; ;) {
        const { value, done } = await reader.read();
        if (done) break;
        const parts = (rest + value).split('\n\n');
        rest = parts.pop();
        for (const part of parts) if (part.startsWith('data: ')) event(JSON.parse(part.slice(6)));
      }
    } catch (e) { if (mine.signal.aborted) return; }
    $('link').textContent = 'connecting again';
    await new Promise(r => setTimeout(r, 2000));
  }
}

function event(e) {
  const line = make('li', `${clock(e.at)} `, '');
  line.append(make('b', e.kind), ` ${[e.clip, e.task, e.node].filter(Boolean).join(' ')} `, make('span', e.text, 'dim'));
  $('events').prepend(line);
  while ($('events').children.length > 200) $('events').lastChild.remove();
  if (!timer) timer = setTimeout(() => { timer = null; refresh(); }, 500);
}

async function guarded(action) {
  try {
    await action();
    $('problem').textContent = '';
  } catch (e) {
    if (e instanceof Refused && e.status === 401) return signOut(e.message);
    $('problem').textContent = e.message;
  }
}

async function refresh() {
  if (!token) return;
  const name = location.hash.startsWith('#/clip/') ? decodeURIComponent(location.hash.slice(7)) : null;
  $('overview').hidden = !!name;
  $('clip').hidden = !name;
  await guarded(() => name ? clip(name) : overview());
  document.body.dataset.shown = name || 'overview';
}

function signOut(why) {
  token = '';
  sessionStorage.removeItem('token');
  streaming?.abort();
  $('login').hidden = false;
  $('overview').hidden = $('clip').hidden = true;
  $('denied').textContent = why || '';
}

async function signIn(text) {
  token = text;
  try {
    const me = await get('whoami');
    right = me.right;
    sessionStorage.setItem('token', token);
    $('login').hidden = true;
    $('where').textContent = `seed ${me.seed}${me.active ? ', active' : ', standing by'}; you are ${me.name}, ${me.right}`;
    follow();
    await refresh();
  } catch (e) { signOut(e.message); }
}

$('login').onsubmit = e => { e.preventDefault(); signIn($('token').value.trim()); };
addEventListener('hashchange', () => { pictures.forEach(URL.revokeObjectURL); pictures.clear(); refresh(); });
setInterval(() => document.hidden || refresh(), 3000);
// A link may carry the token behind the hash, which no server ever sees; it is taken out of the address at once.
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) history.replaceState(null, '', location.pathname);
const known = given || sessionStorage.getItem('token');
known ? signIn(known) : signOut();
