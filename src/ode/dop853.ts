import { power } from '../numbers/index.ts';
import {
  ERROR_3,
  ERROR_5,
  INTERPOLATION,
  MORE_STAGES,
  type Row,
  SOLUTION,
  STAGES,
} from './dop853Coefficients.ts';
import type { Solver, SolverOptions, SolverSegment } from './segments.ts';

/** Slopes that a step keeps: twelve stages, the slope at its end, and three for interpolation. */
const SLOPES = 16;
const END = 12;
/** Of a step's length by the next one's: at most, at least, and a little less than the error allows. */
const GROWTH = 6;
const SHRINKAGE = 1 / 3;
const SAFETY = 0.9;
/** How much of the last error goes into the next length (Gustafsson 1991): steps at the limit of stability are even. */
const MEMORY = 0.04;
/** The first step, relative to the time, where that is longer than what is asked for. */
const FIRST = 1e-6;
/** Shorter steps, relative to the time, are lost in rounding. */
const SHORTEST = 16 * Number.EPSILON;
const NONE: Row[number] = [0, 0];

/**
 * Runge and Kutta's method of order 8 by Dormand and Prince, with the error estimate and the interpolation of Hairer's
 * DOP853, for systems of hundreds of unknowns and more: all it keeps are sixteen slopes, while extrapolation keeps
 * hundreds for its interpolation. A trial step that meets an error that is no number is tried again, shorter.
 */
export function dop853(
  equations: (t: number, y: Float64Array, out: Float64Array) => void,
  size: number,
  { relativeTolerance, absoluteTolerance, maxSteps, maxStepSize, initialStepSize }: SolverOptions,
): Solver {
  const K = Array.from({ length: SLOPES }, () => new Float64Array(size));
  const trial = new Float64Array(size);
  const error = new Float64Array(size);
  const zero = new Float64Array(size);
  const polynomial = Array.from({ length: 7 }, () => new Float64Array(size));
  let before = new Float64Array(size);
  let longest = maxStepSize;
  /** The last step, and whether its interpolation has been made. */
  let x0 = 0;
  let h = 0;
  let isInterpolated = false;

  /** out = y + h Σ c K, four terms at a time. */
  function combine(out: Float64Array, y: Float64Array, factor: number, row: Row): void {
    out.fill(0);
    let at = 0;
    for (; at + 4 <= row.length; at += 4) {
      const [c0, c1, c2, c3] = [row[at][1], row[at + 1][1], row[at + 2][1], row[at + 3][1]];
      const [k0, k1, k2, k3] = [K[row[at][0]], K[row[at + 1][0]], K[row[at + 2][0]], K[row[at + 3][0]]];
      for (let i = 0; i < size; i++) out[i] += c0 * k0[i] + c1 * k1[i] + (c2 * k2[i] + c3 * k3[i]);
    }
    // Three are left at most, and terms of zero in place of those that are not.
    const [[i0, c0], [i1, c1], [i2, c2]] = [row[at] ?? NONE, row[at + 1] ?? NONE, row[at + 2] ?? NONE];
    const [k0, k1, k2] = [K[i0], K[i1], K[i2]];
    for (let i = 0; i < size; i++) out[i] = y[i] + factor * (out[i] + c0 * k0[i] + c1 * k1[i] + c2 * k2[i]);
  }

  /** The error of a step to `after`, in units of the tolerance. */
  function errorOf(y: Float64Array, after: Float64Array, step: number): number {
    let fifth = 0;
    let third = 0;
    combine(error, zero, 1, ERROR_5);
    const scale = (i: number): number =>
      absoluteTolerance[i] + relativeTolerance * Math.max(Math.abs(y[i]), Math.abs(after[i]));
    for (let i = 0; i < size; i++) fifth += (error[i] / scale(i)) ** 2;
    combine(error, zero, 1, ERROR_3);
    for (let i = 0; i < size; i++) third += (error[i] / scale(i)) ** 2;
    const whole = fifth + 0.01 * third;
    return whole > 0 ? (step * fifth) / Math.sqrt(whole * size) : whole;
  }

  /** The polynomial of the last step, from `before` to `after`. */
  function interpolate(after: Float64Array): void {
    MORE_STAGES.forEach((row, i) => {
      combine(trial, before, h, row);
      equations(x0, trial, K[END + 1 + i]);
    });
    const [P0, P1, P2, ...others] = polynomial;
    for (let i = 0; i < size; i++) {
      const change = after[i] - before[i];
      P0[i] = change;
      P1[i] = h * K[0][i] - change;
      P2[i] = 2 * change - h * (K[END][i] + K[0][i]);
    }
    others.forEach((P, i) => {
      combine(P, zero, h, INTERPOLATION[i]);
    });
  }

  let after = new Float64Array(size);
  return {
    limitStep(most) {
      longest = most;
    },
    stateAt(x, out) {
      if (!isInterpolated) interpolate(after);
      isInterpolated = true;
      const theta = (x - x0) / h;
      const rest = 1 - theta;
      const [P0, P1, P2, P3, P4, P5, P6] = polynomial;
      for (let i = 0; i < size; i++) {
        const upper = P4[i] + rest * (P5[i] + theta * P6[i]);
        out[i] =
          before[i] + theta * (P0[i] + rest * (P1[i] + theta * (P2[i] + rest * (P3[i] + theta * upper))));
      }
    },
    *solutionSegments(from, start, end): Generator<SolverSegment, undefined> {
      let t = from;
      let y = Float64Array.from(start);
      let length = Math.min(Math.max(initialStepSize, FIRST * from), end - from);
      let last = 1e-4;
      let rejected = false;
      equations(t, y, K[0]);
      for (let steps = 0; t < end; ) {
        length = Math.min(length, longest);
        if (t + 1.01 * length >= end) length = end - t;
        if (++steps > maxSteps || length < SHORTEST * t) throw new Error('maximum allowed steps exceeded');
        STAGES.forEach((row, i) => {
          combine(trial, y, length, row);
          equations(t, trial, K[i + 1]);
        });
        const next = new Float64Array(size);
        combine(next, y, length, SOLUTION);
        equations(t, next, K[END]);
        const found = errorOf(y, next, length);
        if (!(found <= 1)) {
          length *= found > 1 ? Math.max(SHRINKAGE, SAFETY * power(found, -1 / 8)) : SHRINKAGE;
          rejected = true;
          continue;
        }
        const wanted =
          found > 0 ? (SAFETY * power(last, MEMORY)) / power(found, 1 / 8 - 0.2 * MEMORY) : GROWTH;
        const growth = Math.max(SHRINKAGE, Math.min(rejected ? 1 : GROWTH, wanted));
        [x0, h, isInterpolated, rejected] = [t, length, false, false];
        last = Math.max(found, 1e-4);
        before = y;
        after = next;
        y = next;
        t = length === end - x0 ? end : t + length;
        yield { x0, x1: t, y, dy: K[END] };
        // A slope of the step is the first of the next one.
        K[0].set(K[END]);
        length = h * growth;
      }
    },
  };
}
