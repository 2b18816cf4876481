/**
 * Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC11, 2011), eight blocks at once. Lane i of the counters and keys gives lane
 * i of the four words written to `out`; counters 2 and 3 come twice, and the second four words stand 64 bytes on. The
 * rounds of a block wait for each other, those of two groups of blocks do not: eight take little longer than four.
 * Counter 1, the student of src/random/streams.ts, is 0: every run has a seed of its own. The readable version is
 * src/random/philox.ts; the bits are the same.
 */
export function philox(
  out: usize,
  counter0: v128,
  counter2: v128,
  counter3: v128,
  second2: v128,
  second3: v128,
  key0: v128,
  key1: v128,
): void {
  const m0 = i32x4.splat(0xd2511f53);
  const m1 = i32x4.splat(0xcd9e8d57);
  const w0 = i32x4.splat(0x9e3779b9);
  const w1 = i32x4.splat(0xbb67ae85);
  let x0 = counter0;
  let x1 = i32x4.splat(0);
  let x2 = counter2;
  let x3 = counter3;
  let y0 = counter0;
  let y1 = i32x4.splat(0);
  let y2 = second2;
  let y3 = second3;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round++) {
    // The 64-bit products of lanes 0, 1 and of lanes 2, 3; then their high halves and their low halves together.
    const a = i64x2.extmul_low_i32x4_u(x0, m0);
    const b = i64x2.extmul_high_i32x4_u(x0, m0);
    const c = i64x2.extmul_low_i32x4_u(x2, m1);
    const d = i64x2.extmul_high_i32x4_u(x2, m1);
    const e = i64x2.extmul_low_i32x4_u(y0, m0);
    const f = i64x2.extmul_high_i32x4_u(y0, m0);
    const g = i64x2.extmul_low_i32x4_u(y2, m1);
    const h = i64x2.extmul_high_i32x4_u(y2, m1);
    x0 = v128.xor(v128.xor(v128.shuffle<u32>(c, d, 1, 3, 5, 7), x1), k0);
    x2 = v128.xor(v128.xor(v128.shuffle<u32>(a, b, 1, 3, 5, 7), x3), k1);
    x1 = v128.shuffle<u32>(c, d, 0, 2, 4, 6);
    x3 = v128.shuffle<u32>(a, b, 0, 2, 4, 6);
    y0 = v128.xor(v128.xor(v128.shuffle<u32>(g, h, 1, 3, 5, 7), y1), k0);
    y2 = v128.xor(v128.xor(v128.shuffle<u32>(e, f, 1, 3, 5, 7), y3), k1);
    y1 = v128.shuffle<u32>(g, h, 0, 2, 4, 6);
    y3 = v128.shuffle<u32>(e, f, 0, 2, 4, 6);
    k0 = i32x4.add(k0, w0);
    k1 = i32x4.add(k1, w1);
  }
  v128.store(out, x0);
  v128.store(out, x1, 16);
  v128.store(out, x2, 32);
  v128.store(out, x3, 48);
  v128.store(out, y0, 64);
  v128.store(out, y1, 80);
  v128.store(out, y2, 96);
  v128.store(out, y3, 112);
}
