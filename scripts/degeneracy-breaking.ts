// Degeneracy breaking: in which of the equal minima DFA ends, for a turn of the feedback vector, and how v gets there.
//     npx tsx scripts/degeneracy-breaking.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import {
  bestAligned,
  degenerateMinima,
  endsIn,
  integrate,
  lineChart,
  type Problem,
  studentAt,
} from 'alignode';

const problem: Problem = {
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.1,
  teacher: {
    T: [
      [1, 0],
      [0, 1],
    ],
    A: [1, 0.6],
  },
  student: { draw: { K: 2, N: 500, sigma: 1e-3, seed: 1 } },
  feedback: [1, 0],
  alpha: { from: 0.1, to: 30_000, points: 300 },
};

const minima = [...degenerateMinima(problem)].map((minimum) => studentAt(problem, minimum).v);
console.log(`${minima.length} minima, with v =`, minima.map((v) => `(${v.join(', ')})`).join(' '));

const paths = [20, 70, 110, 160, 200, 250, 290, 340].map((degrees) => {
  const angle = (degrees * Math.PI) / 180;
  const turned = { ...problem, feedback: [Math.cos(angle), Math.sin(angle)] };
  const curve = integrate(turned);
  const last = curve.alpha.length - 1;
  const end = endsIn(turned, { Q: curve.Q[last], R: curve.R[last], v: curve.v[last] });
  const found = end.distance > 0.1 ? 'under way' : end.best ? 'in the best aligned' : 'in another minimum';
  console.log(
    `F at ${degrees}°: ends ${found}, overlap ${end.overlap.toFixed(3)} of at most ${bestAligned(turned).overlap.toFixed(3)}`,
  );
  return { name: `F at ${degrees}°`, x: curve.v.map(([v1]) => v1), y: curve.v.map(([, v2]) => v2) };
});

mkdirSync('out', { recursive: true });
writeFileSync(
  'out/degeneracy-breaking.svg',
  lineChart({ x: { label: 'v₁' }, y: { label: 'v₂' }, series: paths }),
);
console.log('the paths of v: out/degeneracy-breaking.svg');
