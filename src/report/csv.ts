import type { Curve } from '../theory/index.ts';
import { version } from '../version.ts';

/**
 * A curve as CSV: `#` lines with the manifest (version, problem, settings, statistics: each a line of JSON that can
 * be read back), then alpha, eg, R row by row, the upper triangle of Q, v and, if there is one, the feedback F.
 */
export function curveToCsv(curve: Curve): string {
  const { problem, stats } = curve;
  const K = problem.student.v.length;
  const M = problem.teacher.A.length;
  const { rtol, atol, ...rest } = stats;
  const upper = pairs(K, K).filter(([k, l]) => l >= k);
  const columns = [
    'alpha',
    'eg',
    ...pairs(K, M).map(([k, m]) => `R_${k + 1}_${m + 1}`),
    ...upper.map(([k, l]) => `Q_${k + 1}_${l + 1}`),
    ...problem.student.v.map((_, k) => `v_${k + 1}`),
    ...(problem.feedback ?? []).map((_, k) => `F_${k + 1}`),
  ];
  const lines = [
    `# alignode ${version}`,
    `# problem ${JSON.stringify(problem)}`,
    `# settings ${JSON.stringify({ rtol, atol })}`,
    `# stats ${JSON.stringify(rest)}`,
    columns.join(','),
  ];
  curve.alpha.forEach((alpha, i) => {
    const row = [alpha, curve.eg[i], ...curve.R[i].flat()];
    for (const [k, l] of upper) row.push(curve.Q[i][k][l]);
    row.push(...curve.v[i], ...(problem.feedback ?? []));
    lines.push(row.join(','));
  });
  return `${lines.join('\n')}\n`;
}

const pairs = (height: number, width: number): [number, number][] =>
  Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);
