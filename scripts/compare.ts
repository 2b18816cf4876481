// Theory against trained students, and whether they agree; a table, and a picture of both.
//     npx tsx scripts/compare.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { compare, integrate, lineChart, type Problem } from 'alignode';

const problem: Problem = {
  activation: 'relu',
  rule: 'dfa',
  learningRate: 0.2,
  noise: 0.1,
  teacher: { draw: { M: 2, N: 500, seed: 1 } },
  student: { draw: { K: 3, N: 500, sigma: 0.3, seed: 1 } },
  feedback: [0.9, 0.5, -0.7],
  alpha: { from: 1, to: 30, points: 8 },
};

const { theory, simulation, tests, verdict } = await compare(problem, {
  N: 500,
  runs: 20,
  scalingRuns: 40,
  seed: 1,
});

console.log(
  'α'.padStart(8),
  'theory'.padStart(10),
  'students'.padStart(10),
  'z'.padStart(6),
  '  (with the bias of this N, of order 1/N, taken off)',
);
simulation.alpha.forEach((alpha, i) => {
  const row = [theory.eg[i].toPrecision(5), simulation.mean.eg[i].toPrecision(5)].map((x) => x.padStart(10));
  const test = tests.find((one) => one.of === 'mean' && one.observable === 'eg' && one.alpha === alpha);
  console.log(alpha.toPrecision(4).padStart(8), ...row, (test?.z.toFixed(1) ?? '').padStart(6));
});
console.log(verdict.message);

// The curve of theory at many times, and the students with their standard errors over it.
const { alpha, eg } = integrate({ ...problem, alpha: { from: 1, to: 30, points: 100 } });
const { mean, stderr } = simulation;
mkdirSync('out', { recursive: true });
writeFileSync(
  'out/compare.svg',
  lineChart({
    x: { label: 'α = examples / N', log: true },
    y: { label: 'test error', log: true },
    series: [
      { name: 'theory', x: alpha, y: eg, colour: 0 },
      {
        name: `mean of ${simulation.runs} students`,
        mark: 'points',
        x: simulation.alpha,
        y: mean.eg,
        low: mean.eg.map((value, i) => value - stderr.eg[i]),
        high: mean.eg.map((value, i) => value + stderr.eg[i]),
        colour: 1,
      },
    ],
  }),
);
console.log('both: out/compare.svg');
