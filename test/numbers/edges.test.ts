import { describe, expect, it } from 'vitest';
import * as numbers from '../../src/numbers/index.ts';

type Function = (...x: number[]) => number;

const EDGES = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  -2,
  3,
  -3,
  2.5,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  2 ** -1022,
  -(2 ** -1022),
  1e-310,
  1e-300,
  -1e-300,
  2 ** 53,
  -(2 ** 53),
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

const one = EDGES.map((x) => [x]);
const two = EDGES.flatMap((x) => EDGES.map((y) => [x, y]));

/** Each function with that of Math, and the arguments that both take. */
const PAIRS: [name: string, own: Function, math: Function, args: number[][]][] = [
  ['ln', numbers.ln, Math.log, one],
  ['log1p', numbers.log1p, Math.log1p, one],
  ['log10', numbers.log10, Math.log10, one],
  ['exp', numbers.exp, Math.exp, [...one, [709.78], [709.79], [-745.13], [-745.14]]],
  ['sin', numbers.sin, Math.sin, one.filter(([x]) => !(Math.abs(x) > 2 ** 20 && Number.isFinite(x)))],
  ['cos', numbers.cos, Math.cos, one.filter(([x]) => !(Math.abs(x) > 2 ** 20 && Number.isFinite(x)))],
  ['arcsine', numbers.arcsine, Math.asin, one.filter(([x]) => !(Math.abs(x) > 1))],
  ['sinh', numbers.sinh, Math.sinh, [...one, [710.475], [710.476], [-710.476]]],
  ['asinh', numbers.asinh, Math.asinh, one],
  ['atan2', numbers.atan2, Math.atan2, two],
  ['power', numbers.power, Math.pow, two],
  ['hypot', numbers.hypot, Math.hypot, [[], ...one, ...two, [3, Number.NaN, Number.POSITIVE_INFINITY]]],
];

/** The same number but for some last bits; zero, infinity and no number exactly. */
function alike(x: number, y: number): boolean {
  if (Object.is(x, y)) return true;
  return x !== 0 && y !== 0 && Math.abs(x - y) <= 4 * Number.EPSILON * Math.abs(y) + 2 ** -1074;
}

describe.each(PAIRS)('%s', (name, own, math, args) => {
  it('meets Math at zeros, ends, infinities and no numbers', () => {
    for (const x of args) {
      const [found, expected] = [own(...x), math(...x)];
      expect(alike(found, expected), `${name}(${x.join(', ')}): ${found}, not ${expected}`).toBe(true);
    }
  });
});

describe('what differs from Math, as documented', () => {
  it('the arcsine is π/2 beyond 1', () => {
    expect([1.5, Number.POSITIVE_INFINITY, -7].map(numbers.arcsine)).toEqual([
      Math.PI / 2,
      Math.PI / 2,
      -Math.PI / 2,
    ]);
  });

  it('angles beyond 2^20 have no sine and no cosine', () => {
    for (const f of [numbers.sin, numbers.cos]) {
      expect(f(2 ** 20)).not.toBeNaN();
      expect(f(2 ** 20 + 1)).toBeNaN();
    }
  });
});

describe('erf', () => {
  it('keeps the sign of zero, ends at ±1, and knows no number', () => {
    const at = [0, -0, 7, -7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
    expect(at.map(numbers.erf)).toEqual([0, -0, 1, -1, 1, -1, Number.NaN]);
  });
});

describe('what is exact', () => {
  it('logarithms of powers of ten', () => {
    for (let k = -307; k <= 308; k++) expect(numbers.log10(Number(`1e${k}`))).toBe(k);
  });

  it('whole powers that are numbers', () => {
    for (let x = 1n; x < 40n; x++)
      for (let k = 0n; x ** k < 2n ** 53n && k < 200n; k++)
        expect(numbers.power(Number(x), Number(k)), `${x}^${k}`).toBe(Number(x ** k));
    for (let k = -1074; k < 1024; k++) expect(numbers.power(2, k), `2^${k}`).toBe(2 ** k);
  });

  it('roots of whole powers', () => {
    for (let x = 1; x < 100; x++) expect(numbers.power(x * x * x, 1 / 3), `${x}`).toBeCloseTo(x, 13);
    for (let x = 1; x < 100; x++) expect(numbers.power(x ** 2, 0.5), `${x}`).toBe(x);
  });
});
