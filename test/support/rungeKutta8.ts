/**
 * The 11-stage explicit Runge–Kutta method of order 8 of Cooper & Verner, SIAM J. Numer. Anal. 9 (1972) 389, with
 * fixed steps: slow, simple, and unlike the integrator of the product in every respect. For dy/dx = f(y).
 */
export type RightHandSide = (y: ArrayLike<number>, dy: { [i: number]: number }) => void;

const s = Math.sqrt(21);

/** Row i: the weights of stages 0 … i − 1 in the argument of stage i. */
const STAGES: readonly (readonly number[])[] = [
  [],
  [1 / 2],
  [1 / 4, 1 / 4],
  [1 / 7, (-7 - 3 * s) / 98, (21 + 5 * s) / 49],
  [(11 + s) / 84, 0, (18 + 4 * s) / 63, (21 - s) / 252],
  [(5 + s) / 48, 0, (9 + s) / 36, (-231 + 14 * s) / 360, (63 - 7 * s) / 80],
  [(10 - s) / 42, 0, (-432 + 92 * s) / 315, (633 - 145 * s) / 90, (-504 + 115 * s) / 70, (63 - 13 * s) / 35],
  [1 / 14, 0, 0, 0, (14 - 3 * s) / 126, (13 - 3 * s) / 63, 1 / 9],
  [1 / 32, 0, 0, 0, (91 - 21 * s) / 576, 11 / 72, (-385 - 75 * s) / 1152, (63 + 13 * s) / 128],
  [
    1 / 14,
    0,
    0,
    0,
    1 / 9,
    (-733 - 147 * s) / 2205,
    (515 + 111 * s) / 504,
    (-51 - 11 * s) / 56,
    (132 + 28 * s) / 245,
  ],
  [
    0,
    0,
    0,
    0,
    (-42 + 7 * s) / 18,
    (-18 + 28 * s) / 45,
    (-273 - 53 * s) / 72,
    (301 + 53 * s) / 72,
    (28 - 28 * s) / 45,
    (49 - 7 * s) / 18,
  ],
];
const WEIGHTS = [9, 0, 0, 0, 0, 0, 0, 49, 64, 49, 9].map((w) => w / 180);

/** y at each of `times`, which increase from 0, in equal steps no longer than h from one to the next. */
export function rungeKutta8(
  f: RightHandSide,
  y0: ArrayLike<number>,
  times: readonly number[],
  h: number,
): Float64Array[] {
  const y = Float64Array.from(y0);
  const stage = new Float64Array(y.length);
  const k = STAGES.map(() => new Float64Array(y.length));
  let x = 0;
  return times.map((time) => {
    const steps = Math.ceil((time - x) / h - 1e-9);
    const step = (time - x) / steps;
    for (let n = 0; n < steps; n++) {
      STAGES.forEach((row, i) => {
        for (let c = 0; c < y.length; c++) {
          let sum = 0;
          for (let j = 0; j < i; j++) sum += row[j] * k[j][c];
          stage[c] = y[c] + step * sum;
        }
        f(stage, k[i]);
      });
      for (let c = 0; c < y.length; c++) {
        let sum = 0;
        for (let i = 0; i < WEIGHTS.length; i++) sum += WEIGHTS[i] * k[i][c];
        y[c] += step * sum;
      }
    }
    x = time;
    return y.slice();
  });
}

/** The same with steps of h/2, and the largest change that halving made, over 2^8 − 1: what is left of the error. */
export function rungeKutta8Halved(
  f: RightHandSide,
  y0: ArrayLike<number>,
  times: readonly number[],
  h: number,
): { states: Float64Array[]; error: number } {
  const coarse = rungeKutta8(f, y0, times, h);
  const states = rungeKutta8(f, y0, times, h / 2);
  let error = 0;
  states.forEach((y, i) => {
    y.forEach((value, c) => {
      error = Math.max(error, Math.abs(value - coarse[i][c]) / 255);
    });
  });
  return { states, error };
}
