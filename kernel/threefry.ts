/** The parity word of Threefry's key schedule. */
const PARITY: i32 = 0x1bd11bda;

function rotated(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

/** The last word of the key schedule for the key (key0, key1, 0, 0). */
export function lastKey(key0: v128, key1: v128): v128 {
  return v128.xor(i32x4.splat(PARITY), v128.xor(key0, key1));
}

/**
 * Threefry4x32-13 (Salmon, Moraes, Dror & Shaw, SC11, 2011), eight blocks at once. Lane i of the counters and keys
 * gives lane i of the four words written to `out`; counters 2 and 3 come twice, and the second four words stand 64
 * bytes on. The rounds of one block depend on each other; those of the two groups of blocks do not. Counter 1, the
 * student of src/random/streams.ts, is 0: every run has a seed of its own. `key4` is `lastKey` of the others.
 * src/random/threefry.ts gives the same bits one block at a time, and cites the source.
 */
export function threefry(
  out: usize,
  counter0: v128,
  counter2: v128,
  counter3: v128,
  second2: v128,
  second3: v128,
  key0: v128,
  key1: v128,
  key4: v128,
): void {
  let x0 = i32x4.add(counter0, key0);
  let x1 = key1;
  let x2 = counter2;
  let x3 = counter3;
  let y0 = x0;
  let y1 = key1;
  let y2 = second2;
  let y3 = second3;

  x0 = i32x4.add(x0, x1);
  y0 = i32x4.add(y0, y1);
  x1 = v128.xor(rotated(x1, 10), x0);
  y1 = v128.xor(rotated(y1, 10), y0);
  x2 = i32x4.add(x2, x3);
  y2 = i32x4.add(y2, y3);
  x3 = v128.xor(rotated(x3, 26), x2);
  y3 = v128.xor(rotated(y3, 26), y2);
  x0 = i32x4.add(x0, x3);
  y0 = i32x4.add(y0, y3);
  x3 = v128.xor(rotated(x3, 11), x0);
  y3 = v128.xor(rotated(y3, 11), y0);
  x2 = i32x4.add(x2, x1);
  y2 = i32x4.add(y2, y1);
  x1 = v128.xor(rotated(x1, 21), x2);
  y1 = v128.xor(rotated(y1, 21), y2);
  x0 = i32x4.add(x0, x1);
  y0 = i32x4.add(y0, y1);
  x1 = v128.xor(rotated(x1, 13), x0);
  y1 = v128.xor(rotated(y1, 13), y0);
  x2 = i32x4.add(x2, x3);
  y2 = i32x4.add(y2, y3);
  x3 = v128.xor(rotated(x3, 27), x2);
  y3 = v128.xor(rotated(y3, 27), y2);
  x0 = i32x4.add(x0, x3);
  y0 = i32x4.add(y0, y3);
  x3 = v128.xor(rotated(x3, 23), x0);
  y3 = v128.xor(rotated(y3, 23), y0);
  x2 = i32x4.add(x2, x1);
  y2 = i32x4.add(y2, y1);
  x1 = v128.xor(rotated(x1, 5), x2);
  y1 = v128.xor(rotated(y1, 5), y2);
  // The key, turned by one word: (key1, 0, 0, key4), and the number of the injection.
  x0 = i32x4.add(x0, key1);
  y0 = i32x4.add(y0, key1);
  x3 = i32x4.add(x3, i32x4.add(key4, i32x4.splat(1)));
  y3 = i32x4.add(y3, i32x4.add(key4, i32x4.splat(1)));

  x0 = i32x4.add(x0, x1);
  y0 = i32x4.add(y0, y1);
  x1 = v128.xor(rotated(x1, 6), x0);
  y1 = v128.xor(rotated(y1, 6), y0);
  x2 = i32x4.add(x2, x3);
  y2 = i32x4.add(y2, y3);
  x3 = v128.xor(rotated(x3, 20), x2);
  y3 = v128.xor(rotated(y3, 20), y2);
  x0 = i32x4.add(x0, x3);
  y0 = i32x4.add(y0, y3);
  x3 = v128.xor(rotated(x3, 17), x0);
  y3 = v128.xor(rotated(y3, 17), y0);
  x2 = i32x4.add(x2, x1);
  y2 = i32x4.add(y2, y1);
  x1 = v128.xor(rotated(x1, 11), x2);
  y1 = v128.xor(rotated(y1, 11), y2);
  x0 = i32x4.add(x0, x1);
  y0 = i32x4.add(y0, y1);
  x1 = v128.xor(rotated(x1, 25), x0);
  y1 = v128.xor(rotated(y1, 25), y0);
  x2 = i32x4.add(x2, x3);
  y2 = i32x4.add(y2, y3);
  x3 = v128.xor(rotated(x3, 10), x2);
  y3 = v128.xor(rotated(y3, 10), y2);
  x0 = i32x4.add(x0, x3);
  y0 = i32x4.add(y0, y3);
  x3 = v128.xor(rotated(x3, 18), x0);
  y3 = v128.xor(rotated(y3, 18), y0);
  x2 = i32x4.add(x2, x1);
  y2 = i32x4.add(y2, y1);
  x1 = v128.xor(rotated(x1, 20), x2);
  y1 = v128.xor(rotated(y1, 20), y2);
  // (0, 0, key4, key0)
  x2 = i32x4.add(x2, key4);
  y2 = i32x4.add(y2, key4);
  x3 = i32x4.add(x3, i32x4.add(key0, i32x4.splat(2)));
  y3 = i32x4.add(y3, i32x4.add(key0, i32x4.splat(2)));

  x0 = i32x4.add(x0, x1);
  y0 = i32x4.add(y0, y1);
  x1 = v128.xor(rotated(x1, 10), x0);
  y1 = v128.xor(rotated(y1, 10), y0);
  x2 = i32x4.add(x2, x3);
  y2 = i32x4.add(y2, y3);
  x3 = v128.xor(rotated(x3, 26), x2);
  y3 = v128.xor(rotated(y3, 26), y2);
  x0 = i32x4.add(x0, x3);
  y0 = i32x4.add(y0, y3);
  x3 = v128.xor(rotated(x3, 11), x0);
  y3 = v128.xor(rotated(y3, 11), y0);
  x2 = i32x4.add(x2, x1);
  y2 = i32x4.add(y2, y1);
  x1 = v128.xor(rotated(x1, 21), x2);
  y1 = v128.xor(rotated(y1, 21), y2);
  x0 = i32x4.add(x0, x1);
  y0 = i32x4.add(y0, y1);
  x1 = v128.xor(rotated(x1, 13), x0);
  y1 = v128.xor(rotated(y1, 13), y0);
  x2 = i32x4.add(x2, x3);
  y2 = i32x4.add(y2, y3);
  x3 = v128.xor(rotated(x3, 27), x2);
  y3 = v128.xor(rotated(y3, 27), y2);
  x0 = i32x4.add(x0, x3);
  y0 = i32x4.add(y0, y3);
  x3 = v128.xor(rotated(x3, 23), x0);
  y3 = v128.xor(rotated(y3, 23), y0);
  x2 = i32x4.add(x2, x1);
  y2 = i32x4.add(y2, y1);
  x1 = v128.xor(rotated(x1, 5), x2);
  y1 = v128.xor(rotated(y1, 5), y2);
  // (0, key4, key0, key1)
  x1 = i32x4.add(x1, key4);
  y1 = i32x4.add(y1, key4);
  x2 = i32x4.add(x2, key0);
  y2 = i32x4.add(y2, key0);
  x3 = i32x4.add(x3, i32x4.add(key1, i32x4.splat(3)));
  y3 = i32x4.add(y3, i32x4.add(key1, i32x4.splat(3)));

  x0 = i32x4.add(x0, x1);
  y0 = i32x4.add(y0, y1);
  x1 = v128.xor(rotated(x1, 6), x0);
  y1 = v128.xor(rotated(y1, 6), y0);
  x2 = i32x4.add(x2, x3);
  y2 = i32x4.add(y2, y3);
  x3 = v128.xor(rotated(x3, 20), x2);
  y3 = v128.xor(rotated(y3, 20), y2);
  v128.store(out, x0);
  v128.store(out, x1, 16);
  v128.store(out, x2, 32);
  v128.store(out, x3, 48);
  v128.store(out, y0, 64);
  v128.store(out, y1, 80);
  v128.store(out, y2, 96);
  v128.store(out, y3, 112);
}
