import { boxMuller } from './boxMuller';
import { reserve } from './memory';
import { lastKey, threefry } from './threefry';

/*
 * The parts of a step, each by itself: the benchmark measures where the time goes.
 */
const room = reserve(256);

/** Random bits alone: 4 × `count` blocks. */
export function bitsAlone(count: i32): void {
  const zero = i32x4.splat(0);
  const key4 = lastKey(zero, zero);
  const one = i32x4.splat(1);
  for (let i = 0; i < count; i += 2) threefry(room, i32x4.splat(i), zero, zero, one, zero, zero, zero, key4);
}

/** Normals from given bits: those of 4 × `count` blocks. */
export function normalsAlone(count: i32): void {
  for (let i = 0; i < count; i++) {
    const a = i32x4.splat(i * 0x9e3779b9);
    const b = i32x4.add(a, i32x4(1, 0x3fffffff, 0x7fffffff, 0xcfffffff));
    boxMuller(room, room + 64, a, b);
    boxMuller(room + 32, room + 96, b, a);
  }
}

/** The arithmetic of dot products, with nothing read from memory: 64 × `count` multiply-adds of vectors. */
export function multiplyAlone(count: i32): void {
  let a = f64x2.splat(0.1);
  let b = f64x2.splat(0.2);
  let c = f64x2.splat(0.3);
  let d = f64x2.splat(0.4);
  let e = f64x2.splat(0.5);
  let f = f64x2.splat(0.6);
  let g = f64x2.splat(0.7);
  let h = f64x2.splat(0.8);
  const factor = f64x2.splat(0.999);
  for (let i = 0; i < 8 * count; i++) {
    a = f64x2.add(f64x2.mul(a, factor), factor);
    b = f64x2.add(f64x2.mul(b, factor), factor);
    c = f64x2.add(f64x2.mul(c, factor), factor);
    d = f64x2.add(f64x2.mul(d, factor), factor);
    e = f64x2.add(f64x2.mul(e, factor), factor);
    f = f64x2.add(f64x2.mul(f, factor), factor);
    g = f64x2.add(f64x2.mul(g, factor), factor);
    h = f64x2.add(f64x2.mul(h, factor), factor);
  }
  const sum = f64x2.add(
    f64x2.add(f64x2.add(a, b), f64x2.add(c, d)),
    f64x2.add(f64x2.add(e, f), f64x2.add(g, h)),
  );
  v128.store(room, sum);
}
