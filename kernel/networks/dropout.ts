import { lastKey, threefry } from '../threefry';

const words = memory.data(128, 16);

/**
 * Factors of dropout, 0 or `kept`: `count` of them, word k of the layer's blocks from `first` on (see
 * src/deep/networks/dropout.ts). Thirty-two are made at a time; there must be room for them.
 */
export function dropoutFactors(
  to: usize,
  count: i32,
  step: i32,
  first: i32,
  stream: i32,
  seedLow: i32,
  seedHigh: i32,
  threshold: i32,
  kept: f32,
): void {
  const key0 = i32x4.splat(seedLow);
  const key1 = i32x4.splat(seedHigh);
  const key4 = lastKey(key0, key1);
  const counter3 = i32x4.splat(stream);
  const limit = i32x4.splat(threshold);
  const factor = f32x4.splat(kept);
  let block = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  for (const end = to + ((<usize>count) << 2); to < end; to += 128) {
    const next = i32x4.add(block, i32x4.splat(4));
    threefry(words, i32x4.splat(step), block, counter3, next, counter3, key0, key1, key4);
    for (let half: usize = 0; half < 128; half += 64) {
      // Lane b of word w is word w of block b: turned, so that the words of a block stand beside each other.
      const x0 = v128.load(words + half);
      const x1 = v128.load(words + half, 16);
      const x2 = v128.load(words + half, 32);
      const x3 = v128.load(words + half, 48);
      const a = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
      const b = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
      const c = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
      const d = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
      v128.store(to + half, keep(v128.shuffle<i64>(a, b, 0, 2), limit, factor));
      v128.store(to + half, keep(v128.shuffle<i64>(a, b, 1, 3), limit, factor), 16);
      v128.store(to + half, keep(v128.shuffle<i64>(c, d, 0, 2), limit, factor), 32);
      v128.store(to + half, keep(v128.shuffle<i64>(c, d, 1, 3), limit, factor), 48);
    }
    block = i32x4.add(next, i32x4.splat(4));
  }
}

function keep(x: v128, limit: v128, factor: v128): v128 {
  return v128.and(i32x4.ge_u(x, limit), factor);
}
