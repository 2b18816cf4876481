/* Passes over arrays of numbers, whose counts are multiples of four. */

/** to ← to · by. */
export function multiply(to: usize, by: usize, count: i32): void {
  for (const end = to + ((<usize>count) << 2); to < end; to += 16, by += 16)
    v128.store(to, f32x4.mul(v128.load(to), v128.load(by)));
}

/** to ← size · sgn(from), where sgn 0 = 0; `size` is a matrix too. */
export function signs(from: usize, size: usize, to: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (const end = to + ((<usize>count) << 2); to < end; to += 16, from += 16, size += 16) {
    const x = v128.load(from);
    const signed = v128.xor(v128.load(size), v128.and(x, f32x4.splat(-0.0)));
    v128.store(to, v128.bitselect(zero, signed, f32x4.eq(x, zero)));
  }
}

/** to ← to + ε sgn(by). */
export function addSigns(to: usize, by: usize, epsilon: f32, count: i32): void {
  const zero = f32x4.splat(0);
  for (const end = to + ((<usize>count) << 2); to < end; to += 16, by += 16) {
    const x = v128.load(by);
    const move = v128.or(f32x4.splat(epsilon), v128.and(x, f32x4.splat(-0.0)));
    v128.store(to, f32x4.add(v128.load(to), v128.bitselect(zero, move, f32x4.eq(x, zero))));
  }
}

/** Sums over rows: `count` of them, a multiple of four, in double precision. */
export function columnSums(from: usize, stride: usize, rows: i32, count: i32, to: usize): void {
  for (let j: usize = 0; j < (<usize>count) << 2; j += 16) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let at = from + j;
    for (let row = 0; row < rows; row++, at += stride) {
      const x = v128.load(at);
      low = f64x2.add(low, f64x2.promote_low_f32x4(x));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<u64>(x, x, 1, 1)));
    }
    const first = f32x4.demote_f64x2_zero(low);
    v128.store(to + j, v128.shuffle<u64>(first, f32x4.demote_f64x2_zero(high), 0, 2));
  }
}

/** Rows of another stride. */
export function copyRows(
  from: usize,
  strideFrom: usize,
  to: usize,
  strideTo: usize,
  rows: i32,
  bytes: usize,
): void {
  for (let row = 0; row < rows; row++) {
    memory.copy(to, from, bytes);
    from += strideFrom;
    to += strideTo;
  }
}
