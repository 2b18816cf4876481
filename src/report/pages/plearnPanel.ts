import type { Panel } from '../../draw/index.ts';
import { chanceTrace } from '../../figures/index.ts';
import type { PLearn } from '../../shallow/plearn/index.ts';

/** P(learn) against K: the formula as a line, students as points with their intervals. */
export function plearnPanel({ points, settings: { M, negative, student } }: PLearn): Panel {
  const x = points.map(({ K }) => K);
  const tried = points.filter(({ runs }) => runs > 0);
  return {
    name: 'plearn',
    title: `P(learn), M = ${M}${negative > 0 ? `, ${negative} of them negative` : ''}`,
    x: { label: 'student units K', whole: true },
    y: { label: 'P(learn)', range: [0, 1.03] },
    traces: [
      {
        name: 'by the signs of F',
        mark: x.length > 1 ? 'line' : 'open points',
        colour: 0,
        x,
        y: points.map(({ exact }) => exact),
      },
      ...(tried.length > 0
        ? [
            chanceTrace(
              `${student} students`,
              tried,
              tried.map(({ K }) => K),
              { mark: 'points', colour: 1 },
            ),
          ]
        : []),
    ],
  };
}
