import { expect, test } from 'vitest';
import type { Problem } from '../../../src/index.ts';
import { bound, CHANCE, distance, expectOneLaw, problem, sample } from '../../support/oneLaw.ts';

expectOneLaw([
  ['erf', 4, 12],
  ['relu, first layer only', 10, 30],
]);

test('the comparison sees a wrong χ²: one degree of freedom too many at N = 10', () => {
  const at = (factor: number): Problem => {
    const rest = { noise: 0, weightDecay: [0, 0] as [number, number], trainSecondLayer: false };
    return problem('linear', { ...rest, learningRate: 1.2 * factor });
  };
  const right = sample('projected', at(1), 10, 30, 2);
  // The chain at N = 11 with the rates of N = 10 is the chain at N = 10 with one degree of freedom more.
  const wrong = sample('projected', at(1.1), 11, 30, 3);
  const worst = Math.max(...right.map((column, c) => distance(column, wrong[c])));
  expect(worst).toBeGreaterThan(bound(CHANCE));
});
