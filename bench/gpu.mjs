// How fast students are trained on the GPU, beside the CPU in the same run: npm run bench:gpu, or, after a build,
// node --expose-gc bench/gpu.mjs --help
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { cores } from '../build/crew/nodeThreads.js';
import { openGpu } from '../build/shallow/students/gpu/device.js';
import { shapeOf } from '../build/shallow/students/gpu/shape.js';
import { gpuStudents, lanesOf } from '../build/shallow/students/gpu/students.js';
import { spreadOf } from '../build/shallow/students/gpu/wgsl/trained.js';
import { resolveProblem, simulate } from '../dist/index.js';
import { cpuRate } from './cpuRate.mjs';
import { COUNTS, limitsOf, projectedOperations, trainedBytes, trainedOperations } from './gpuLimits.mjs';

const HELP = `node --expose-gc bench/gpu.mjs: how fast students are trained on the GPU

  --full            every size: students 1 to 65,536, N = 500 and 5000 (without it, some of them: two minutes at most)
  --json FILE       the figures as JSON too
  --adapter NAME    a part of the adapter's name; the fastest if not given
  --peak-tflops P   what the card does in single precision at most, for the share of it that is reached;
  --peak-gbs B      and what its memory moves, GB/s (known for some cards)
  --allow-software  also on an adapter that computes on the CPU: tiny sizes, to try the benchmark; the figures mean nothing

(a) Steps per second while a batch is trained (nothing is measured or recorded meanwhile), the median of dispatches of
    about 150 ms, against the backend "cpu" on one thread and on all. More students than a batch holds are trained batch
    after batch: the rate is that of a full batch. Arithmetic counts every instruction once, of the
    most that the card could start (half its FLOP/s); memory the bytes asked for, of which caches may serve a part.
(b) How much of the CPU is busy while the GPU works.
(c) How long it takes until there is a first result.
`;

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
    adapter: { type: 'string' },
    'peak-tflops': { type: 'string' },
    'peak-gbs': { type: 'string' },
    'allow-software': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  process.stdout.write(HELP);
  process.exit();
}

const opening = performance.now();
const gpu = await openGpu({ adapter: options.adapter, allowSoftware: options['allow-software'] }).catch(
  ({ message }) => {
    console.error(message);
    process.exit(1);
  },
);
const openMs = performance.now() - opening;
const { name, driver, software } = gpu.adapter;
const peaks = {
  tflops: Number(options['peak-tflops'] ?? limitsOf(name)?.tflops),
  gbs: Number(options['peak-gbs'] ?? limitsOf(name)?.gbs),
};

/** What is measured: sizes, and for how long. */
const sizes = software
  ? { dims: [50], students: [1, 16], dispatch: 50, rounds: 3, runs: 32, runsN: 50 }
  : {
      dims: [500, 5000],
      students: [1, 64, 1024, 4096, 16384, 65536],
      dispatch: 150,
      rounds: 5,
      runs: 4096,
      runsN: 500,
    };
const QUICK = { students: [1, 1024, 4096, 65536], large: [1024] };

const SHAPES = [
  { K: 2, M: 2 },
  { K: 8, M: 4 },
];

const problemOf = ({ K, M }, more = {}) =>
  resolveProblem({
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.1,
    teacher: { draw: { M, N: 5000, seed: 1 } },
    student: { draw: { K, N: 5000, sigma: 0.3, seed: 2 } },
    feedback: { draw: 'normal', seed: 3 },
    alpha: [1],
    ...more,
  });

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const whole = (x) => Math.round(x).toLocaleString('en');
const ratio = (x) => (x < 10 ? x.toPrecision(2) : whole(x));
const share = (x) => (Number.isFinite(x) ? `${(100 * x).toFixed(1)} %` : '');
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const head = (...cells) => {
  row(...cells);
  row(...cells.map(() => '---'));
};

/** So many students on the device, and the milliseconds that starting them took: mostly making weights, on the CPU. */
async function startOn(kind, problem, N, count) {
  const begin = performance.now();
  const seeds = Array.from({ length: count }, (_, i) => i + 1);
  const batch = await gpuStudents[kind].start(gpu, Array(count).fill(problem), N, seeds);
  return { batch, ms: performance.now() - begin };
}

/** Seconds of dispatches; and how many steps take so many milliseconds. */
function stopwatch(batch) {
  let perStep = 0;
  /** Waited for as the library does, which sleeps while the device should still be at work. */
  const seconds = async (steps, expected = 0.8 * perStep * steps) => {
    const begin = performance.now();
    await batch.advance(steps, expected);
    return (performance.now() - begin) / 1000;
  };
  const stepsFor = async (ms) => {
    // The first one also pays for what the driver puts off until a kernel runs.
    await seconds(1, 0);
    for (let steps = 1; ; steps *= 4) {
      // Twice, since a driver may still be compiling a better version of the kernel.
      const took = 1000 * Math.min(await seconds(steps, 0), await seconds(steps, 0));
      perStep = took / steps;
      if (took > ms / 4) return Math.max(1, Math.round(ms / perStep));
    }
  };
  return { seconds, stepsFor };
}

async function deviceRate(kind, problem, N, count) {
  const { batch, ms } = await startOn(kind, problem, N, count);
  try {
    const { seconds, stepsFor } = stopwatch(batch);
    // Not expected: who is looked for late seems slow. An NVIDIA driver was seen to become five times as fast after some tenths of a
    // second, with batches of 8,192: it is measured again until it is no longer faster.
    let steps = await stepsFor(sizes.dispatch);
    let rate = 0;
    for (;;) {
      const times = [];
      for (let i = 0; i < sizes.rounds; i++) times.push(await seconds(steps, 0));
      const found = steps / median(times);
      if (found < 1.1 * rate) return { rate: count * Math.max(found, rate), steps, startMs: ms };
      rate = found;
      steps = Math.max(1, Math.round((rate * sizes.dispatch) / 1000));
    }
  } finally {
    batch.close();
    globalThis.gc?.();
  }
}

function costOf(kind, shape, problem, N, steps) {
  if (kind === 'projected') return { operations: projectedOperations(shape), bytes: 0, held: 'registers' };
  const spread = spreadOf(shapeOf(problem, N), gpu.subgroupSize);
  return {
    operations: trainedOperations(shape, spread),
    bytes: trainedBytes(shape, spread, steps),
    held: spread.registers ? 'registers' : 'memory',
  };
}

async function rates() {
  console.log(
    `\n(a) steps per second of all students together, erf, DFA; ratios to the backend "cpu" on one thread and on all ${cores()}`,
  );
  console.log(
    `Operations counted: ${Object.entries(COUNTS)
      .map(([piece, count]) => `${piece} ${count}`)
      .join(', ')} (bench/gpuLimits.mjs); "held" says where the weights are.\n`,
  );
  const columns = ['', 'N', 'students', 'steps per second', '/ cpu, one', '/ cpu, all'];
  head(...columns, 'operations a step', 'of arithmetic', 'bytes a step', 'of memory', 'held');
  const results = [];
  for (const kind of ['trained', 'projected'])
    for (const shape of SHAPES)
      for (const N of sizes.dims) {
        const quick = !options.full && !software;
        const large = N > 500;
        if (quick && large && (shape.K > 2 || kind === 'projected')) continue;
        const students = quick ? (large ? QUICK.large : QUICK.students) : sizes.students;
        results.push(...(await ratesOf(kind, shape, N, students)));
      }
  return results;
}

async function ratesOf(kind, shape, N, students) {
  const { K, M } = shape;
  const problem = problemOf(shape);
  const cpu = await cpuRate(kind, problem, N);
  const lanes = lanesOf(gpuStudents[kind], gpu, K, M, N);
  const results = [];
  /** By the size of the batch: larger numbers of students share one. */
  const measured = new Map();
  for (const count of students) {
    const title = `${kind}, K = ${K}, M = ${M}`;
    const batch = Math.min(count, lanes);
    const batches = Math.ceil(count / batch);
    const said = batches > 1 ? `${whole(count)} (${batches} batches of ${whole(batch)})` : whole(count);
    try {
      if (!measured.has(batch)) measured.set(batch, await deviceRate(kind, problem, N, batch));
    } catch (error) {
      row(title, whole(N), said, `refused: ${error.message.split('\n')[0]}`, '', '', '', '', '', '', '');
      continue;
    }
    const { rate, steps, startMs } = measured.get(batch);
    const { operations, bytes, held } = costOf(kind, shape, problem, N, steps);
    const arithmetic = (rate * operations) / (peaks.tflops * 0.5e12);
    const memory = (rate * bytes) / (peaks.gbs * 1e9);
    row(
      title,
      whole(N),
      said,
      whole(rate),
      ratio(rate / cpu.one),
      ratio(rate / cpu.all),
      whole(operations),
      share(arithmetic),
      whole(bytes),
      share(memory),
      held,
    );
    results.push({
      kind,
      K,
      M,
      N,
      students: count,
      batch,
      steps,
      rate,
      cpu,
      operations,
      bytes,
      held,
      arithmetic,
      memory,
      startMs,
    });
  }
  console.log(
    `|  | ${whole(N)} | cpu: one thread, all ${cpu.threads} | ${whole(cpu.one)}, ${whole(cpu.all)} |  |  |  |  |  |  |  |`,
  );
  return results;
}

async function idle() {
  const shape = SHAPES[0];
  const N = sizes.dims[0];
  const count = Math.min(sizes.runs, lanesOf(gpuStudents.trained, gpu, shape.K, shape.M, N));
  const { batch } = await startOn('trained', problemOf(shape), N, count);
  try {
    const { seconds, stepsFor } = stopwatch(batch);
    const steps = await stepsFor(2 * sizes.dispatch);
    const before = process.cpuUsage();
    const loop = performance.eventLoopUtilization();
    const took = await seconds(steps);
    const { user, system } = process.cpuUsage(before);
    const { utilization } = performance.eventLoopUtilization(loop);
    const cpu = (user + system) / 1e6 / took;
    console.log(
      `\n(b) during a dispatch of ${whole(1000 * took)} ms this process used ${share(cpu)} of one core, its main thread was busy for ${share(utilization)} of the time${software ? ' (the adapter itself runs in this process)' : ''}`,
    );
    return { ms: 1000 * took, cpu, mainThread: utilization };
  } finally {
    batch.close();
  }
}

async function firstResult(results) {
  const [shape] = SHAPES;
  const { runs, runsN: N } = sizes;
  const count = Math.min(runs, lanesOf(gpuStudents.trained, gpu, shape.K, shape.M, N));
  console.log(`\n(c) time to a first result, trained, K = M = 2, N = ${N}\n`);
  head('', 'ms');
  const times = { 'opening the device': openMs };
  // A device of its own: one that knows the kernel already would not compile it again.
  const fresh = await openGpu({ adapter: options.adapter, allowSoftware: options['allow-software'] });
  let begin = performance.now();
  const one = await gpuStudents.trained.start(fresh, [problemOf(shape)], N, [1]);
  times['compiling the kernel and starting one student'] = performance.now() - begin;
  begin = performance.now();
  await one.advance(1, 0);
  await one.measure()();
  times['its first step, and measuring it'] = performance.now() - begin;
  one.close();
  await fresh.close();
  const { batch, ms } = await startOn('trained', problemOf(shape), N, count);
  times[`starting ${whole(count)} students, weights made on the CPU`] = ms;
  begin = performance.now();
  await batch.measure()();
  times['measuring them all'] = performance.now() - begin;
  batch.close();

  const problem = { ...problemOf(shape), alpha: [1, 10] };
  const simulated = async (more) => {
    begin = performance.now();
    const { failed } = await simulate(problem, { N, runs, ...more });
    if (failed.length > 0) throw new Error(failed[0].reason);
    return performance.now() - begin;
  };
  const what = `simulate() of ${whole(runs)} runs, α = 1 and 10`;
  times[`${what}, backend "gpu"`] = await simulated({
    backend: 'gpu',
    allowSoftware: options['allow-software'],
    ...(options.adapter !== undefined && { adapter: options.adapter }),
  });
  const onCpu = `${what}, backend "cpu", ${cores()} threads`;
  const rate = results.find(({ kind, K, N: of }) => kind === 'trained' && K === shape.K && of === N)?.cpu.all;
  const estimate = (1000 * runs * 10 * N) / rate;
  if (estimate < 30_000) times[onCpu] = await simulated({ backend: 'cpu' });
  else times[`${onCpu}, from its rate in (a)`] = estimate;
  for (const [part, took] of Object.entries(times)) row(part, whole(took));
  return times;
}

const versionOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
const facts = {
  date: new Date().toISOString().slice(0, 10),
  adapter: name,
  driver,
  software,
  subgroupSize: gpu.subgroupSize,
  node: process.version,
  webgpu: versionOf(dirname(createRequire(import.meta.url).resolve('webgpu'))),
  cores: cores(),
  peaks: { tflops: peaks.tflops || undefined, gbs: peaks.gbs || undefined },
};
console.log(
  `${name}; driver: ${driver || 'unnamed'}; ${gpu.subgroupSize > 1 ? `subgroups of ${gpu.subgroupSize}` : 'no use of subgroups'}; node ${process.version}, webgpu ${facts.webgpu}, ${cores()} cores; ${facts.date}`,
);
console.log(
  Number.isFinite(peaks.tflops) && Number.isFinite(peaks.gbs)
    ? `limits of the card: ${peaks.tflops} TFLOP/s, ${peaks.gbs} GB/s`
    : 'limits of the card not known: shares of them are left out (--peak-tflops, --peak-gbs)',
);
if (software) console.log('This adapter computes on the CPU: sizes are tiny, and the figures mean nothing.');

const results = await rates();
const idleCpu = await idle();
const times = await firstResult(results);
await gpu.close();
if (options.json !== undefined)
  writeFileSync(
    options.json,
    `${JSON.stringify({ ...facts, counts: COUNTS, rates: results, idleCpu, milliseconds: times }, null, 2)}\n`,
  );
