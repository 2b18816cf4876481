import { ln } from './logarithm';

/** Constants, in memory because V8 builds one anew wherever it stands: 2^31 + ½, 2^-32, −2, ½, 2π/2^32, 1. */
const REAL = memory.data<f64>([
  2147483648.5,
  1.0 / 4294967296.0,
  -2.0,
  0.5,
  6.283185307179586 / 4294967296.0,
  1.0,
]);
/** The sign bit and an eighth turn, each twice. */
const WORD = memory.data<u32>([0x80000000, 0x80000000, 0x20000000, 0x20000000]);

/** (sin φ − φ)/φ³ and (cos φ − 1 + φ²/2)/φ⁴ as polynomials in φ², by scripts/kernel-coefficients.mjs; error 3.4e-17. */
const SIN = memory.data<f64>([
  -0.16666666666666666, 0.008333333333330948, -0.00019841269836758574, 0.000002755731610255244,
  -2.5051131845003624e-8, 1.5918129294866608e-10,
]);
const COS = memory.data<f64>([
  0.041666666666666664, -0.0013888888888887398, 0.00002480158729876569, -2.7557317271729793e-7,
  2.08761462684032e-9, -1.1382632425521717e-11,
]);

/**
 * Normals from random words by Box & Muller (1958), the map that src/random/normal.ts promises: words a and b give
 *
 *     r·cos φ and r·sin φ,   r = √(−2 ln((a + ½)·2^-32)),   φ = 2π(b + ½)·2^-32,
 *
 * those of the two lower lanes at `lower` and sixteen bytes on, those of the two upper lanes at `upper` likewise.
 */
export function boxMuller(lower: usize, upper: usize, a: v128, b: v128): void {
  pair(lower, a, b);
  pair(upper, v128.shuffle<u64>(a, a, 1, 1), v128.shuffle<u64>(b, b, 1, 1));
}

function pair(out: usize, a: v128, b: v128): void {
  // a + ½ exactly, from a − 2^31: signed words are converted in one instruction.
  const signed = f64x2.convert_low_i32x4_s(v128.xor(a, v128.load64_splat(WORD)));
  const u = f64x2.mul(f64x2.add(signed, v128.load64_splat(REAL)), v128.load64_splat(REAL, 8));
  const r = f64x2.sqrt(f64x2.mul(v128.load64_splat(REAL, 16), ln(u)));

  // The nearest quarter turn is taken off the integer, so that what is left, within an eighth turn, is exact.
  const quarter = i32x4.shr_u(i32x4.add(b, v128.load64_splat(WORD, 8)), 30);
  const rest = f64x2.convert_low_i32x4_s(i32x4.sub(b, i32x4.shl(quarter, 30)));
  const phi = f64x2.mul(f64x2.add(rest, v128.load64_splat(REAL, 24)), v128.load64_splat(REAL, 32));
  const q = f64x2.mul(phi, phi);
  const qq = f64x2.mul(q, q);
  const sin = f64x2.add(phi, f64x2.mul(f64x2.mul(phi, q), polynomial(SIN, q, qq)));
  const square = f64x2.sub(v128.load64_splat(REAL, 40), f64x2.mul(v128.load64_splat(REAL, 24), q));
  const cos = f64x2.add(square, f64x2.mul(qq, polynomial(COS, q, qq)));

  // After 1 and 3 quarter turns sine and cosine change places: both are changed by their difference in bits, or by none.
  const quarters = i64x2.extend_low_i32x4_u(quarter);
  const odd = i64x2.shr_u(i64x2.shl(quarters, 63), 63);
  const swap = v128.and(v128.xor(sin, cos), i64x2.neg(odd));
  // Sine is negative in quarters 2 and 3, cosine in 1 and 2.
  const sinSign = i64x2.shl(i64x2.shr_u(quarters, 1), 63);
  const cosSign = v128.xor(sinSign, i64x2.shl(odd, 63));
  v128.store(out, f64x2.mul(r, v128.xor(v128.xor(cos, swap), cosSign)));
  v128.store(out, f64x2.mul(r, v128.xor(v128.xor(sin, swap), sinSign)), 16);
}

/** Six coefficients, by Estrin's scheme. */
function polynomial(c: usize, q: v128, qq: v128): v128 {
  const low = f64x2.add(v128.load64_splat(c), f64x2.mul(q, v128.load64_splat(c, 8)));
  const middle = f64x2.add(v128.load64_splat(c, 16), f64x2.mul(q, v128.load64_splat(c, 24)));
  const high = f64x2.add(v128.load64_splat(c, 32), f64x2.mul(q, v128.load64_splat(c, 40)));
  return f64x2.add(f64x2.add(low, f64x2.mul(qq, middle)), f64x2.mul(f64x2.mul(qq, qq), high));
}
