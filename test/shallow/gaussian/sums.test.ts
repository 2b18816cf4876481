import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activations, emptySums, readableSums } from '../../../src/shallow/gaussian/index.ts';
import { flat, gram, vectors } from '../../support/covariances.ts';

const cases = fc
  .record({
    K: fc.integer({ min: 1, max: 4 }),
    M: fc.integer({ min: 1, max: 3 }),
    dimension: fc.integer({ min: 1, max: 6 }),
  })
  .chain(({ K, M, dimension }) =>
    fc.record({
      K: fc.constant(K),
      V: vectors(K + M, dimension),
      w: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: K + M, maxLength: K + M }),
    }),
  );

describe.each(Object.values(activations))('the fast sums of $name', (activation) => {
  it('equal the readable ones', () => {
    fc.assert(
      fc.property(cases, ({ K, V, w }) => {
        const n = V.length;
        const C = flat(gram(V));
        const fast = emptySums(n, K);
        const readable = emptySums(n, K);
        activation.sumKernel(n, K)(C, Float64Array.from(w), fast);
        readableSums(activation, n, K)(C, Float64Array.from(w), readable);
        const size = 1 + w.reduce((sum, x, i) => sum + Math.abs(x) * Math.sqrt(C[i * n + i]), 0) ** 2;
        for (const key of ['I2', 'I3', 'I4', 'J2'] as const)
          readable[key].forEach((expected, i) => {
            expect(Math.abs(fast[key][i] - expected) / (size + C[0])).toBeLessThan(1e-13);
          });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('leave out I4(k,l), k ≠ l, and nothing else, when only the diagonal is wanted', () => {
    const [K, n] = [3, 5];
    const C = flat(gram([0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].map((j) => Math.sin(1 + i * i + 3 * j)))));
    const w = Float64Array.of(1, -0.5, 2, -1, -0.7);
    const all = emptySums(n, K);
    const some = emptySums(n, K);
    some.I4.fill(7);
    const kernel = activation.sumKernel(n, K);
    kernel(C, w, all);
    kernel(C, w, some, true);
    expect(some.I2).toEqual(all.I2);
    expect(some.I3).toEqual(all.I3);
    for (let k = 0; k < K; k++) expect(some.I4[k * K + k]).toBe(all.I4[k * K + k]);
  });

  it('keep their digits for students of enormous length', () => {
    for (const q of [1e3, 1e6, 1e12]) {
      const r = Math.sqrt(q);
      const C = Float64Array.from(
        [
          [q, 0.3 * q, 0.3 * r, 0.2 * r],
          [0.3 * q, 2 * q, -0.1 * r, 0.4 * r],
          [0.3 * r, -0.1 * r, 1, 0.1],
          [0.2 * r, 0.4 * r, 0.1, 1],
        ].flat(),
      );
      const w = Float64Array.of(0.7, -0.4, -1, -0.6);
      const fast = emptySums(4, 2);
      const readable = emptySums(4, 2);
      activation.sumKernel(4, 2)(C, w, fast);
      readableSums(activation, 4, 2)(C, w, readable);
      for (const key of ['I2', 'I3', 'I4', 'J2'] as const)
        readable[key].forEach((expected, i) => {
          expect(Math.abs(fast[key][i] - expected)).toBeLessThan(1e-11 * Math.abs(expected));
        });
    }
  });

  it('stay finite for a covariance that a trial step took out of the positive cone', () => {
    const C = Float64Array.of(-2, 3, 5, 3, 1, -4, 5, -4, 1);
    const out = emptySums(3, 2);
    activation.sumKernel(3, 2)(C, Float64Array.of(1, 1, -1), out);
    for (const values of Object.values(out)) for (const x of values) expect(Number.isFinite(x)).toBe(true);
  });
});
