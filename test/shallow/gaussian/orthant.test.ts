import { describe, expect, it } from 'vitest';
import { arcsine } from '../../../src/numbers/index.ts';
import { gaussLegendre } from '../../../src/shallow/gaussian/gaussLegendre.ts';
import { orthant2, orthant4 } from '../../../src/shallow/gaussian/orthant.ts';
import { gram } from '../../support/covariances.ts';

/** The pairs of four variables, and the two others, in the order of `orthant4`. */
const PAIRS = [
  [0, 1, 2, 3],
  [0, 2, 1, 3],
  [0, 3, 1, 2],
  [1, 2, 0, 3],
  [1, 3, 0, 2],
  [2, 3, 0, 1],
] as const;

/**
 * The readable version: Plackett's identity along R(t) = I + t(R − I), each term the conditional probability of two,
 * and t = 1 − (1−u)⁴ against the end of the path. Good to about ten digits away from singular R.
 */
function plainOrthant4(R: number[][]): number {
  const { x, w } = gaussLegendre(200);
  let sum = 1 / 16;
  x.forEach((u, node) => {
    const t = 1 - (1 - u) ** 4;
    const r = (i: number, j: number): number => (i === j ? 1 : t * R[i][j]);
    for (const [i, j, k, l] of PAIRS) {
      const rest = 1 - r(i, j) ** 2;
      const given = (p: number, q: number): number =>
        r(p, q) -
        (r(p, i) * r(q, i) + r(p, j) * r(q, j) - r(i, j) * (r(p, i) * r(q, j) + r(p, j) * r(q, i))) / rest;
      const rho = given(k, l) / Math.sqrt(given(k, k) * given(l, l));
      const density = R[i][j] / (2 * Math.PI * Math.sqrt(rest));
      sum += w[node] * 4 * (1 - u) ** 3 * density * (0.25 + Math.asin(rho) / (2 * Math.PI));
    }
  });
  return sum;
}

function fast(R: number[][]): Float64Array {
  const r = Float64Array.from(PAIRS, ([i, j]) => R[i][j]);
  const out = new Float64Array(7);
  orthant4(
    r,
    r.map((x) => Math.sqrt((1 - x) * (1 + x))),
    out,
  );
  return out;
}

function correlations(seed: number, dimension: number): number[][] {
  let state = seed;
  const next = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  };
  const V = [0, 1, 2, 3].map(() => Array.from({ length: dimension }, next));
  const C = gram(V);
  return C.map((row, i) => row.map((x, j) => x / Math.sqrt(C[i][i] * C[j][j])));
}

describe('the probability that four variables are positive', () => {
  it('equals the plain quadrature', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const R = correlations(seed, 6);
      expect(Math.abs(fast(R)[6] - plainOrthant4(R)), `seed ${seed}`).toBeLessThan(2e-10);
    }
  });

  it('sums to one over the sixteen sign patterns, also for vectors in a plane or in space', () => {
    for (const dimension of [2, 3, 4, 6])
      for (let seed = 1; seed <= 100; seed++) {
        const R = correlations(seed, dimension);
        let total = 0;
        for (let bits = 0; bits < 16; bits++) {
          const sign = (i: number): number => (bits & (1 << i) ? -1 : 1);
          total += fast(R.map((row, i) => row.map((x, j) => sign(i) * sign(j) * x)))[6];
        }
        expect(Math.abs(total - 1), `dimension ${dimension}, seed ${seed}`).toBeLessThan(2e-13);
      }
  });

  it('does not depend on the order of the four', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const R = correlations(seed, 4);
      const order = [2, 0, 3, 1];
      const permuted = order.map((i) => order.map((j) => R[i][j]));
      expect(Math.abs(fast(R)[6] - fast(permuted)[6])).toBeLessThan(1e-14);
    }
  });

  it('gives, of two conditional on the other two, what their partial correlation says', () => {
    const R = correlations(5, 6);
    const out = fast(R);
    PAIRS.forEach(([k, l, i, j], p) => {
      const rest = 1 - R[i][j] ** 2;
      const given = (a: number, b: number): number =>
        R[a][b] -
        (R[a][i] * R[b][i] + R[a][j] * R[b][j] - R[i][j] * (R[a][i] * R[b][j] + R[a][j] * R[b][i])) / rest;
      const rho = given(k, l) / Math.sqrt(given(k, k) * given(l, l));
      expect(out[p]).toBeCloseTo(orthant2(rho, Math.sqrt(1 - rho * rho)), 13);
    });
  });
});

describe('arcsine', () => {
  it('is within 2 ulp of Math.asin everywhere, and ±π/2 beyond ±1', () => {
    for (let i = -100_000; i <= 100_000; i++) {
      const x = Math.sign(i) * (Math.abs(i) / 100_000) ** 1.7;
      const expected = Math.asin(x);
      const ulp = 2 ** (Math.floor(Math.log2(Math.abs(expected) || 1)) - 52);
      expect(Math.abs(arcsine(x) - expected) <= 2 * ulp, `asin ${x}`).toBe(true);
    }
    expect(arcsine(1.5)).toBe(Math.PI / 2);
    expect(arcsine(-7)).toBe(-Math.PI / 2);
  });
});

describe('the Gauss–Legendre rule', () => {
  it('integrates polynomials of degree 2n − 1 exactly', () => {
    for (const n of [1, 2, 5, 16, 64]) {
      const { x, w } = gaussLegendre(n);
      const integral = x.reduce((sum, t, i) => sum + w[i] * t ** (2 * n - 1), 0);
      expect(integral).toBeCloseTo(1 / (2 * n), 14);
    }
  });
});
