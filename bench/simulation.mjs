// How fast students are trained, everything measured side by side in one run: npm run bench:simulation
// Ratios within the run are what counts; the absolute rates are this machine's, now. With --full the last part trains
// 10,000 projected students to α = 1000, 5·10⁹ steps, in place of 1,000.

import { cores } from '../build/crew/nodeThreads.js';
import { backends } from '../build/shallow/students/index.js';
import { startKernel } from '../build/shallow/students/kernel.js';
import { resolveProblem, simulate } from '../dist/index.js';

const FULL = process.argv.includes('--full');

const problemOf = (K, M, more = {}) =>
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

const SLICE = 150;
const ROUNDS = 7;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/**
 * Nanoseconds of one unit of each task, the median over rounds in which every task has its turn, so that what else the
 * machine does falls on all alike. A task is a function of how many units to do.
 */
function sideBySide(tasks) {
  const entries = Object.entries(tasks).map(([name, run]) => {
    let units = 1;
    for (;;) {
      const start = performance.now();
      run(units);
      const took = performance.now() - start;
      if (took > SLICE / 4) return { name, run, units: Math.ceil((units * SLICE) / took), times: [] };
      units *= 4;
    }
  });
  for (let round = 0; round < ROUNDS; round++)
    for (const { run, units, times } of entries) {
      const start = performance.now();
      run(units);
      times.push(((performance.now() - start) * 1e6) / units);
    }
  return Object.fromEntries(entries.map(({ name, times }) => [name, median(times)]));
}

const rate = (ns) => `${Math.round(1e9 / ns).toLocaleString('en')}`;
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const head = (...cells) => {
  row(...cells);
  row(...cells.map(() => '---'));
};

function studentsAndBackends() {
  console.log('\n(a) steps per second of one core, erf, DFA\n');
  head('', 'N', 'reference', 'cpu', 'cpu / reference', 'cpu projected / cpu trained');
  for (const [K, M] of [
    [2, 2],
    [8, 4],
  ])
    for (const N of [500, 5000]) {
      const problem = problemOf(K, M);
      const advance = (backend, kind) => {
        const { lanes, start } = backends[backend][kind];
        const batch = start(new Array(lanes).fill(problem), N, [1, 2].slice(0, lanes));
        return (steps) => batch.advance(Math.ceil(steps / lanes));
      };
      const t = sideBySide({
        trainedReference: advance('reference', 'trained'),
        trainedCpu: advance('cpu', 'trained'),
        projectedReference: advance('reference', 'projected'),
        projectedCpu: advance('cpu', 'projected'),
      });
      const name = `K = ${K}, M = ${M}`;
      row(
        `trained, ${name}`,
        N,
        rate(t.trainedReference),
        rate(t.trainedCpu),
        (t.trainedReference / t.trainedCpu).toFixed(1),
        '',
      );
      row(
        `projected, ${name}`,
        N,
        rate(t.projectedReference),
        rate(t.projectedCpu),
        (t.projectedReference / t.projectedCpu).toFixed(1),
        (t.trainedCpu / t.projectedCpu).toFixed(1),
      );
    }
}

function activationsAndOptions() {
  console.log('\n(b) steps per second of one core, cpu, N = 500, K = M = 2\n');
  head('', 'trained', 'projected');
  for (const [name, more] of [
    ['erf', {}],
    ['relu', { activation: 'relu' }],
    ['linear', { activation: 'linear' }],
    ['erf, noise and decay', { noise: 0.1, weightDecay: [0.01, 0.01] }],
  ]) {
    const problem = problemOf(2, 2, more);
    const trained = backends.cpu.trained.start([problem], 500, [1]);
    const projected = backends.cpu.projected.start([problem, problem], 500, [1, 2]);
    const t = sideBySide({
      trained: (steps) => trained.advance(steps),
      projected: (steps) => projected.advance(Math.ceil(steps / 2)),
    });
    row(name, rate(t.trained), rate(t.projected));
  }
}

function whereTheTimeGoes() {
  const problem = problemOf(2, 2);
  console.log('\n(c) where a step goes: trained, cpu, K = M = 2, ns\n');
  head(
    'N',
    'random bits',
    'normals of them',
    'inputs (both, placed)',
    'dot products',
    'update',
    'whole step',
  );
  for (const N of [500, 5000]) {
    const kernel = startKernel(problem, N);
    kernel.trainedStart(N, 1, 2);
    const groups = Math.ceil(N / 16);
    const times = (f) => (n) => {
      for (let i = 0; i < n; i++) f(i);
    };
    const t = sideBySide({
      bits: (n) => kernel.bitsAlone(n * groups),
      normals: (n) => kernel.normalsAlone(n * groups),
      inputs: times((i) => kernel.trainedInput(BigInt(i), 5)),
      fields: times(() => kernel.trainedFields()),
      learn: times(() => kernel.trainedLearn(1e-9)),
      step: (n) => kernel.trainedAdvance(n),
    });
    row(N, ...['bits', 'normals', 'inputs', 'fields', 'learn', 'step'].map((part) => t[part].toFixed(0)));
  }
  const limits = sideBySide({ multiply: (n) => startKernelOnce().multiplyAlone(n) });
  const flop = limits.multiply / 64;
  console.log(
    `\nThis core does a vector multiplication and addition in ${flop.toFixed(3)} ns when they never wait. At that rate the dot products`,
  );
  console.log(
    `of N = 500 take ${(4 * 250 * flop).toFixed(0)} ns and the update ${(2 * 250 * flop).toFixed(0)} ns; the normals, about 60 of them for each four, ${(125 * 30 * flop).toFixed(0)} ns.`,
  );

  console.log('\nA step of the projected student, cpu, ns for each of the two students\n');
  head('K', 'M', 'random numbers', 'the step itself');
  for (const [K, M] of [
    [2, 2],
    [3, 2],
    [8, 4],
  ]) {
    const kernel = startKernel(problemOf(K, M), 500);
    kernel.projectedStart(500, 1, 2, 3, 4);
    kernel.projectedAdvance(64);
    const t = sideBySide({
      inputs: (n) => {
        for (let i = 0; i < n; i += 32) kernel.projectedInputs(0n, 32);
      },
      steps: (n) => {
        for (let i = 0; i < n; i += 32) kernel.projectedSteps(32);
      },
    });
    row(K, M, (t.inputs / 2).toFixed(0), (t.steps / 2).toFixed(0));
  }
}

let once;
function startKernelOnce() {
  once ??= startKernel(problemOf(2, 2), 500);
  return once;
}

function scaling() {
  console.log('\n(d) how it grows, cpu, one core, ns a step\n');
  head('N', 'trained, K = M = 2', 'ns for each input');
  for (const N of [100, 500, 1000, 5000, 20_000, 100_000]) {
    const batch = backends.cpu.trained.start([problemOf(2, 2)], N, [1]);
    const { step } = sideBySide({ step: (n) => batch.advance(n) });
    row(N.toLocaleString('en'), step.toFixed(0), (step / N).toFixed(2));
  }
  console.log('');
  head('K = M', 'trained, N = 500', 'projected, N = 500');
  for (const K of [1, 2, 4, 8, 16, 32]) {
    const problem = problemOf(K, K);
    const trained = backends.cpu.trained.start([problem], 500, [1]);
    const projected = backends.cpu.projected.start([problem, problem], 500, [1, 2]);
    const t = sideBySide({
      trained: (n) => trained.advance(n),
      projected: (n) => projected.advance(Math.ceil(n / 2)),
    });
    row(K, t.trained.toFixed(0), t.projected.toFixed(0));
  }
}

async function threads() {
  console.log(
    `\n(e) threads: simulate(), 64 trained students, N = 500, K = M = 2, α to 40; ${cores()} cores\n`,
  );
  head('threads', 'seconds', 'steps per second');
  const problem = { ...problemOf(2, 2), alpha: [40] };
  for (let threads = 1; threads <= cores(); threads *= 2) {
    const start = performance.now();
    await simulate(problem, { N: 500, runs: 64, threads });
    const seconds = (performance.now() - start) / 1000;
    row(threads, seconds.toFixed(2), Math.round((64 * 40 * 500) / seconds).toLocaleString('en'));
  }
}

async function manyStudents() {
  const runs = FULL ? 10_000 : 1000;
  console.log(
    `\n(f) ${runs.toLocaleString('en')} projected students, K = 3, M = 2, N = 500, 20 times up to the last α\n`,
  );
  head('last α', 'steps', 'seconds', 'steps per second', 'memory in use, MiB');
  for (const to of FULL ? [1000] : [100, 1000]) {
    globalThis.gc?.();
    const problem = { ...problemOf(3, 2), alpha: { from: 0.1, to, points: 20 } };
    let most = 0;
    const start = performance.now();
    await simulate(problem, {
      N: 500,
      runs,
      student: 'projected',
      onProgress: () => {
        most = Math.max(most, process.memoryUsage().rss);
      },
    });
    const seconds = (performance.now() - start) / 1000;
    const steps = runs * to * 500;
    row(
      to,
      steps.toExponential(1),
      seconds.toFixed(1),
      Math.round(steps / seconds).toLocaleString('en'),
      Math.round(most / 2 ** 20),
    );
  }
}

console.log(
  `node ${process.version}, ${process.arch}, ${cores()} cores; ${new Date().toISOString().slice(0, 10)}`,
);
studentsAndBackends();
activationsAndOptions();
whereTheTimeGoes();
scaling();
await threads();
await manyStudents();
