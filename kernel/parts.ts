import { boxMuller } from './boxMuller';
import { reserve } from './memory';
import { philox } from './philox';

/*
 * The parts of a step by themselves, for the benchmark: where the time goes.
 */
const room = reserve(256);

/** Random bits alone: 4 × `count` blocks. */
export function bitsAlone(count: i32): void {
  const zero = i32x4.splat(0);
  for (let i = 0; i < count; i++) philox(room, i32x4.splat(i), zero, zero, zero, zero, zero);
}

/** Normals from bits that are there: those of 4 × `count` blocks. */
export function normalsAlone(count: i32): void {
  for (let i = 0; i < count; i++) {
    const a = i32x4.splat(i * 0x9e3779b9);
    const b = i32x4.add(a, i32x4(1, 0x3fffffff, 0x7fffffff, 0xcfffffff));
    boxMuller(room, room + 64, a, b);
    boxMuller(room + 32, room + 96, b, a);
  }
}
