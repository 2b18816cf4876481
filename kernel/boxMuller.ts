/*
 * Constants are read from memory, because V8 would build each of them again at every use.
 */

/** ln(1 + f)/f, from the highest power down, and ln 2. */
// biome-ignore-start lint/suspicious/noApproximativeNumericConstant: in single precision
const LOG = memory.data<f32>([
  0.08700439, -0.14267458, 0.14914751, -0.16577588, 0.19963066, -0.25001338, 0.3333391, -0.5, 1.0, 0.6931472,
]);
// biome-ignore-end lint/suspicious/noApproximativeNumericConstant: in single precision
/** cos in x², and sin(πx/2)/x in x², likewise. */
const COS = memory.data<f32>([0.00090402155, -0.020860288, 0.25366923, -1.2337005, 1.0]);
const SIN = memory.data<f32>([-0.004622953, 0.07968988, -0.6459648, 1.5707964]);
/** ½, 2^-32, 1, −2, 2^-30, 2^-31. */
const REAL = memory.data<f32>([0.5, 1.0 / 4294967296.0, 1.0, -2.0, 1.0 / 1073741824.0, 1.0 / 2147483648.0]);
/** The bits of √½, of a fraction, and of a sign. */
const BITS = memory.data<u32>([0x3f3504f3, 0x007fffff, 0x80000000]);

function constant(table: usize, i: i32): v128 {
  return v128.load32_splat(table + ((<usize>i) << 2));
}

/** a·b + c, rounded twice. */
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** r of four words. */
function radius(word: v128): v128 {
  // y is the smaller of u and 1 − u; the first bit of the word says which.
  const large = i32x4.shr_s(word, 31);
  const whole = f32x4.convert_i32x4_s(v128.xor(word, large));
  const y = f32x4.mul(f32x4.add(whole, constant(REAL, 0)), constant(REAL, 1));
  const u = v128.bitselect(f32x4.sub(constant(REAL, 2), y), y, large);
  const excess = i32x4.sub(u, constant(BITS, 0));
  const k = i32x4.shr_s(excess, 23);
  const m = i32x4.add(v128.and(excess, constant(BITS, 1)), constant(BITS, 0));
  const nearZero = i32x4.eq(k, i32x4.splat(0));
  const f = v128.bitselect(f32x4.neg(y), f32x4.sub(m, constant(REAL, 2)), nearZero);
  let ratio = multiplyAdd(constant(LOG, 0), f, constant(LOG, 1));
  ratio = multiplyAdd(ratio, f, constant(LOG, 2));
  ratio = multiplyAdd(ratio, f, constant(LOG, 3));
  ratio = multiplyAdd(ratio, f, constant(LOG, 4));
  ratio = multiplyAdd(ratio, f, constant(LOG, 5));
  ratio = multiplyAdd(ratio, f, constant(LOG, 6));
  ratio = multiplyAdd(ratio, f, constant(LOG, 7));
  ratio = multiplyAdd(ratio, f, constant(LOG, 8));
  const ln = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(k), constant(LOG, 9)), f32x4.mul(f, ratio));
  return f32x4.sqrt(f32x4.mul(constant(REAL, 3), ln));
}

/**
 * Normals from random words by Box & Muller (1958), four words at a time. The map and its polynomials are those of
 * src/random/normal.ts, and the results agree with it to the last bit. Words a and b give r·c and r·s. Those of the two
 * lower lanes are written as doubles to `lower` (r·s sixteen bytes on), those of the two upper lanes to `upper`
 * likewise.
 */
export function boxMuller(lower: usize, upper: usize, a: v128, b: v128): void {
  const r = v128.xor(radius(a), v128.and(b, constant(BITS, 2)));
  const turns = f32x4.convert_i32x4_s(i32x4.shr_s(i32x4.shl(b, 2), 2));
  const x = multiplyAdd(turns, constant(REAL, 4), constant(REAL, 5));
  const q = f32x4.mul(x, x);
  let cos = multiplyAdd(constant(COS, 0), q, constant(COS, 1));
  cos = multiplyAdd(cos, q, constant(COS, 2));
  cos = multiplyAdd(cos, q, constant(COS, 3));
  cos = multiplyAdd(cos, q, constant(COS, 4));
  let sin = multiplyAdd(constant(SIN, 0), q, constant(SIN, 1));
  sin = multiplyAdd(sin, q, constant(SIN, 2));
  sin = multiplyAdd(sin, q, constant(SIN, 3));
  sin = f32x4.mul(sin, x);
  // Where bit 30 is set the axes are exchanged: an exclusive or with the bits in which the two coordinates differ.
  const exchange = v128.and(v128.xor(cos, sin), i32x4.shr_s(i32x4.shl(b, 1), 31));
  const first = f32x4.mul(r, v128.xor(cos, exchange));
  const second = f32x4.mul(r, v128.xor(sin, exchange));
  v128.store(lower, f64x2.promote_low_f32x4(first));
  v128.store(lower, f64x2.promote_low_f32x4(second), 16);
  v128.store(upper, f64x2.promote_low_f32x4(v128.shuffle<u64>(first, first, 1, 1)));
  v128.store(upper, f64x2.promote_low_f32x4(v128.shuffle<u64>(second, second, 1, 1)), 16);
}
