// Figure 3b in short, for the book: the alignment of v and F beside the test error, along the curve of docs/errata.md.
import { integrate, lineChart } from 'alignode';

export function alignThenMemorise() {
  const { alpha, eg, weightAlignment } = integrate({
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.1,
    teacher: { draw: { M: 2, N: 500, seed: 6 } },
    student: { draw: { K: 2, N: 500, sigma: 0.01, seed: 6 } },
    feedback: { draw: 'normal', seed: 6 },
    alpha: { from: 0.1, to: 4000, points: 200 },
  });
  return lineChart({
    title: 'Align, then memorise',
    x: { label: 'α = examples / N', log: true },
    y: { label: 'cos(v, F), and test error over that at the start' },
    series: [
      { name: 'cos(v, F)', x: alpha, y: weightAlignment },
      { name: 'test error', x: alpha, y: eg.map((value) => value / eg[0]) },
    ],
    lines: [
      { x: 8.0, label: 'alignment largest' },
      { x: 63.3, label: 'plateau begins' },
    ],
  });
}
