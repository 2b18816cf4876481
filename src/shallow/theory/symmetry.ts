import { activations } from '../gaussian/index.ts';
import { layoutOf, pack, type ResolvedProblem } from '../problem/index.ts';

/**
 * Watches for a symmetry that a curve comes to have to the last bit. If two teacher units can be exchanged in a problem
 * (up to a sign s, for an odd activation), the states with R_km = s R_kn for all k form a set that the equations never
 * leave. A start beside this set may be drawn to it for a while, as on a plateau. A difference that falls below the
 * last digit of R is lost, though the exact curve would let it grow again later: from there on the computed curve is
 * that of a symmetric student.
 *
 * Reports whether y has such a symmetry that the start did not have.
 */
export function symmetryWatch(problem: ResolvedProblem): (y: ArrayLike<number>) => boolean {
  const { K, M, R } = layoutOf(problem);
  const isMirrored = (y: ArrayLike<number>, [m, n, s]: Pair): boolean => {
    for (let k = 0; k < K; k++) if (y[R + k * M + m] !== s * y[R + k * M + n]) return false;
    return true;
  };
  const start = pack(problem);
  const pairs = exchangeable(problem).filter((pair) => !isMirrored(start, pair));
  return (y) => pairs.some((pair) => isMirrored(y, pair));
}

/** Two teacher units and the sign s with which one stands for the other. */
type Pair = readonly [m: number, n: number, s: number];

/** The pairs of teacher units whose exchange, one taken as s times the other, leaves T and A as they are. */
function exchangeable({ activation, teacher: { T, A } }: ResolvedProblem): Pair[] {
  const signs = activations[activation].symmetry.signFlip ? [1, -1] : [1];
  const pairs: Pair[] = [];
  for (let m = 0; m < A.length; m++)
    for (let n = m + 1; n < A.length; n++)
      for (const s of signs)
        if (
          A[m] === s * A[n] &&
          T[m][m] === T[n][n] &&
          T.every((row, j) => [m, n].includes(j) || row[m] === s * row[n])
        )
          pairs.push([m, n, s]);
  return pairs;
}
