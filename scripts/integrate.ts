// Learning curves from theory: BP and DFA with three feedback vectors, as tables and as a picture.
//     npx tsx scripts/integrate.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { curveToCsv, integrate, lineChart, type Problem } from 'alignode';

const problem: Problem = {
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.1,
  teacher: { draw: { M: 2, N: 500, seed: 1 } },
  student: { draw: { K: 2, N: 500, sigma: 0.01, seed: 1 } },
  alpha: { from: 0.1, to: 10_000, points: 200 },
};

// A small tolerance: near perfect learning, errors below stats.egFloor are not known.
const exact = { rtol: 1e-12 };
const curves = {
  BP: integrate({ ...problem, rule: 'bp' }, exact),
  'F = (1, 1)': integrate({ ...problem, feedback: [1, 1] }, exact),
  'F = (1, −1)': integrate({ ...problem, feedback: [1, -1] }, exact),
  'F = (1, 0.3)': integrate({ ...problem, feedback: [1, 0.3] }, exact),
};

mkdirSync('out', { recursive: true });
for (const [i, [name, curve]] of Object.entries(curves).entries()) {
  writeFileSync(`out/curve-${i + 1}.csv`, curveToCsv(curve));
  const learned = curve.alpha.find((_, t) => curve.eg[t] < 1e-4 * curve.eg[0]);
  console.log(
    `${name}: learned ${learned === undefined ? 'not by α = 10000' : `at α = ${learned.toFixed(0)}`}, out/curve-${i + 1}.csv`,
  );
}
writeFileSync(
  'out/curves.svg',
  lineChart({
    x: { label: 'α = examples / N', log: true },
    y: { label: 'test error', log: true },
    series: Object.entries(curves).map(([name, { alpha, eg, stats }]) => ({
      name,
      x: alpha,
      y: eg.map((value) => (value > stats.egFloor ? value : Number.NaN)),
    })),
  }),
);
