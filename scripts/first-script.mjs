// Does feedback alignment align? The overlap of v with F, and the error, along one curve.
// node scripts/first-script.mjs
import { writeFileSync } from 'node:fs';
import { integrate, lineChart } from 'alignode';

const curve = integrate({
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.1,
  teacher: {
    T: [
      [1, 0],
      [0, 1],
    ],
    A: [1, 1],
  },
  student: { draw: { K: 2, N: 500, sigma: 0.01, seed: 8 } },
  feedback: [0.8, -0.5],
  alpha: { from: 0.1, to: 10000, points: 200 },
});

writeFileSync(
  'alignment.svg',
  lineChart({
    title: 'Align, then memorise',
    x: { label: 'α', log: true },
    y: { label: 'test error, and cos(v, F)' },
    series: [
      { name: 'test error', x: curve.alpha, y: curve.eg },
      { name: 'weight alignment', x: curve.alpha, y: curve.weightAlignment },
    ],
  }),
);
console.log(`largest alignment ${Math.max(...curve.weightAlignment).toFixed(3)}, picture in alignment.svg`);
