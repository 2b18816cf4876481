import { expect, test } from 'vitest';
import { rungeKutta8, rungeKutta8Halved } from './rungeKutta8.ts';

/** Kepler's ellipse of eccentricity ½ and semi-axis 1: after 2π the planet is where it began. */
const start = [0.5, 0, 0, Math.sqrt(3)];
const kepler = ([x, y, u, w]: ArrayLike<number> & Iterable<number>, dy: { [i: number]: number }) => {
  const cube = Math.hypot(x, y) ** 3;
  dy[0] = u;
  dy[1] = w;
  dy[2] = -x / cube;
  dy[3] = -y / cube;
};
const f = kepler as Parameters<typeof rungeKutta8>[0];
const PERIOD = 2 * Math.PI;

function missedBy(steps: number): number {
  const [end] = rungeKutta8(f, start, [PERIOD], PERIOD / steps);
  return Math.hypot(...end.map((x, i) => x - start[i]));
}

test('halving the step divides the error on an ellipse by 2^8', () => {
  const orders = [64, 128].map((steps) => Math.log2(missedBy(steps) / missedBy(2 * steps)));
  expect(orders[1]).toBeGreaterThan(7.7);
  expect(orders[1]).toBeLessThan(8.5);
});

test('the estimate from halving bounds the true error within a factor of three', () => {
  const { states, error } = rungeKutta8Halved(f, start, [PERIOD], PERIOD / 96);
  const truth = Math.max(...states[0].map((x, i) => Math.abs(x - start[i])));
  expect(truth).toBeLessThan(3 * error);
  expect(truth).toBeGreaterThan(error / 3);
});

test('every polynomial solution of degree 8 comes out exactly', () => {
  // y' = (1, 8 t^7) with t carried along: quadrature of order 8 and no more than rounding.
  const [y] = rungeKutta8(
    (z, dz) => {
      dz[0] = 1;
      dz[1] = 8 * z[0] ** 7;
    },
    [0, 0],
    [1.5],
    0.5,
  );
  expect(y[1]).toBeCloseTo(1.5 ** 8, 12);
});

test('several times in one call give what one call for each gives', () => {
  const times = [0.3, 1.1, 2];
  const together = rungeKutta8(f, start, times, 0.01);
  times.forEach((time, i) => {
    const [alone] = rungeKutta8(f, start, [time], 0.01);
    alone.forEach((x, c) => {
      expect(together[i][c]).toBeCloseTo(x, 11);
    });
  });
});
