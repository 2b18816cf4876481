import { type Curve, phases } from '../../shallow/theory/index.ts';
import { curveHead } from './csvHead.ts';
import { ALIGNMENTS, feedbackNames, overlapColumns } from './overlapColumns.ts';

/**
 * A curve as CSV: `#` lines with the manifest (version, problem, settings, statistics, phases: each a line of JSON that
 * can be read back), then alpha, eg, R row by row, the upper triangle of Q, v, the feedback F if there is one, and both
 * alignments.
 */
export function curveToCsv(curve: Curve): string {
  const { problem } = curve;
  const overlaps = overlapColumns(problem);
  const lines = [
    ...curveHead(curve),
    `# phases ${JSON.stringify(phases(curve))}`,
    ['alpha', 'eg', ...overlaps.names, ...feedbackNames(problem), ...ALIGNMENTS].join(','),
  ];
  curve.alpha.forEach((alpha, i) => {
    const row = [alpha, curve.eg[i], ...overlaps.row(curve, i), ...(problem.feedback ?? [])];
    row.push(curve.weightAlignment[i], curve.updateAlignment[i]);
    lines.push(row.join(','));
  });
  return `${lines.join('\n')}\n`;
}
