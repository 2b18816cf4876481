import { type Layout, unpackQ, unpackR, unpackV } from '../problem/index.ts';
import type { Curves } from './types.ts';

/** Rows as tasks record them (see `RunRecord`), one for each time, as curves. */
export function curvesOf(rows: Float64Array, times: number, shape: Layout): Curves {
  // Spreading reads every property once: the getters become plain arrays.
  return { ...lazyCurvesOf(rows, times, shape) };
}

/**
 * The same, with Q, R and v unpacked whenever they are looked at: thousands of runs stay as small as their numbers,
 * where nested arrays would take many times as much.
 */
export function lazyCurvesOf(rows: Float64Array, times: number, shape: Layout): Curves {
  const width = rows.length / times;
  const at = <T>(pick: (row: Float64Array) => T): T[] =>
    Array.from({ length: times }, (_, t) => pick(rows.subarray(t * width, (t + 1) * width)));
  const sampled = width > shape.size + 1;
  return {
    eg: at((row) => row[shape.size]),
    get Q() {
      return at((row) => unpackQ(row, shape));
    },
    get R() {
      return at((row) => unpackR(row, shape));
    },
    get v() {
      return at((row) => unpackV(row, shape));
    },
    ...(sampled && { egSampled: at((row) => row[shape.size + 1]) }),
  };
}

/** One row, in the same way. */
export function lazyStateOf(row: Float64Array, shape: Layout) {
  return {
    eg: row[shape.size],
    get Q() {
      return unpackQ(row, shape);
    },
    get R() {
      return unpackR(row, shape);
    },
    get v() {
      return unpackV(row, shape);
    },
    ...(row.length > shape.size + 1 && { egSampled: row[shape.size + 1] }),
  };
}
