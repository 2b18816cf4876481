import { exponentOf, powerOfTwo, SMALLEST_NORMAL } from './bits.ts';
import { restOfProduct, restOfSum } from './exact.ts';
import { LN2_HIGH, LN2_LOW } from './ln2.ts';

/** A number with about twice the digits: the sum of the two. */
export interface Two {
  readonly high: number;
  readonly low: number;
}

/**
 * ln x for a positive finite number, as a sum of two, within 1e-21 of itself. With s = (m − 1)/(m + 1) as in ln.ts,
 *
 *     ln m = 2s·(1 + s²·(1/3 + s²·(1/5 + s²·p(s²)))),
 *
 * where all but p, of degree 7, is computed with twice the digits.
 */
export function lnInTwo(x: number): Two {
  const normal = x < SMALLEST_NORMAL ? x * 2 ** 54 : x;
  const exponent = exponentOf(normal);
  const m = normal * powerOfTwo(-exponent);
  const k = normal === x ? exponent : exponent - 54;
  const s = quotient(m - 1, sum(m, 1));
  const q = product(s, s);
  const z = q.high;
  const zz = z * z;
  const p =
    0.14285714285714285 +
    0.11111111111111474 * z +
    zz * (0.09090909090650492 + 0.07692307762438362 * z) +
    zz *
      zz *
      (0.06666657340115026 +
        0.058830249342569314 * z +
        zz * (0.05236453282852405 + 0.053085138630475835 * z));
  const fifth = add(FIFTH, { high: z * p, low: 0 });
  const third = add(THIRD, product(q, fifth));
  const twice = { high: 2 * s.high, low: 2 * s.low };
  const ofM = add(twice, product(twice, product(q, third)));
  return k === 0 ? ofM : add(sum(k * LN2_HIGH, k * LN2_LOW), ofM);
}

/** By scripts/number-coefficients.mjs. */
const THIRD: Two = { high: 0.3333333333333333, low: 1.850371707708594e-17 };
const FIFTH: Two = { high: 0.2, low: -1.1102230246251566e-17 };

function sum(a: number, b: number): Two {
  const high = a + b;
  return { high, low: restOfSum(a, b, high) };
}

function add(a: Two, b: Two): Two {
  const high = sum(a.high, b.high);
  return sum(high.high, high.low + (a.low + b.low));
}

export function product(a: Two, b: Two): Two {
  const high = a.high * b.high;
  return sum(high, restOfProduct(a.high, b.high, high) + (a.high * b.low + a.low * b.high));
}

function quotient(a: number, b: Two): Two {
  const high = a / b.high;
  const back = high * b.high;
  const rest = a - back - restOfProduct(high, b.high, back) - high * b.low;
  return { high, low: rest / b.high };
}
