import type { DeepCurves } from '../networks/index.ts';
import type { ComparedCurves } from './types.ts';

/** Everything that is compared, as a table: a row for each time. */
export interface DeepObservables {
  /** trainLoss, testLoss, weightAlignment_2 …, weightAlignment, gradientAlignment_1 …, gradientAlignment. */
  names: string[];
  toTable(curves: ComparedCurves | DeepCurves): number[][];
  toCurves(table: readonly number[][]): ComparedCurves;
}

/** Of a network of L layers. The first has no weight alignment and the last no gradient alignment. */
export function observablesOf(L: number): DeepObservables {
  const upper = Array.from({ length: L - 1 }, (_, i) => i + 2);
  const from = 2;
  return {
    names: [
      'trainLoss',
      'testLoss',
      ...upper.map((l) => `weightAlignment_${l}`),
      'weightAlignment',
      ...upper.map((l) => `gradientAlignment_${l - 1}`),
      'gradientAlignment',
    ],
    toTable: ({ trainLoss, testLoss, weightAlignment, gradientAlignment }) =>
      trainLoss.map((loss, t) => [
        loss,
        testLoss[t],
        ...weightAlignment.layers[t].slice(1),
        weightAlignment.total[t],
        ...gradientAlignment.layers[t].slice(0, -1),
        gradientAlignment.total[t],
      ]),
    toCurves: (table) => ({
      trainLoss: table.map((row) => row[0]),
      testLoss: table.map((row) => row[1]),
      weightAlignment: {
        layers: table.map((row) => [Number.NaN, ...row.slice(from, from + L - 1)]),
        total: table.map((row) => row[from + L - 1]),
      },
      gradientAlignment: {
        layers: table.map((row) => [...row.slice(from + L, from + 2 * L - 1), Number.NaN]),
        total: table.map((row) => row[from + 2 * L - 1]),
      },
    }),
  };
}
