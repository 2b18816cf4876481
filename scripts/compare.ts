// Theory against students who were really trained, and whether they agree.
//     npx tsx scripts/compare.ts
import { compare, type Problem } from 'alignode';

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
