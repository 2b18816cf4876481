import type { Curve } from '../../shallow/theory/index.ts';
import { version } from '../../support/version.ts';
import { feedbackNames, overlapColumns } from './overlapColumns.ts';

/**
 * A curve as CSV: `#` lines with the manifest (version, problem, settings, statistics: each a line of JSON that can
 * be read back), then alpha, eg, R row by row, the upper triangle of Q, v and, if there is one, the feedback F.
 */
export function curveToCsv(curve: Curve): string {
  const { problem, stats } = curve;
  const { rtol, atol, ...rest } = stats;
  const overlaps = overlapColumns(problem);
  const lines = [
    `# alignode ${version}`,
    `# problem ${JSON.stringify(problem)}`,
    `# settings ${JSON.stringify({ rtol, atol })}`,
    `# stats ${JSON.stringify(rest)}`,
    ['alpha', 'eg', ...overlaps.names, ...feedbackNames(problem)].join(','),
  ];
  curve.alpha.forEach((alpha, i) => {
    const row = [alpha, curve.eg[i], ...overlaps.row(curve, i), ...(problem.feedback ?? [])];
    lines.push(row.join(','));
  });
  return `${lines.join('\n')}\n`;
}
