import { expect, test } from 'vitest';
import { phasesOf } from '../../../src/figures/shallow/phases.ts';

const alpha = Array.from({ length: 61 }, (_, i) => 10 ** (i / 10 - 1));
/** Falls as 1/α from 1 to 10, is flat until 1000, then falls again. */
const eg = alpha.map((a) => {
  const first = a < 1 ? 1 : Math.max(0.1, 1 / a);
  return a < 1000 ? first : first * (1000 / a) ** 2;
});
const weightAlignment = alpha.map((a) => -((Math.log(a) - Math.log(5)) ** 2));

test('the plateau lies between two falls, and the align phase ends where the alignment is largest', () => {
  const phases = phasesOf({ alpha, eg, weightAlignment });
  expect(phases && [phases.aligned, phases.plateau, phases.leaves].map((i) => alpha[i])).toEqual([
    expect.closeTo(5.01, 2),
    expect.closeTo(12.59, 2),
    expect.closeTo(1258.9, 1),
  ]);
});

test('a curve that ends on the plateau leaves it nowhere; one that still falls, or has not begun to, has none', () => {
  const until = (n: number) => ({
    alpha: alpha.slice(0, n),
    eg: eg.slice(0, n),
    weightAlignment: weightAlignment.slice(0, n),
  });
  expect(phasesOf(until(35))).toMatchObject({ plateau: 21, leaves: 34 });
  expect(phasesOf(until(15))).toBeUndefined();
  expect(phasesOf(until(5))).toBeUndefined();
});
