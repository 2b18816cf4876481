// Whether this machine's GPU trains the students that the reference trains: node scripts/check-gpu.mjs
// [--allow-software] [--adapter NAME]. Needs the built package and nothing else, so that it runs where the tests cannot
// be installed.
import { parseArgs } from 'node:util';
import { openGpu } from '../build/shallow/students/gpu/device.js';
import { gpuStudents } from '../build/shallow/students/gpu/students.js';
import { backends } from '../build/shallow/students/index.js';
import { testErrorOf } from '../build/shallow/theory/index.js';
import { resolveProblem, simulate } from '../dist/index.js';

const { values } = parseArgs({
  options: { adapter: { type: 'string' }, 'allow-software': { type: 'boolean', default: false } },
});
const options = { adapter: values.adapter, allowSoftware: values['allow-software'] };

const STEPS = 2000;
const CLOSE = 2e-6;
/** A seed of more than 32 bits among them. */
const SEEDS = [1, 2 ** 40 + 5, 77];

let failures = 0;
function tell(name, ok, found) {
  if (!ok) failures++;
  console.log(`${ok ? 'PASS' : 'FAIL'}  ${name}: ${found}`);
}
const near = (name, worst, allowed = CLOSE) =>
  tell(name, worst <= allowed, `off by ${worst.toExponential(1)}, allowed ${allowed.toExponential(0)}`);

/** The largest difference; NaN if any number is NaN. */
function apart(a, b) {
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= worst)) worst = difference;
    if (Number.isNaN(worst)) return worst;
  }
  return worst;
}
const sameBits = (a, b) => a.every((x, i) => Object.is(x, b[i]));

const problemOf = (K, M, more) =>
  resolveProblem({
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.2,
    teacher: { draw: { M, N: 500, seed: 1, secondLayer: 'normal' } },
    student: { draw: { K, N: 500, sigma: 0.3, seed: 2 } },
    ...(more.rule !== 'bp' && { feedback: { draw: 'normal', seed: 3 } }),
    alpha: [1],
    ...more,
  });

const CASES = [
  { K: 2, M: 2, N: 500 },
  { K: 3, M: 2, N: 131, noise: 0.1, weightDecay: [0.01, 0.02] },
  { K: 2, M: 3, N: 500, rule: 'bp' },
  { K: 2, M: 2, N: 500, activation: 'relu', learningRate: 0.05 },
  { K: 2, M: 1, N: 200, activation: 'linear', learningRate: 0.05 },
  { K: 8, M: 4, N: 500 },
  // Too large for registers: weights stay in memory.
  { K: 8, M: 4, N: 2100, trainSecondLayer: false },
];

const sizeOf = (K, M) => (K * (K + 1)) / 2 + K * M + K;

/** All numbers of every student after the steps, done in these pieces: overlaps and, where they exist, weights. */
async function onDevice(gpu, kind, problem, N, pieces) {
  const batch = await gpuStudents[kind].start(gpu, Array(SEEDS.length).fill(problem), N, SEEDS);
  try {
    for (const steps of pieces) await batch.advance(steps, 0);
    const { read } = await batch.measure()();
    const overlaps = SEEDS.map((_, i) => {
      const y = new Float64Array(sizeOf(problem.student.v.length, problem.teacher.A.length));
      read(i, y);
      return y;
    });
    const weights = (await batch.weights?.())?.map(({ W, v }) => [...W.flatMap((w) => [...w]), ...v]);
    return { overlaps, weights, all: [...overlaps, ...(weights ?? [])].flatMap((part) => [...part]) };
  } finally {
    batch.close();
  }
}

function onReference(kind, problem, N) {
  return SEEDS.map((seed) => {
    const batch = backends.reference[kind].start([problem], N, [seed]);
    batch.advance(STEPS);
    const y = new Float64Array(sizeOf(problem.student.v.length, problem.teacher.A.length));
    batch.read(0, y);
    const weights = batch.weights?.(0);
    return { y, weights: weights && [...weights.W.flatMap((w) => [...w]), ...weights.v] };
  });
}

/** Checks a case on a device; returns all its numbers, to be compared with those of another device. */
async function check(gpu, kind, { K, M, N, ...more }) {
  const problem = problemOf(K, M, more);
  const said = [
    `${kind}, K = ${K}, M = ${M}, N = ${N}`,
    ...Object.entries(more).map((entry) => entry.join(' ')),
  ];
  const name = said.join(', ');
  const there = onReference(kind, problem, N);
  const here = await onDevice(gpu, kind, problem, N, [STEPS]);
  if (here.weights !== undefined)
    near(`${name}: weights`, Math.max(...here.weights.map((w, i) => apart(w, there[i].weights))));
  near(`${name}: overlaps`, Math.max(...here.overlaps.map((y, i) => apart(y, there[i].y))));
  const error = testErrorOf(problem);
  near(`${name}: eg`, Math.max(...here.overlaps.map((y, i) => Math.abs(error(y) - error(there[i].y)))));
  const pieces = [1, 7, 64, 928, 1000];
  const again = await onDevice(gpu, kind, problem, N, pieces);
  tell(`${name}: in pieces of ${pieces.join(', ')} steps`, sameBits(here.all, again.all), 'the same bits');
  const twice = await onDevice(gpu, kind, problem, N, [STEPS]);
  tell(`${name}: once more`, sameBits(here.all, twice.all), 'the same bits');
  return { name, all: here.all };
}

const open = (subgroups) =>
  openGpu({ ...options, subgroups }).catch(({ message }) => {
    console.error(message);
    process.exit(1);
  });

const found = new Map();
for (const subgroups of [true, false]) {
  const gpu = await open(subgroups);
  const { name, driver } = gpu.adapter;
  console.log(
    `\n${name}, ${driver}, ${gpu.subgroupSize > 1 ? `subgroups of ${gpu.subgroupSize}` : 'without subgroups'}`,
  );
  for (const kind of ['trained', 'projected'])
    for (const one of CASES) {
      try {
        const { name, all } = await check(gpu, kind, one);
        if (found.has(name)) near(`${name}: with and without subgroups`, apart(all, found.get(name)));
        found.set(name, all);
      } catch (error) {
        tell(`${kind}, K = ${one.K}, M = ${one.M}, N = ${one.N}`, false, error.message);
      }
    }
  await gpu.close();
}

// The public functions, as users call them: curves, a test set, runs in their order.
console.log('');
for (const student of ['trained', 'projected']) {
  const problem = { ...problemOf(2, 2, {}), alpha: [0, 1, 4] };
  const settings = { N: 300, runs: 5, student, testSet: 200 };
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const here = await simulate(problem, { ...settings, backend: 'gpu', ...given });
  const there = await simulate(problem, { ...settings, backend: 'reference', threads: 1 });
  const curve = ({ mean, perRun }) => [...mean.eg, ...mean.egSampled, ...perRun.flatMap(({ eg }) => eg)];
  near(
    `simulate(), ${student}: eg of every run, its mean, and on a test set`,
    apart(curve(here), curve(there)),
  );
}

console.log(failures === 0 ? '\nEvery check passed.' : `\n${failures} checks FAILED.`);
process.exitCode = failures === 0 ? 0 : 1;
