import { activate as inDouble } from '../activation';
import { exp } from './exp';

/*
 * g and g' of a layer, four numbers at once. src/deep/networks/cpu/kernel.ts uses the same numbers for the activations.
 */
const LINEAR: i32 = 0;
const TANH: i32 = 1;
const LEAKY: i32 = 2;
const ABS: i32 = 3;
const LOGISTIC: i32 = 4;
const ERF: i32 = 5;
const SWISH: i32 = 6;

const ONE: v128 = f32x4.splat(1.0);
const SIGN: v128 = f32x4.splat(-0.0);

/**
 * g of `count` numbers, a multiple of four, to `h`, and g' to `dg`. Leaky relu takes `slope` below zero. Returns 0 if all
 * numbers are finite, and NaN otherwise.
 */
export function activate(kind: i32, slope: f32, a: usize, h: usize, dg: usize, count: i32): f32 {
  let odd = f32x4.splat(0);
  for (const end = a + ((<usize>count) << 2); a < end; a += 16, h += 16, dg += 16) {
    const x = v128.load(a);
    // 0 · x is NaN for what is not finite.
    odd = f32x4.add(odd, f32x4.mul(x, f32x4.splat(0)));
    if (kind === TANH) tanh(x, h, dg);
    else if (kind === LEAKY) {
      const below = f32x4.le(x, f32x4.splat(0));
      // Not 0 · x where the slope is 0, as that is −0.
      const small = slope === 0 ? f32x4.splat(0) : f32x4.mul(x, f32x4.splat(slope));
      v128.store(h, v128.bitselect(small, x, below));
      v128.store(dg, v128.bitselect(f32x4.splat(slope), ONE, below));
    } else if (kind === LINEAR) {
      v128.store(h, x);
      v128.store(dg, ONE);
    } else if (kind === ABS) {
      v128.store(h, f32x4.abs(x));
      const size = v128.bitselect(f32x4.splat(0), ONE, f32x4.eq(x, f32x4.splat(0)));
      v128.store(dg, v128.or(size, v128.and(x, SIGN)));
    } else if (kind === ERF) erf(x, h, dg);
    else logistic(kind, x, h, dg);
  }
  return (
    f32x4.extract_lane(odd, 0) +
    f32x4.extract_lane(odd, 1) +
    f32x4.extract_lane(odd, 2) +
    f32x4.extract_lane(odd, 3)
  );
}

/**
 * (1 − s)/(1 + s) with s = e^{−2|x|}, and 4s/(1 + s)²; below ½, where 1 − s cancels, the continued fraction of tanh up to
 * its fifth term, and 1 − tanh².
 */
function tanh(x: v128, h: usize, dg: usize): void {
  const size = f32x4.abs(x);
  const small = f32x4.lt(size, f32x4.splat(0.5));
  const s = exp(f32x4.mul(size, f32x4.splat(-2)));
  const q = f32x4.mul(x, x);
  const top = f32x4.add(f32x4.splat(945), f32x4.mul(q, f32x4.add(f32x4.splat(105), q)));
  const under = f32x4.add(
    f32x4.splat(945),
    f32x4.mul(q, f32x4.add(f32x4.splat(420), f32x4.mul(q, f32x4.splat(15)))),
  );
  const plus = f32x4.add(ONE, s);
  const value = f32x4.div(
    v128.bitselect(f32x4.mul(size, top), f32x4.sub(ONE, s), small),
    v128.bitselect(under, plus, small),
  );
  v128.store(h, v128.or(value, v128.and(x, SIGN)));
  const far = f32x4.div(f32x4.mul(f32x4.splat(4), s), f32x4.mul(plus, plus));
  v128.store(dg, v128.bitselect(f32x4.sub(ONE, f32x4.mul(value, value)), far, small));
}

/** σ(x) = 1/(1 + e^{−x}), σ' = σ(x) σ(−x); swish x σ(x), with derivative σ(x) (1 + x σ(−x)). */
function logistic(kind: i32, x: v128, h: usize, dg: usize): void {
  const s = exp(f32x4.neg(f32x4.abs(x)));
  const large = f32x4.div(ONE, f32x4.add(ONE, s));
  const small = f32x4.mul(s, large);
  const positive = f32x4.ge(x, f32x4.splat(0));
  const value = v128.bitselect(large, small, positive);
  const other = v128.bitselect(small, large, positive);
  if (kind === LOGISTIC) {
    v128.store(h, value);
    v128.store(dg, f32x4.mul(value, other));
  } else if (kind === SWISH) {
    v128.store(h, f32x4.mul(x, value));
    v128.store(dg, f32x4.mul(value, f32x4.add(ONE, f32x4.mul(x, other))));
  }
}

const PAIR = memory.data(32, 16);

/** In double precision, by the kernel of two layers. */
function erf(x: v128, h: usize, dg: usize): void {
  for (let half: usize = 0; half < 16; half += 8) {
    inDouble(0, f64x2.promote_low_f32x4(half === 0 ? x : v128.shuffle<u64>(x, x, 1, 1)), PAIR);
    store<i64>(h + half, i64x2.extract_lane(f32x4.demote_f64x2_zero(v128.load(PAIR)), 0));
    store<i64>(dg + half, i64x2.extract_lane(f32x4.demote_f64x2_zero(v128.load(PAIR, 16)), 0));
  }
}
