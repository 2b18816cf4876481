import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activations, erf, linear, relu } from '../../../src/shallow/gaussian/index.ts';
import { gram, vectors } from '../../support/covariances.ts';

const fields = fc.integer({ min: 1, max: 5 }).chain((dimension) => vectors(4, dimension));
const SEED = { seed: 2, numRuns: 500 };
const size = (C: number[][]): number => 1 + Math.max(...C.map((row, i) => row[i]));

describe.each(Object.values(activations))('the averages of $name', (g) => {
  it('do not depend on the order of like factors', () => {
    fc.assert(
      fc.property(fields, (V) => {
        const C = gram(V);
        const tolerance = 1e-13 * size(C);
        expect(Math.abs(g.I2(C, 0, 1) - g.I2(C, 1, 0))).toBeLessThan(tolerance);
        expect(Math.abs(g.J2(C, 0, 1) - g.J2(C, 1, 0))).toBeLessThan(1e-13);
        expect(Math.abs(g.I4(C, 0, 1, 2, 3) - g.I4(C, 1, 0, 2, 3))).toBeLessThan(tolerance);
        expect(Math.abs(g.I4(C, 0, 1, 2, 3) - g.I4(C, 0, 1, 3, 2))).toBeLessThan(tolerance);
      }),
      SEED,
    );
  });

  it('of squares are positive', () => {
    fc.assert(
      fc.property(fields, (V) => {
        const C = gram(V);
        expect(g.I2(C, 0, 0)).toBeGreaterThanOrEqual(0);
        expect(g.J2(C, 0, 0)).toBeGreaterThanOrEqual(0);
        expect(g.I4(C, 0, 0, 1, 1)).toBeGreaterThanOrEqual(-1e-15 * size(C));
      }),
      SEED,
    );
  });

  it('of a field named twice are those of two equal fields', () => {
    fc.assert(
      fc.property(fields, (V) => {
        const once = gram(V);
        const twice = gram([V[0], V[1], V[0], V[1]]);
        const tolerance = 1e-13 * size(once);
        expect(Math.abs(g.I2(once, 0, 0) - g.I2(twice, 0, 2))).toBeLessThan(tolerance);
        expect(Math.abs(g.I3(once, 0, 1, 0) - g.I3(twice, 0, 1, 2))).toBeLessThan(tolerance);
        expect(Math.abs(g.I4(once, 0, 1, 0, 1) - g.I4(twice, 0, 1, 2, 3))).toBeLessThan(tolerance);
        expect(Math.abs(g.I4(once, 0, 1, 0, 0) - g.I4(twice, 0, 1, 2, 0))).toBeLessThan(tolerance);
      }),
      SEED,
    );
  });

  it('have the derivative of I2 along its covariance equal to J2 (Price 1958)', () => {
    const h = 1e-4;
    for (const c of [-0.6, 0, 0.3, 0.8]) {
      const I2 = (x: number): number =>
        g.I2(
          [
            [1.2, x],
            [x, 0.9],
          ],
          0,
          1,
        );
      const slope = (8 * (I2(c + h) - I2(c - h)) - (I2(c + 2 * h) - I2(c - 2 * h))) / (12 * h);
      expect(slope).toBeCloseTo(
        g.J2(
          [
            [1.2, c],
            [c, 0.9],
          ],
          0,
          1,
        ),
        9,
      );
    }
  });

  it('have a derivative of g that is the slope of g', () => {
    for (const x of [-1.3, -0.2, 0.4, 2])
      expect((g.g(x + 1e-5) - g.g(x - 1e-5)) / 2e-5).toBeCloseTo(g.dg(x), 8);
  });
});

describe('the symmetries that an activation claims', () => {
  it('hold for its function', () => {
    for (const g of [erf, linear, relu])
      for (const x of [-2, -0.5, 0.7, 3]) {
        expect(g.g(-x) === -g.g(x)).toBe(g.symmetry.signFlip);
        expect(Math.abs(g.g(3 * x) - 3 * g.g(x)) < 1e-15).toBe(g.symmetry.rescaling || g.g(x) === 0);
      }
  });
});

describe('relu averages of four fields', () => {
  // θ(a) + θ(−a) = 1: the two sum to an average that no longer knows a.
  it('for a and −a add up to the average without a', () => {
    fc.assert(
      fc.property(fields, fc.integer({ min: 0, max: 9 }), (V, exponent) => {
        const d = 10 ** -exponent;
        // Nearly specialised, doubly: c is d away from a, and d from b.
        const near = [V[0], V[1], V[0].map((x, i) => x + d * V[2][i]), V[1].map((x, i) => x + d * V[3][i])];
        for (const vectors of [V, near]) {
          const C = gram(vectors);
          if (C.some((row, i) => row[i] < 1e-6)) continue;
          const flipped = C.map((row, i) => row.map((x, j) => ((i === 0) !== (j === 0) ? -x : x)));
          const sum = relu.I4(C, 0, 1, 2, 3) + relu.I4(flipped, 0, 1, 2, 3);
          expect(Math.abs(sum - relu.I4(C, 1, 1, 2, 3)) / Math.sqrt(C[2][2] * C[3][3])).toBeLessThan(5e-14);
        }
      }),
      { seed: 3, numRuns: 3000 },
    );
  });

  it('of two nearly opposed fields keep relative digits: E x₊ y₊ ≈ φ³/6π', () => {
    for (const phi of [1e-2, 1e-3, 1e-4]) {
      // Exactly representable: (1, 0) and −(1, t), an angle atan t apart from opposed.
      const t = 2 ** Math.round(Math.log2(phi));
      const C = [
        [1, -1],
        [-1, 1 + t * t],
      ];
      const angle = Math.atan(t);
      const series = angle ** 3 / 3 - angle ** 5 / 30 + angle ** 7 / 840;
      const expected = (Math.sqrt(1 + t * t) * series) / (2 * Math.PI);
      expect(Math.abs(relu.I2(C, 0, 1) / expected - 1)).toBeLessThan(1e-13);
    }
  });

  it('read a field of zero variance as independent of the others', () => {
    const C = [
      [0, 0, 0, 0],
      [0, 1, 0.3, 0.2],
      [0, 0.3, 1, -0.4],
      [0, 0.2, -0.4, 2],
    ];
    expect(relu.J2(C, 0, 0)).toBe(0.5);
    expect(relu.J2(C, 0, 1)).toBe(0.25);
    expect(relu.I4(C, 0, 1, 2, 3)).toBeCloseTo(0.5 * relu.I4(C, 1, 1, 2, 3), 15);
  });
});
