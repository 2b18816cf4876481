/*
 * g and g' of two fields at once. src/shallow/students/kernel.ts uses the same numbers for the activations.
 */
const ERF: i32 = 0;
const LINEAR: i32 = 1;

/** Beyond this argument, to double precision, the error function is ±1 and its derivative 0. */
const FAR: f64 = 9.0;
const STRIDE: usize = 104;

/**
 * For erf: rows of thirteen numbers at the centres c = 0, 1/8, …, 9: c, g(c), and the eleven Taylor coefficients a_n of
 * g' at c. The host fills the table from its own erf, so that erf is defined in one place only.
 */
export let erfTable: usize = 0;

export function setErfTable(address: usize): void {
  erfTable = address;
}

/** Writes g(x) to `out` and g'(x) sixteen bytes on. */
export function activate(kind: i32, x: v128, out: usize): void {
  if (kind === ERF) erf(x, out);
  else if (kind === LINEAR) {
    v128.store(out, x);
    v128.store(out, f64x2.splat(1.0), 16);
  } else {
    const positive = f64x2.gt(x, f64x2.splat(0.0));
    // A comparison in place of max, so that NaN stays NaN.
    v128.store(out, v128.bitselect(f64x2.splat(0.0), x, f64x2.le(x, f64x2.splat(0.0))));
    v128.store(out, v128.and(positive, f64x2.splat(1.0)), 16);
  }
}

/** erf(x/√2) and √(2/π) exp(−x²/2), by Taylor's series about the nearest centre. */
function erf(x: v128, out: usize): void {
  const sign = v128.and(x, f64x2.splat(-0.0));
  const distance = f64x2.pmin(f64x2.abs(x), f64x2.splat(FAR));
  const index = i32x4.trunc_sat_f64x2_u_zero(
    f64x2.add(f64x2.mul(distance, f64x2.splat(8.0)), f64x2.splat(0.5)),
  );
  const a = erfTable + STRIDE * <usize>i32x4.extract_lane(index, 0);
  const b = erfTable + STRIDE * <usize>i32x4.extract_lane(index, 1);
  const h = f64x2.sub(distance, both(a, b, 0));
  // dg = Σ a_n hⁿ and, beside it, (g − g(c))/h = Σ a_n hⁿ/(n + 1).
  let coefficient = both(a, b, 96);
  let dg = coefficient;
  let g = f64x2.mul(coefficient, f64x2.splat(1.0 / 11.0));
  coefficient = both(a, b, 88);
  dg = f64x2.add(f64x2.mul(dg, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), f64x2.mul(coefficient, f64x2.splat(1.0 / 10.0)));
  coefficient = both(a, b, 80);
  dg = f64x2.add(f64x2.mul(dg, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), f64x2.mul(coefficient, f64x2.splat(1.0 / 9.0)));
  coefficient = both(a, b, 72);
  dg = f64x2.add(f64x2.mul(dg, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), f64x2.mul(coefficient, f64x2.splat(1.0 / 8.0)));
  coefficient = both(a, b, 64);
  dg = f64x2.add(f64x2.mul(dg, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), f64x2.mul(coefficient, f64x2.splat(1.0 / 7.0)));
  coefficient = both(a, b, 56);
  dg = f64x2.add(f64x2.mul(dg, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), f64x2.mul(coefficient, f64x2.splat(1.0 / 6.0)));
  coefficient = both(a, b, 48);
  dg = f64x2.add(f64x2.mul(dg, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), f64x2.mul(coefficient, f64x2.splat(1.0 / 5.0)));
  coefficient = both(a, b, 40);
  dg = f64x2.add(f64x2.mul(dg, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), f64x2.mul(coefficient, f64x2.splat(1.0 / 4.0)));
  coefficient = both(a, b, 32);
  dg = f64x2.add(f64x2.mul(dg, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), f64x2.mul(coefficient, f64x2.splat(1.0 / 3.0)));
  coefficient = both(a, b, 24);
  dg = f64x2.add(f64x2.mul(dg, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), f64x2.mul(coefficient, f64x2.splat(1.0 / 2.0)));
  coefficient = both(a, b, 16);
  dg = f64x2.add(f64x2.mul(dg, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), coefficient);
  g = f64x2.add(f64x2.mul(g, h), both(a, b, 8));
  v128.store(out, v128.or(g, sign));
  v128.store(out, dg, 16);
}

/** The numbers at the same place of two rows. */
function both(a: usize, b: usize, offset: usize): v128 {
  return f64x2.replace_lane(f64x2.splat(load<f64>(a + offset)), 1, load<f64>(b + offset));
}
