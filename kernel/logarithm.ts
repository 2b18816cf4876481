/*
 * The natural logarithm of two numbers, within a few units of the last place. A positive normal number is 2^k·m with m
 * between √½ and √2; with f = m − 1 and s = f/(2 + f), ln m = ln((1 + s)/(1 − s)), where |s| < 0.1716.
 */

/** The bits of √½. */
const ROOT_HALF: i64 = ((<i64>0x3fe6a09e) << 32) | 0x667f3bcd;

/*
 * Constants are read from memory, because V8 would build each of them again at every use.
 */

/** The bits of 2^-64 √½, of the fraction of a number, of √½ and of 2^52. */
const BITS = memory.data<i64>([
  ROOT_HALF - ((<i64>64) << 52),
  0x000fffffffffffff,
  ROOT_HALF,
  (<i64>0x43300000) << 32,
]);
/** 2^52 + 64, 1, 2, and ln 2 in two parts, the first with zeros at its end so that its product with k is exact. */
const REAL = memory.data<f64>([4503599627370560.0, 1.0, 2.0, 0.6931471803691238, 1.9082149292705877e-10]);

/** (ln((1 + s)/(1 − s)) − 2s)/s³ as a polynomial in s², by scripts/kernel-coefficients.mjs; error 3.4e-16. */
const LOG = memory.data<f64>([
  0.666666666666667, 0.39999999999899505, 0.28571428625975487, 0.2222221113479508, 0.18182889125261723,
  0.15331721600556042, 0.14616449685043406,
]);

/** The bits of x minus those of 2^-64 √½: 64 + k in the exponent, and below it the fraction of m, counted from √½. */
function excess(x: v128): v128 {
  return i64x2.sub(x, v128.load64_splat(BITS));
}

/** m − 1. */
function beyondOne(excess: v128): v128 {
  const m = i64x2.add(v128.and(excess, v128.load64_splat(BITS, 8)), v128.load64_splat(BITS, 16));
  return f64x2.sub(m, v128.load64_splat(REAL, 8));
}

/** k ln 2 + ln(1 + f). */
function assemble(excess: v128, f: v128): v128 {
  // A small integer in the last bits of 2^52 is 2^52 plus that integer.
  const shifted = v128.or(i64x2.shr_u(excess, 52), v128.load64_splat(BITS, 24));
  const k = f64x2.sub(shifted, v128.load64_splat(REAL));
  const s = f64x2.div(f, f64x2.add(v128.load64_splat(REAL, 16), f));
  const q = f64x2.mul(s, s);
  // Estrin's scheme keeps chains of dependent operations short, as everywhere in this module.
  const qq = f64x2.mul(q, q);
  const low = f64x2.add(v128.load64_splat(LOG), f64x2.mul(q, v128.load64_splat(LOG, 8)));
  const middle = f64x2.add(v128.load64_splat(LOG, 16), f64x2.mul(q, v128.load64_splat(LOG, 24)));
  const high = f64x2.add(v128.load64_splat(LOG, 32), f64x2.mul(q, v128.load64_splat(LOG, 40)));
  const top = f64x2.add(high, f64x2.mul(qq, v128.load64_splat(LOG, 48)));
  const sum = f64x2.add(f64x2.add(low, f64x2.mul(qq, middle)), f64x2.mul(f64x2.mul(qq, qq), top));
  const tail = f64x2.add(f64x2.mul(f64x2.mul(s, q), sum), f64x2.mul(k, v128.load64_splat(REAL, 32)));
  return f64x2.add(f64x2.mul(k, v128.load64_splat(REAL, 24)), f64x2.add(f64x2.add(s, s), tail));
}

/** ln x for x between 2^-63 and 2^63. */
export function ln(x: v128): v128 {
  const bits = excess(x);
  return assemble(bits, beyondOne(bits));
}

/** ln(1 + t) for 1 + t in the same range, also where t is small. */
export function ln1p(t: v128): v128 {
  const bits = excess(f64x2.add(f64x2.splat(1.0), t));
  // With k = 0, f is t itself: 1 + t has lost digits of it to rounding.
  const near = i64x2.eq(i64x2.shr_u(bits, 52), i64x2.splat(64));
  return assemble(bits, v128.bitselect(t, beyondOne(bits), near));
}
