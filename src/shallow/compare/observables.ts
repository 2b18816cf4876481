import {
  componentName,
  layoutOf,
  type ResolvedProblem,
  unpackQ,
  unpackR,
  unpackV,
} from '../problem/index.ts';
import type { Curves } from '../students/index.ts';

/**
 * Everything that is compared, as a table: a row for each time, in it eg and then the order parameters (see `Layout`).
 */
export interface Observables {
  /** eg, Q_1_1, Q_1_2, .., R_1_1, .., v_1, .. */
  names: string[];
  toTable(curves: Curves): number[][];
  toCurves(table: readonly number[][]): Curves;
}

export function observablesOf(problem: ResolvedProblem): Observables {
  const shape = layoutOf(problem);
  const names = ['eg', ...Array.from({ length: shape.size }, (_, i) => componentName(i, shape))];
  return {
    names,
    // Taken apart once: each look at the Q of a run unpacks all of it.
    toTable: ({ eg, Q, R, v }) =>
      eg.map((error, t) => [error, ...Q[t].flatMap((row, k) => row.slice(k)), ...R[t].flat(), ...v[t]]),
    toCurves: (table) => {
      const y = table.map((row) => row.slice(1));
      return {
        eg: table.map(([eg]) => eg),
        Q: y.map((row) => unpackQ(row, shape)),
        R: y.map((row) => unpackR(row, shape)),
        v: y.map((row) => unpackV(row, shape)),
      };
    },
  };
}
