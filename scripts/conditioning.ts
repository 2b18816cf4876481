// How the statistics of the targets limit alignment: the final alignments of a linear network of three layers that
// learns by DFA, over the deviation α of the second target and 1 minus its correlation β with the first (Refinetti et
// al. 2021, eq. 20). From theory alone, for wide layers, as means over ten sets of examples.
//     npx tsx scripts/conditioning.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { type DeepProblem, integrate, lineChart } from 'alignode';

const values = [0.2, 0.4, 0.6, 0.8, 1];
const seeds = Array.from({ length: 10 }, (_, i) => i + 1);

const problem = (alpha: number, beta: number, seed: number): DeepProblem => ({
  network: { widths: [10, 100, 100, 2], activation: 'linear', init: 'zero' },
  rule: 'dfa',
  feedback: { draw: 'ideal' },
  loss: 'squared',
  data: { set: 'gaussian', inputs: 10, examples: 1000, alpha, beta, seed },
  time: [100_000],
});

let learning = 0;
const finals = values.map((beta) =>
  values.map((alpha) => {
    const ends = seeds.map((seed) => {
      const { weightAlignment, gradientAlignment, stats } = integrate(problem(alpha, beta, seed));
      if (stats.heldFrom === null) learning += 1;
      return [weightAlignment.total[0], gradientAlignment.total[0]];
    });
    return [0, 1].map((i) => ends.reduce((sum, end) => sum + end[i], 0) / seeds.length);
  }),
);

const names = ['weight alignment', 'gradient alignment'];
names.forEach((name, i) => {
  console.log(`final ${name}`);
  console.log(['β \\ α', ...values].join('\t'));
  values.forEach((beta, row) => {
    console.log([beta, ...finals[row].map((cell) => cell[i].toFixed(3))].join('\t'));
  });
});
console.log(learning === 0 ? 'every curve has come to rest' : `${learning} curves still move`);

mkdirSync('out', { recursive: true });
names.forEach((name, i) => {
  const file = `out/conditioning-${name.replace(' ', '-')}.svg`;
  const series = values.map((beta, row) => ({
    name: `β = ${beta}`,
    mark: 'line and points' as const,
    x: values,
    y: finals[row].map((cell) => cell[i]),
  }));
  const y = { label: `final ${name}`, range: [0.75, 1] as [number, number] };
  writeFileSync(file, lineChart({ x: { label: 'α' }, y, series }));
  console.log(file);
});
