// How fast and how exact the theory side is, everything measured in one run: npm run bench
// Ratios within the run are what counts; the absolute times are this machine's, now.
import { readFileSync } from 'node:fs';
import { Bench } from 'tinybench';
import { layoutOf, pack } from '../build/shallow/problem/index.js';
import { equationsOfMotion } from '../build/shallow/theory/index.js';
import { integrate, resolveProblem } from '../dist/index.js';

const microseconds = (ns) => (ns / 1000).toPrecision(3);

/** The median time of each function, in nanoseconds, taken in turn in one bench. */
async function medians(tasks, time = 500) {
  const bench = new Bench({ time, warmupTime: time / 3 });
  for (const [name, task] of Object.entries(tasks)) bench.add(name, task);
  await bench.run();
  return Object.fromEntries(bench.tasks.map(({ name, result }) => [name, result.latency.p50 * 1e6]));
}

const example = JSON.parse(readFileSync(new URL('../examples/dfa-k2m2.json', import.meta.url), 'utf8'));
const reference = { ...example, alpha: { from: 0.1, to: 1000, points: 200, scale: 'log' } };

/** Fixed-step Euler on the same right-hand side, as the C++ programs of the field do it. */
function euler(problem, perUnit) {
  const y = pack(problem);
  const dy = new Float64Array(y.length);
  const motion = equationsOfMotion(problem);
  const steps = perUnit * problem.alpha[problem.alpha.length - 1];
  for (let i = 0; i < steps; i++) {
    motion(y, dy);
    for (let j = 0; j < y.length; j++) y[j] += dy[j] / perUnit;
  }
  return y;
}

const TIGHT = { rtol: 1e-13, atol: 1e-16 };
const worst = (found, exact) => Math.max(...found.map((x, i) => Math.abs(x - exact[i]) / Math.abs(exact[i])));

async function curveAgainstEuler() {
  const problem = resolveProblem(reference);
  const { adaptive, fixed } = await medians(
    {
      adaptive: () => integrate(problem),
      fixed: () => euler(problem, 500),
    },
    3000,
  );
  const exact = integrate(problem, TIGHT).eg;
  const curve = integrate(problem);
  console.log('\n(a) erf DFA, K = M = 2, η = 0.1, α to 1000, 200 outputs on a log grid, rtol 1e-9\n');
  console.log('| | median | against Euler | eg, worst relative difference from rtol 1e-13 |');
  console.log('| --- | --- | --- | --- |');
  console.log(
    `| integrate | ${(adaptive / 1e6).toPrecision(3)} ms, ${curve.stats.evaluations} evaluations | ${(fixed / adaptive).toFixed(0)} times faster | ${worst(curve.eg, exact).toExponential(1)} |`,
  );
  const ofV = layoutOf(problem).v;
  const last = Math.abs(euler(problem, 500)[ofV] / integrate(problem, TIGHT).v[199][0] - 1);
  console.log(
    `| Euler, dα = 1/500 | ${(fixed / 1e6).toPrecision(3)} ms, 500000 evaluations | 1 | (v_1 at α = 1000: ${last.toExponential(1)}) |`,
  );
}

/** A state in mid-learning with K = M: nothing is zero, nothing special. */
function midway(K, activation) {
  const problem = resolveProblem({
    activation,
    rule: 'dfa',
    learningRate: 0.1,
    teacher: { draw: { M: K, N: 500, seed: 1 } },
    student: { draw: { K, N: 500, sigma: 0.7, seed: 2 } },
    feedback: { draw: 'normal', seed: 3 },
    alpha: [1],
  });
  const motion = equationsOfMotion(problem);
  const y = pack(problem);
  const dy = new Float64Array(y.length);
  return { rightHandSide: () => motion(y, dy), size: y.length };
}

/** The calls that the erf equations cannot do without: one arcsine per I2 and per distinct I4, one root per variance. */
function bareCalls(K) {
  const n = 2 * K;
  const pairs = (K * (K + 1)) / 2;
  const arcsines = pairs * ((n * (n + 1)) / 2) + K * n;
  const roots = pairs * (n + 1) + K * (n + 1) + n;
  const x = Float64Array.from({ length: 1024 }, (_, i) => 0.9 * Math.sin(i * i));
  const calls = () => {
    let sum = 0;
    for (let i = 0; i < arcsines; i++) sum += Math.asin(x[i & 1023]);
    for (let i = 0; i < roots; i++) sum += Math.sqrt(2 + x[i & 1023]);
    return sum;
  };
  return { calls, arcsines, roots };
}

function allocatedPerCall(task, calls) {
  if (!globalThis.gc) return 'unknown (run node with --expose-gc)';
  task();
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < calls; i++) task();
  return `${Math.max(0, (process.memoryUsage().heapUsed - before) / calls).toFixed(1)} bytes`;
}

async function rightHandSides() {
  console.log('\n(b) the right-hand side for erf, against its bare Math.asin and Math.sqrt calls\n');
  console.log(
    '| K = M | arcsines, roots | right-hand side, µs | bare calls, µs | ratio | allocated per call |',
  );
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const K of [2, 4, 8, 16, 32]) {
    const { rightHandSide } = midway(K, 'erf');
    const { calls, arcsines, roots } = bareCalls(K);
    const t = await medians({ rightHandSide, calls }, 1500);
    const memory = allocatedPerCall(rightHandSide, K < 16 ? 1000 : 20);
    console.log(
      `| ${K} | ${arcsines}, ${roots} | ${microseconds(t.rightHandSide)} | ${microseconds(t.calls)} | ${(t.rightHandSide / t.calls).toFixed(2)} | ${memory} |`,
    );
  }

  console.log('\n(c) the right-hand side for relu\n');
  console.log('| K = M | right-hand side, µs | sets of four fields | µs per set |');
  console.log('| --- | --- | --- | --- |');
  for (const K of [1, 2, 3, 4, 8]) {
    const { rightHandSide } = midway(K, 'relu');
    const t = await medians({ rightHandSide });
    const n = 2 * K;
    const choose = (a, b) =>
      Array.from({ length: b }, (_, i) => (a - i) / (i + 1)).reduce((x, y) => x * y, 1);
    const sets = Math.round(choose(n, 4) - choose(K, 4) - K * choose(K, 3));
    console.log(
      `| ${K} | ${microseconds(t.rightHandSide)} | ${sets} | ${sets ? microseconds(t.rightHandSide / sets) : ''} |`,
    );
  }
}

function workAndPrecision() {
  console.log(
    '\n(d) work and precision: worst relative error of eg along the curve of (a), against rtol 1e-14\n',
  );
  console.log('| rtol | evaluations | steps | erf: error of eg | relu: evaluations | relu: error of eg |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  const cases = [
    reference,
    { ...reference, activation: 'relu', feedback: [0.8, 0.5], alpha: { from: 0.1, to: 200, points: 200 } },
  ];
  const exact = cases.map((p) => integrate(p, { rtol: 1e-14, atol: 1e-16 }).eg);
  for (const rtol of [1e-4, 1e-5, 1e-7, 1e-9, 1e-11, 1e-13]) {
    const [a, b] = cases.map((p) => integrate(p, { rtol, atol: 1e-3 * rtol }));
    console.log(
      `| ${rtol} | ${a.stats.evaluations} | ${a.stats.steps} | ${worst(a.eg, exact[0]).toExponential(1)} | ${b.stats.evaluations} | ${worst(b.eg, exact[1]).toExponential(1)} |`,
    );
  }
}

function longAndLarge() {
  console.log('\n(e) far ends and large networks\n');
  for (let i = 0; i < 3; i++) integrate({ ...reference, alpha: [1e6] });
  const start = performance.now();
  const { stats } = integrate({ ...reference, alpha: [1e6] });
  console.log(
    `- the curve of (a) to α = 1e6: ${(performance.now() - start).toFixed(0)} ms, ${stats.evaluations} evaluations, held from α = ${stats.heldFrom?.toFixed(0)}`,
  );
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  let most = 0;
  const watch = (f) => {
    const out = f();
    most = Math.max(most, process.memoryUsage().heapUsed - heap);
    return out;
  };
  const t = performance.now();
  const large = watch(() =>
    integrate(
      {
        ...reference,
        teacher: { draw: { M: 32, N: 500, seed: 1 } },
        student: { draw: { K: 32, N: 500, sigma: 0.1, seed: 2 } },
        feedback: { draw: 'normal', seed: 3 },
        alpha: [100],
      },
      { rtol: 1e-6 },
    ),
  );
  console.log(
    `- erf DFA, K = M = 32 (1584 order parameters), to α = 100, rtol 1e-6: ${((performance.now() - t) / 1000).toFixed(1)} s, ${large.stats.evaluations} evaluations, ${(most / 2 ** 20).toFixed(0)} MiB of heap more than before`,
  );
}

console.log(`node ${process.version}, ${process.arch}; ${new Date().toISOString().slice(0, 10)}`);
await curveAgainstEuler();
await rightHandSides();
workAndPrecision();
longAndLarge();
