import { describe, expect, it } from 'vitest';
import { bestAssignment } from '../../src/numbers/assignment.ts';
import { normals, STREAMS } from '../../src/random/index.ts';

const draw = (n: number, k: number): Float64Array => {
  const out = new Float64Array(n * n);
  normals(out, out.length, 5, k, 0, STREAMS.studentWeights);
  return out;
};
const worth = (gain: Float64Array, n: number, p: readonly number[]): number =>
  p.reduce((sum, j, i) => sum + gain[i * n + j], 0);

/** All permutations of 0 … n − 1. */
const permutations = (n: number): number[][] =>
  n === 0
    ? [[]]
    : permutations(n - 1).flatMap((p) =>
        Array.from({ length: n }, (_, at) => [...p.slice(0, at), n - 1, ...p.slice(at)]),
      );

describe('the best assignment', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('is worth as much as the best of all permutations, n = %i', (n) => {
    for (let k = 0; k < 10; k++) {
      const gain = draw(n, 10 * n + k);
      const found = bestAssignment(gain, n);
      expect(found.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      const best = Math.max(...permutations(n).map((p) => worth(gain, n, p)));
      expect(worth(gain, n, found)).toBeCloseTo(best, 12);
    }
  });

  it('finds a permutation that was hidden, n = 100, and takes ties', () => {
    const n = 100;
    const hidden = Array.from({ length: n }, (_, i) => (37 * i + 11) % n);
    const gain = draw(n, 1).map((z) => 0.1 * z);
    hidden.forEach((j, i) => {
      gain[i * n + j] += 2;
    });
    expect(bestAssignment(gain, n)).toEqual(hidden);
    expect(bestAssignment(new Float64Array(9), 3).toSorted()).toEqual([0, 1, 2]);
  });
});
