import { expect } from 'vitest';
import type { Curve } from '../../src/index.ts';

/**
 * Curves of one problem by two engines, whose powers, logarithms and sines differ in their last digits: a plateau may make that 1e-7 and more
 * of what comes after it, as it does of the tolerance 1e-9.
 */
export function expectSameCurve(found: Curve, expected: Curve): void {
  const floor = 2 * expected.stats.egFloor;
  expect(found.eg).toHaveLength(expected.eg.length);
  const far = (a: number[], b: number[], allowed: number): number =>
    Math.max(...a.map((x, i) => Math.abs(x - b[i]) / (allowed + 1e-6 * Math.abs(b[i]))));
  expect(found.alpha).toHaveLength(expected.alpha.length);
  expect(far(found.alpha, expected.alpha, 0)).toBeLessThan(1e-6);
  expect(far(found.eg, expected.eg, floor)).toBeLessThan(1);
  for (const key of ['Q', 'R', 'v'] as const)
    expect(far(found[key].flat(2), expected[key].flat(2), 1e-6), key).toBeLessThan(1);
}
