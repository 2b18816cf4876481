import type { Curve } from '../../src/index.ts';

/* What every curve must be, whatever it is a curve of. None of it uses the program's own code. */

/** Positivity is kept to √rtol, and to 1e-3 at most, of the largest squared length. */
export const MOST_NEGATIVE = 1e-3;

/** What is wrong with a curve; undefined if nothing is. */
export function faultOf({
  problem,
  alpha,
  eg,
  Q,
  R,
  v,
  weightAlignment,
  updateAlignment,
  stats,
}: Curve): string | undefined {
  const times = problem.alpha;
  if (alpha.length !== times.length || alpha.some((a, i) => a !== times[i]))
    return 'other times than were asked for';
  for (const [name, list] of Object.entries({ eg, Q, R, v, weightAlignment, updateAlignment }))
    if (list.length !== alpha.length) return `${name}: ${list.length} entries for ${alpha.length} times`;
  const bound = Math.min(Math.sqrt(stats.rtol), MOST_NEGATIVE);
  for (let i = 0; i < alpha.length; i++) {
    const numbers = [eg[i], ...Q[i].flat(), ...R[i].flat(), ...v[i]];
    if (!numbers.every(Number.isFinite)) return `no finite number at alpha = ${alpha[i]}`;
    if (eg[i] < 0) return `eg = ${eg[i]} at alpha = ${alpha[i]}`;
    if (Q[i].some((row, k) => row.some((q, l) => q !== Q[i][l][k])))
      return `Q is not symmetric at alpha = ${alpha[i]}`;
    for (const cosine of [weightAlignment[i], updateAlignment[i]])
      if (Math.abs(cosine) > 1) return `a cosine of ${cosine} at alpha = ${alpha[i]}`;
    const least = smallestEigenvalue(Q[i], R[i], problem.teacher.T);
    if (least < -1.01 * bound)
      return `smallest eigenvalue ${least.toExponential(1)} at alpha = ${alpha[i]}, bound ${bound.toExponential(1)}`;
  }
  return undefined;
}

/** Of [[Q,R],[Rᵀ,T]], in units of its largest diagonal element; by Jacobi's rotations. */
export function smallestEigenvalue(Q: number[][], R: number[][], T: number[][]): number {
  const C = [...Q.map((row, k) => [...row, ...R[k]]), ...T.map((row, m) => [...R.map((r) => r[m]), ...row])];
  const n = C.length;
  const largest = Math.max(...C.map((row, i) => Math.abs(row[i])));
  if (!(largest > 0)) return 0;
  const S = C.map((row) => row.map((x) => x / largest));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (S[p][q] === 0) continue;
        off = Math.max(off, Math.abs(S[p][q]));
        const theta = (S[q][q] - S[p][p]) / (2 * S[p][q]);
        const t =
          Math.abs(theta) > 1e100
            ? 0.5 / theta
            : Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let i = 0; i < n; i++)
          [S[i][p], S[i][q]] = [c * S[i][p] - s * S[i][q], s * S[i][p] + c * S[i][q]];
        for (let i = 0; i < n; i++)
          [S[p][i], S[q][i]] = [c * S[p][i] - s * S[q][i], s * S[p][i] + c * S[q][i]];
      }
    if (off < 1e-14) break;
  }
  return Math.min(...S.map((row, i) => row[i]));
}
