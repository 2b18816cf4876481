// How fast networks are trained on one core, everything measured in one run: npm run bench:networks
// Ratios within the run are what counts; the absolute times are this machine's, now. numpy and PyTorch are measured where
// a python3 on the path, or Debian's, has them; relaxed SIMD where Node has it (Node 20 by its flag
// --experimental-wasm-relaxed-simd).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startKernel } from '../build/deep/networks/cpu/kernel.js';
import { cpuBackend, relaxedBackend } from '../build/deep/networks/cpu/network.js';
import { strideOf } from '../build/deep/networks/cpu/panels.js';
import { planOf } from '../build/deep/networks/plan.js';
import { referenceBackend } from '../build/deep/networks/reference/backend.js';
import { resolveDeepProblem } from '../build/deep/problem/index.js';

const SHAPES = [
  { widths: [196, 100, 100, 100, 10], batch: 32 },
  { widths: [784, 800, 800, 10], batch: 64 },
  { widths: [3072, 800, 800, 800, 10], batch: 128 },
];
const CNN = {
  layers: [
    { convolution: 32, kernel: 5, pool: 2 },
    { convolution: 32, kernel: 5, pool: 2 },
    { dense: 128 },
    { dense: 10 },
  ],
  batch: 32,
};
/** Seconds that each measurement takes. */
const PATIENCE = 1.5;

/** The shortest time of a call, in milliseconds of processor time, which other programs disturb least. */
function timed(task, patience = PATIENCE) {
  task();
  const first = process.cpuUsage();
  task();
  const once = cost(first);
  const times = Math.max(1, Math.round(20 / once));
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + 1000 * patience;
  do {
    const start = process.cpuUsage();
    for (let i = 0; i < times; i++) task();
    best = Math.min(best, cost(start) / times);
  } while (performance.now() < end);
  return best;
}
const cost = (start) => {
  const { user, system } = process.cpuUsage(start);
  return Math.max(1e-3, (user + system) / 1000);
};

/** A step of a network on drawn examples. */
function stepOf(backend, network, inputs, batch, rule, data) {
  const problem = resolveDeepProblem({
    network: { ...network, activation: 'tanh' },
    rule,
    ...(rule === 'dfa' && { feedback: { draw: 'uniform', seed: 3 } }),
    loss: 'cross-entropy',
    data,
    learningRate: 1e-3,
    steps: [1],
  });
  const plan = planOf(problem, inputs, batch, { steps: 1, start: 1 });
  const count = 4 * batch;
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const x = Float32Array.from({ length: count * inputs }, () => 2 * random() - 1);
  const y = new Float32Array(count * 10);
  for (let i = 0; i < count; i++) y[10 * i + (i % 10)] = 1;
  const examples = { count, inputs, outputs: 10, x, y };
  const it = backend.start(plan);
  const chosen = new Uint32Array(batch);
  let number = 0;
  return () => {
    for (let b = 0; b < batch; b++) chosen[b] = (number * batch + b) % count;
    it.step(examples, chosen, number++, { rule, frozen: [] });
  };
}

const widthsData = ([inputs]) => ({
  train: { x: [new Array(inputs).fill(0)], y: [[1, ...new Array(9).fill(0)]] },
});

/** Multiply-adds of a step: what every implementation must do. */
function operations(widths, batch, rule) {
  const products = widths.slice(1).map((n, l) => n * widths[l]);
  const all = products.reduce((a, b) => a + b, 0);
  const back =
    rule === 'dfa' ? widths.slice(1, -1).reduce((sum, n) => sum + n * widths.at(-1), 0) : all - products[0];
  return batch * (2 * all + back);
}

function byPython(library, rule, batch, widths) {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(
      python,
      [
        fileURLToPath(new URL('networks.py', import.meta.url)),
        library,
        rule,
        batch,
        widths.join('-'),
        PATIENCE,
      ],
      { encoding: 'utf8' },
    );
    if (status === 0) return Number(stdout);
  }
  return undefined;
}

const against = (ms, other) =>
  other === undefined ? 'not here' : `${other.toFixed(3)} ms (${(other / ms).toFixed(2)})`;

console.log(
  'Steps of dense networks, tanh, cross-entropy, sgd; in brackets how many times as long as the kernel:',
);
for (const { widths, batch } of SHAPES)
  for (const rule of ['dfa', 'bp']) {
    const ms = timed(stepOf(cpuBackend, { widths }, widths[0], batch, rule, widthsData(widths)));
    const relaxed =
      relaxedBackend.missing() === undefined
        ? timed(stepOf(relaxedBackend, { widths }, widths[0], batch, rule, widthsData(widths)))
        : undefined;
    const plain = timed(
      stepOf(referenceBackend, { widths }, widths[0], batch, rule, widthsData(widths)),
      0.1,
    );
    const numpy = byPython('numpy', rule, batch, widths);
    const torch = byPython('torch', rule, batch, widths);
    const rate = (2 * operations(widths, batch, rule)) / ms / 1e6;
    console.log(
      `  ${widths.join('-')}, batch ${batch}, ${rule}: ${ms.toFixed(3)} ms, ${Math.round(1000 / ms)} steps/s, ${rate.toFixed(1)} GFLOP/s; ` +
        `relaxed SIMD ${against(ms, relaxed)}, numpy ${against(ms, numpy)}, PyTorch ${against(ms, torch)}, plain loops ${against(ms, plain)}`,
    );
  }

console.log(
  'A step of a convolutional network, 28 × 28 in, 32 and 32 filters of 5 × 5, pooling by 2, 128 units:',
);
for (const rule of ['dfa', 'bp']) {
  const step = stepOf(cpuBackend, { layers: CNN.layers }, 784, CNN.batch, rule, { set: 'mnist' });
  const ms = timed(step, 3);
  const forward = 784 * 25 * 32 + 196 * 800 * 32 + 1568 * 128 + 1280;
  const flops = 2 * CNN.batch * forward * (rule === 'bp' ? 3 : 2);
  console.log(`  batch ${CNN.batch}, ${rule}: ${ms.toFixed(1)} ms, ${(flops / ms / 1e6).toFixed(1)} GFLOP/s`);
}

console.log('Where the time of a dfa step goes, layer by layer, microseconds (products alone):');
for (const { widths, batch } of SHAPES) {
  const kernel = startKernel();
  kernel.setColumns(kernel.reserve(20 * Math.max(batch, ...widths) + 64));
  const rows = widths.map((n) => kernel.reserve(batch * strideOf(n)));
  const packed = kernel.reserve(4 * batch * (8 + Math.max(...widths)));
  const last = widths.length - 1;
  const panels = (n) => Math.ceil(n / 8);
  const lines = widths.slice(1).map((n, i) => {
    const below = widths[i];
    const W = kernel.reserve(32 * panels(n) * below);
    const F = kernel.reserve(32 * panels(n) * widths[last]);
    const us = (task) => (1000 * timed(task, 0.3)).toFixed(0);
    const forward = us(() =>
      kernel.gemmForward(rows[i], strideOf(below), batch, below, W, panels(n), rows[i + 1], strideOf(n), 0),
    );
    const signal =
      i + 1 === last
        ? '–'
        : us(() =>
            kernel.gemmForward(
              rows[last],
              strideOf(widths[last]),
              batch,
              widths[last],
              F,
              panels(n),
              rows[i + 1],
              strideOf(n),
              0,
            ),
          );
    const update = us(() => {
      kernel.packPanels(rows[i + 1], strideOf(n), batch, panels(n), packed);
      kernel.gemmGradient(rows[i], strideOf(below), batch, below, packed, panels(n), W, 2, 0);
    });
    return `    layer ${i + 1} (${below} → ${n}): forward ${forward}, signal ${signal}, update ${update}`;
  });
  const all = 1000 * timed(stepOf(cpuBackend, { widths }, widths[0], batch, 'dfa', widthsData(widths)), 1);
  console.log(`  ${widths.join('-')}, batch ${batch}: ${all.toFixed(0)} in all`);
  for (const line of lines) console.log(line);
}
