// How fast the theory of deep linear networks is, everything measured in one run: npm run bench:deep
// Ratios within the run are what counts; the absolute times are this machine's, now. scipy is measured where python3
// finds it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dataOf } from '../build/deep/data/index.js';
import { momentsOf } from '../build/deep/linear/moments.js';
import { observer } from '../build/deep/linear/observables.js';
import { grams, planOf } from '../build/deep/linear/plan.js';
import { tolerancesOf } from '../build/deep/linear/tolerances.js';
import { resolveDeepProblem } from '../build/deep/problem/index.js';
import { dop853, segments } from '../build/ode/index.js';
import { odex } from '../build/ode/solver.js';
import { integrate } from '../dist/index.js';

const TOLERANCES = { rtol: 1e-9, atol: 1e-12 };
const problem = {
  network: { widths: [64, 100, 100, 100, 10], activation: 'linear', init: 'zero' },
  rule: 'dfa',
  feedback: { draw: 'normal', seed: 3 },
  loss: 'squared',
  data: { set: 'digits' },
  time: { from: 0.1, to: 100, points: 1000, scale: 'log' },
};
const example = JSON.parse(
  readFileSync(new URL('../examples/deep-linear-dfa.json', import.meta.url), 'utf8'),
);

const milliseconds = (ms) => `${ms.toFixed(0)} ms`;

/** The shortest of several runs, in milliseconds of processor time, which other programs disturb least. */
function timed(task, times = 5) {
  let best = Number.POSITIVE_INFINITY;
  let found;
  for (let i = 0; i < times; i++) {
    const start = process.cpuUsage();
    found = task();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return { ms: best, found };
}

const resolved = resolveDeepProblem(problem);
const moments = momentsOf(dataOf(resolved), false);

/** The loss by a method: the reduced equations as `integrate` solves them, without its test loss and stored matrices. */
function lossBy(method) {
  const { equations, from, start } = planOf(resolved, moments, true);
  const measure = observer(equations, moments, undefined, 'error');
  const counts = { steps: 0, evaluations: 0, heldFrom: null };
  const loss = [];
  const state = new Float64Array(equations.size);
  for (const { x1, at } of segments({
    method,
    size: equations.size,
    motion: equations.motion,
    from,
    start: start(from),
    end: resolved.time[resolved.time.length - 1],
    rtol: TOLERANCES.rtol,
    maxSteps: 200_000,
    counts,
    ...tolerancesOf(equations, moments, TOLERANCES.atol),
    isStill: () => false,
    isAtRest: () => false,
    check: () => {},
    tooManySteps: (time) => new Error(`too many steps at ${time}`),
    noNumber: (_y, time) => new Error(`no number at ${time}`),
  }))
    while (loss.length < resolved.time.length && resolved.time[loss.length] <= x1) {
      at(resolved.time[loss.length], state);
      loss.push(measure(state).trainLoss);
    }
  return { loss, counts };
}

const worst = (found, exact) => Math.max(...found.map((x, i) => Math.abs(x / exact[i] - 1)));

/** The same right-hand side in numpy, without Δ, from zero weights. Prints a row for each method. */
const SCIPY = `
import json, sys, time
import numpy as np, scipy
from scipy.integrate import solve_ivp
d = json.load(sys.stdin)
m, r = d['outputs'], d['rank']
lam = np.array(d['values'])
T = np.array(d['target']).reshape(m, r)
R = np.array(d['residual']).reshape(m, m)
G = [np.array(g).reshape(m, m) for g in d['grams']]
n = 0
def parts(y):
    A1 = y[:m * r].reshape(m, r)
    A = y[m * r:].reshape(len(G), m, m)
    M = [np.eye(m)]
    for l in range(len(G)): M.append(A[l] @ G[l] @ M[-1])
    return A1, M
def motion(t, y):
    global n
    n += 1
    A1, M = parts(y)
    E = (M[-1] @ A1 - T) * lam
    X = E @ A1.T
    return np.concatenate([-E.ravel()] + [-(X @ M[l].T).ravel() for l in range(len(G))])
def loss(y):
    A1, M = parts(y)
    D = M[-1] @ A1 - T
    return 0.5 * (np.sum(D * D * lam) + np.trace(R))
out = []
for method in ['DOP853', 'LSODA']:
    n = 0
    start = time.process_time()
    s = solve_ivp(motion, (0, d['time'][-1]), np.zeros(m * r + len(G) * m * m), method=method,
                  rtol=d['rtol'], atol=d['atol'], t_eval=d['time'])
    ms = 1000 * (time.process_time() - start)
    out.append({'method': method, 'ms': ms, 'evaluations': n, 'loss': [loss(y) for y in s.y.T]})
print(json.dumps({'version': scipy.__version__, 'rows': out}))
`;

function scipy() {
  const { rank, outputs, values, target, residual } = moments;
  const input = {
    ...TOLERANCES,
    rank,
    outputs,
    values: Array.from(values),
    target: Array.from(target),
    residual: Array.from(residual),
    grams: grams(resolved, outputs).map((G) => Array.from(G)),
    time: resolved.time,
  };
  // One thread: processor time counts them all.
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const { status, stdout } = spawnSync('python3', ['-c', SCIPY], {
    input: JSON.stringify(input),
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return status === 0 ? JSON.parse(stdout) : undefined;
}

console.log(`node ${process.version}, ${process.arch}; ${new Date().toISOString().slice(0, 10)}`);
console.log(
  '\nDigits, 64-100-100-100-10, DFA from zero weights, normal feedback, 1000 log times from 0.1 to 100, rtol 1e-9, atol 1e-12; processor time\n',
);
console.log('| | time | evaluations | of the first row | largest relative difference of the loss |');
console.log('| --- | --- | --- | --- | --- |');
let unit = 0;
let exact = [];
const row = (name, ms, evaluations, difference) =>
  console.log(
    `| ${name} | ${milliseconds(ms)} | ${evaluations} | ${(ms / unit).toPrecision(2)} | ${difference} |`,
  );
const off = (loss) => worst(loss, exact).toExponential(1);

const curve = timed(() => integrate(problem, TOLERANCES));
unit = curve.ms;
exact = integrate(problem, { rtol: 1e-12, atol: 1e-15 }).trainLoss;
row('integrate', curve.ms, curve.found.stats.evaluations, off(curve.found.trainLoss));
for (const [name, method] of [
  ['reduced equations alone, DOP853', dop853],
  ['the same by odex', odex],
]) {
  const { ms, found } = timed(() => lossBy(method), 3);
  row(name, ms, found.counts.evaluations, off(found.loss));
}
const there = scipy();
if (there === undefined) console.log('| scipy: not found | | | | |');
else
  for (const { method, ms, evaluations, loss } of there.rows)
    row(`scipy ${there.version}, ${method}, without Δ`, ms, evaluations, off(loss));

const full = timed(() => integrate(problem, { ...TOLERANCES, equations: 'full' }), 1);
row('integrate, full equations', full.ms, full.found.stats.evaluations, off(full.found.trainLoss));
const alone = timed(() => momentsOf(dataOf(resolved), false));
row('data, second moments and eigenvalues', alone.ms, '', '');
const file = timed(() => integrate(example));
row('examples/deep-linear-dfa.json', file.ms, file.found.stats.evaluations, '');
