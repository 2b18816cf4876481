// How fast the explore page is, measured in the page itself in headless Chromium: npm run bench:explore, or, after a build,
// node bench/explore.mjs --help
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openExplorer } from '../scripts/open-explorer.mjs';

const HELP = `node bench/explore.mjs: how fast the explore page is, and whether its memory is steady

  --quick      a tenth of the changes, to try the benchmark
  --json FILE  the figures as JSON too

(a) Opening: from the navigation to the first curve on the screen.
(b) From an input event of the slider of the learning rate to the frame in which the new curve stands, drawn and painted: the
    first one, which may be a draft, and the exact one. Median and 95th percentile of many changes, each made once all that
    belongs to the one before was there.
(c) The same while a hand moves the slider, sixty times a second: how often the curve follows, and how long the page was held up.
(d) Memory after a thousand changes, and after twenty runs of students: the page's heap after a collection, and what all of the
    browser's processes hold.
`;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  process.stdout.write(HELP);
  process.exit();
}
const part = options.quick ? 0.1 : 1;

const { browser, url, close } = await openExplorer().catch(({ message }) => {
  console.error(message);
  process.exit(1);
});

/** A script in the page that measures. */
const MEASURE = `(() => {
  const wait = (event, of = window) => new Promise((done) => of.addEventListener(event, done, { once: true }));
  // What is posted in a frame comes after that frame was laid out and painted.
  const painted = () => new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  });
  const quiet = async () => {
    for (;;) {
      const { pending, theory, refused } = alignode.scene();
      if (!pending && (theory?.about || refused)) return;
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const slider = () => document.getElementById('control-learningRate-slider');
  const move = (slider, i) => {
    const [least, most] = [Number(slider.min || 0), Number(slider.max || 100)];
    slider.value = String(least + (most - least) * (0.3 + 0.3 * ((i * 0.618) % 1)));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const change = async (i) => {
    await quiet();
    const start = performance.now();
    move(slider(), i);
    await wait('theorydrawn');
    const first = (await painted()) - start;
    while (alignode.scene().pending) await wait('theorydrawn');
    return { first, exact: (await painted()) - start };
  };
  const changes = async (count) => {
    const times = [];
    for (let i = 0; i < count; i++) times.push(await change(i));
    slider().dispatchEvent(new Event('change', { bubbles: true }));
    return times;
  };
  /** A hand on the slider: frames, those with a new curve, and the longest time between two frames. */
  const hand = async (frames) => {
    await quiet();
    let curves = 0;
    let longest = 0;
    const count = () => { curves++; };
    addEventListener('theorydrawn', count);
    let last = performance.now();
    const begin = last;
    for (let i = 0; i < frames; i++) {
      move(slider(), i);
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
    removeEventListener('theorydrawn', count);
    const seconds = (performance.now() - begin) / 1000;
    await quiet();
    return { frames: frames / seconds, curves: curves / seconds, longest };
  };
  globalThis.bench = { changes, hand, quiet };
})()`;

const sorted = (values) => values.toSorted((a, b) => a - b);
const quantile = (values, p) => sorted(values)[Math.min(values.length - 1, Math.floor(p * values.length))];
const ms = (x) => (x < 100 ? x.toFixed(1) : x.toFixed(0));
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const head = (...cells) => {
  row(...cells);
  row(...cells.map(() => '---'));
};

async function opened() {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await page.addInitScript(
    `addEventListener('theorydrawn', () => { globalThis.firstCurve ??= performance.now(); });`,
  );
  await page.goto(url);
  const first = await page.waitForFunction(() => globalThis.firstCurve).then((x) => x.jsonValue());
  await page.evaluate(MEASURE);
  return { page, first };
}

/** Puts a number into a field of the page. */
async function type(page, id, value) {
  await page.evaluate((of) => {
    // Folded groups open, so that the field can be typed into.
    for (let at = document.getElementById(of); at; at = at.parentElement)
      if (at.tagName === 'DETAILS') at.open = true;
  }, id);
  await page.fill(`#${id}`, String(value));
  await page.press(`#${id}`, 'Enter');
  await page.evaluate(() => bench.quiet());
}

const pick = async (page, id) => {
  await page.locator(`#${id}`).check({ force: true });
  await page.evaluate(() => bench.quiet());
};

const CASES = [
  { units: 2, activation: 'erf', changes: 100 },
  { units: 4, activation: 'erf', changes: 100 },
  { units: 8, activation: 'erf', changes: 30 },
  { units: 2, activation: 'relu', changes: 50 },
  { units: 4, activation: 'relu', changes: 5 },
];

console.log(
  `node ${process.version}, ${browser.browserType().name()} ${browser.version()}, ${cpus().length} cores (${cpus()[0].model}); ${new Date().toISOString().slice(0, 10)}`,
);
const found = { cases: [], memory: [] };

{
  const times = [];
  for (let i = 0; i < Math.max(3, 10 * part); i++) {
    const { page, first } = await opened();
    times.push(first);
    await page.context().close();
  }
  found.opening = times;
  console.log(
    `\n(a) first curve after ${ms(quantile(times, 0.5))} ms (median), ${ms(Math.max(...times))} ms at most, of ${times.length}`,
  );
}

console.log('\n(b) from the slider to the screen, ms; (c) under a moving hand\n');
head(
  '',
  'K = M',
  'first curve: median',
  '95 %',
  'exact: median',
  '95 %',
  'frames a second',
  'with a new curve',
  'longest frame',
);
for (const { units, activation, changes } of CASES) {
  const { page } = await opened();
  await type(page, 'control-to', 1000);
  if (activation !== 'erf') await pick(page, `control-activation-${activation}`);
  await type(page, 'control-K', units);
  await type(page, 'control-M', units);
  const count = Math.max(5, Math.round(changes * part));
  const times = await page.evaluate((n) => bench.changes(n), count);
  const first = times.map((t) => t.first);
  const exact = times.map((t) => t.exact);
  const hand = await page.evaluate((n) => bench.hand(n), Math.round(120 * part));
  found.cases.push({ units, activation, first, exact, hand });
  row(
    activation,
    units,
    ...[first, exact].flatMap((t) => [ms(quantile(t, 0.5)), ms(quantile(t, 0.95))]),
    hand.frames.toFixed(0),
    hand.curves.toFixed(0),
    ms(hand.longest),
  );
  await page.context().close();
}

/** Megabytes of the page's heap after a collection, and of all processes of the browser. */
async function memory(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  await session.detach();
  const processes = execFileSync('ps', ['-eo', 'rss,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('--type=renderer') && line.includes('chromium'));
  return {
    heap: of('JSHeapUsedSize') / 2 ** 20,
    elements: of('Nodes'),
    processes: processes.reduce((sum, line) => sum + Number.parseInt(line, 10), 0) / 1024,
  };
}

{
  console.log('\n(d) memory\n');
  head('', 'heap of the page, MB', 'nodes', 'all renderers, MB');
  const { page } = await opened();
  await type(page, 'control-to', 1000);
  const tell = async (what) => {
    const now = await memory(page);
    found.memory.push({ what, ...now });
    row(what, now.heap.toFixed(1), now.elements, now.processes.toFixed(0));
  };
  await tell('opened');
  const step = Math.round(250 * part);
  for (let i = 1; i <= 4; i++) {
    await page.evaluate((n) => bench.changes(n), step);
    await tell(`${i * step} changes`);
  }
  const runs = Math.max(2, Math.round(20 * part));
  for (let i = 1; i <= runs; i++) {
    await page.getByRole('button', { name: /^Train/ }).click();
    await page
      .waitForFunction(() => alignode.scene().students?.simulation === undefined, undefined, {
        timeout: 60_000,
      })
      .catch(() => {});
    await page.waitForFunction(() => alignode.scene().students?.simulation !== undefined, undefined, {
      timeout: 600_000,
    });
    if (i === 1 || i === runs || i === Math.ceil(runs / 2)) await tell(`and ${i} runs of students`);
  }
}

await close();
if (options.json) writeFileSync(options.json, `${JSON.stringify(found)}\n`);
