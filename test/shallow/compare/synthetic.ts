import type { Simulation, Verdict } from '../../../src/index.ts';
import { meanOf } from '../../../src/numbers/estimate.ts';
import { normals } from '../../../src/random/index.ts';
import type { Deviation } from '../../../src/shallow/compare/deviation.ts';
import { fitSizes, type Size } from '../../../src/shallow/compare/scaling.ts';
import { judge, NO_ROOT, testsOf } from '../../../src/shallow/compare/verdict.ts';

export interface Truth {
  /** What theory is wrong by. */
  wrong?: number;
  /** The coefficients of 1/N and 1/N² in the mean. */
  bias?: number;
  bend?: number;
  /** Draws one number of mean 0 from three normals. */
  law?: (z: ArrayLike<number>) => number;
  /** The power of N with which the spread of a student falls. */
  exponent?: number;
}

const ALPHA = [1, 2, 3, 4, 5, 6];
const NAMES = ['eg', 'Q_1_1', 'R_1_1'];

/**
 * The verdict on numbers with a known truth, in place of students: at every time and observable the mean is
 * wrong + bias/N + bend/N², and a run that is ahead at one time is ahead at the next.
 */
export function verdictOn(truth: Truth, seed: number, level = 0.05): Verdict {
  const main = deviations(truth, 500, 50, seed, 0);
  const sizes = [100, 200, 400, 800, 1600].map((N, i): Size => {
    const runs = 100;
    const simulation = { alpha: ALPHA, runs, perRun: new Array(runs), settings: { N, runs } };
    return {
      simulation: simulation as unknown as Simulation,
      deviations: deviations(truth, N, runs, seed, 1 + i),
    };
  });
  const fits = fitSizes(ALPHA, sizes);
  const untested = ALPHA.filter((_, t) => !fits[t].expands);
  return judge(testsOf({ alpha: ALPHA, names: NAMES, N: 500, deviations: main, fits }), level, {
    times: ALPHA,
    untested,
    planned: 2 * ALPHA.length * NAMES.length,
    because: NO_ROOT,
  });
}

function deviations(truth: Truth, N: number, runs: number, seed: number, place: number): Deviation[][] {
  const { wrong = 0, bias = 0, bend = 0, law = (z) => z[0], exponent = 0.5 } = truth;
  const count = 3 * (ALPHA.length + 1) * NAMES.length;
  const z = new Float64Array(count);
  const values = Array.from({ length: runs }, (_, run) => {
    normals(z, count, seed, 1000 * place + run, 0, 5);
    // A third of the variance is common to all times.
    const draw = (t: number, i: number): number => law(z.subarray(3 * (t * NAMES.length + i)));
    return ALPHA.map((_, t) =>
      NAMES.map(
        (_, i) =>
          wrong +
          bias / N +
          bend / N ** 2 +
          (Math.sqrt(1 / 3) * draw(ALPHA.length, i) + Math.sqrt(2 / 3) * draw(t, i)) / N ** exponent,
      ),
    );
  });
  return ALPHA.map((_, t) =>
    NAMES.map((_, i) => ({ ...meanOf(values.map((run) => run[t][i])), students: runs, resolution: 1e-14 })),
  );
}
