import type { Series } from '../../report/index.ts';
import { chartView, isLog } from './chartView.ts';

/** The test error of theory and of students. */
export const errorView = chartView({
  id: 'error',
  title: 'Test error',
  help: 'ε = ½ E[(ŷ − y)²], the error on examples never seen, without the noise. Points: the mean of the students, with its standard error.',
  book: 'model.html#order-parameters',
  height: 360,
  chart: ({ state, theory, students }) => {
    if (!theory) return undefined;
    const { curve, about, failure } = theory;
    const series: Series[] = [{ name: 'theory', x: curve.alpha, y: curve.eg, colour: 0 }];
    if (students) {
      const { alpha, mean, stderr, counts } = students;
      series.push({
        name: `${Math.max(0, ...counts)} students`,
        x: alpha,
        y: mean.eg,
        low: mean.eg.map((x, i) => x - stderr.eg[i]),
        high: mean.eg.map((x, i) => x + stderr.eg[i]),
        mark: 'points',
        colour: 2,
      });
    }
    const plateau = about && 'eg' in about.plateau ? [{ y: about.plateau.eg, label: 'plateau' }] : [];
    const broken = failure?.alpha === undefined ? [] : [{ x: failure.alpha, label: 'fails here' }];
    return {
      x: { label: 'time α = examples / N', log: isLog(state.problem.alpha) },
      y: { label: 'test error ε', log: curve.eg.some((x) => x > 0) },
      series,
      lines: [...plateau, ...broken],
    };
  },
});
