/*
 * Batch normalisation over rows, four columns at a time; sums in double precision. x̂ = (z − mean)/√(variance + ε),
 * a = γ x̂ + β.
 */

/** The mean and the variance (over n) of each column. `count` is a multiple of four. */
export function moments(z: usize, stride: usize, rows: i32, count: i32, mean: usize, variance: usize): void {
  const n = f64x2.splat(<f64>rows);
  for (let j: usize = 0; j < (<usize>count) << 2; j += 16) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let at = z + j;
    for (let row = 0; row < rows; row++, at += stride) {
      low = f64x2.add(low, lower(v128.load(at)));
      high = f64x2.add(high, upper(v128.load(at)));
    }
    low = f64x2.div(low, n);
    high = f64x2.div(high, n);
    let low2 = f64x2.splat(0);
    let high2 = f64x2.splat(0);
    at = z + j;
    for (let row = 0; row < rows; row++, at += stride) {
      const a = f64x2.sub(lower(v128.load(at)), low);
      const b = f64x2.sub(upper(v128.load(at)), high);
      low2 = f64x2.add(low2, f64x2.mul(a, a));
      high2 = f64x2.add(high2, f64x2.mul(b, b));
    }
    v128.store(mean + j, both(low, high));
    v128.store(variance + j, both(f64x2.div(low2, n), f64x2.div(high2, n)));
  }
}

/** Puts x̂ in the place of z, and γ x̂ + β at `a`. */
export function normalise(
  z: usize,
  a: usize,
  stride: usize,
  rows: i32,
  count: i32,
  mean: usize,
  variance: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
): void {
  for (let j: usize = 0; j < (<usize>count) << 2; j += 16) {
    const m = v128.load(mean + j);
    const root = f32x4.sqrt(f32x4.add(v128.load(variance + j), f32x4.splat(epsilon)));
    const g = v128.load(gamma + j);
    const b = v128.load(beta + j);
    let offset = j;
    for (let row = 0; row < rows; row++, offset += stride) {
      const x = f32x4.div(f32x4.sub(v128.load(z + offset), m), root);
      v128.store(z + offset, x);
      v128.store(a + offset, f32x4.add(f32x4.mul(g, x), b));
    }
  }
}

/**
 * Turns ∂J/∂a at `d` into ∂J/∂z: γ/√(variance + ε) (d − ⟨d⟩ − x̂ ⟨d x̂⟩), without the means where the statistics do not
 * depend on the batch (`fixed`). The sums Σ d x̂ and Σ d go to `dGamma` and `dBeta`.
 */
export function normaliseBack(
  d: usize,
  x: usize,
  stride: usize,
  rows: i32,
  count: i32,
  variance: usize,
  gamma: usize,
  dGamma: usize,
  dBeta: usize,
  epsilon: f32,
  fixed: bool,
): void {
  const n = f64x2.splat(<f64>rows);
  for (let j: usize = 0; j < (<usize>count) << 2; j += 16) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let low2 = f64x2.splat(0);
    let high2 = f64x2.splat(0);
    let offset = j;
    for (let row = 0; row < rows; row++, offset += stride) {
      const at = v128.load(d + offset);
      const hat = v128.load(x + offset);
      low = f64x2.add(low, lower(at));
      high = f64x2.add(high, upper(at));
      low2 = f64x2.add(low2, f64x2.mul(lower(at), lower(hat)));
      high2 = f64x2.add(high2, f64x2.mul(upper(at), upper(hat)));
    }
    v128.store(dBeta + j, both(low, high));
    v128.store(dGamma + j, both(low2, high2));
    const root = f32x4.sqrt(f32x4.add(v128.load(variance + j), f32x4.splat(epsilon)));
    const factor = f32x4.div(v128.load(gamma + j), root);
    const mean = fixed ? f32x4.splat(0) : both(f64x2.div(low, n), f64x2.div(high, n));
    const along = fixed ? f32x4.splat(0) : both(f64x2.div(low2, n), f64x2.div(high2, n));
    offset = j;
    for (let row = 0; row < rows; row++, offset += stride) {
      const rest = f32x4.sub(f32x4.sub(v128.load(d + offset), mean), f32x4.mul(v128.load(x + offset), along));
      v128.store(d + offset, f32x4.mul(factor, rest));
    }
  }
}

function lower(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

function upper(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<u64>(x, x, 1, 1));
}

function both(low: v128, high: v128): v128 {
  return v128.shuffle<u64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}
