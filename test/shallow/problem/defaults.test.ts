import { expect, test } from 'vitest';
import { type Problem, resolveProblem } from '../../../src/shallow/problem/index.ts';

const least: Problem = {
  activation: 'erf',
  rule: 'bp',
  learningRate: 0.3,
  teacher: { T: [[1]], A: [1] },
  student: { Q: [[1]], R: [[0.5]], v: [2] },
  alpha: [0, 1],
};

test('what a problem leaves out is filled in, the rate of the second layer with that of the first', () => {
  expect(resolveProblem(least)).toEqual({
    ...least,
    secondLayerRate: 0.3,
    noise: 0,
    weightDecay: [0, 0],
    trainSecondLayer: true,
  });
});

test('what it gives stays, zero and false too', () => {
  const given = {
    ...least,
    learningRate: 0,
    secondLayerRate: 0,
    noise: 0.1,
    weightDecay: [0.2, 0] as [number, number],
    trainSecondLayer: false,
    feedback: [0],
  };
  expect(resolveProblem(given)).toEqual(given);
  expect(resolveProblem({ ...given, learningRate: 0.3 }).secondLayerRate).toBe(0);
});

test('times are as many as were asked for, in equal steps or in equal ratios, from one end to the other', () => {
  const times = (alpha: Problem['alpha']): number[] => resolveProblem({ ...least, alpha }).alpha;
  expect(times({ from: 0, to: 8, points: 5, scale: 'linear' })).toEqual([0, 2, 4, 6, 8]);
  const decades = times({ from: 1e-3, to: 10, points: 9 });
  expect(decades).toHaveLength(9);
  expect([decades[0], decades[8]]).toEqual([1e-3, 10]);
  decades.forEach((alpha, i) => {
    expect(alpha / 10 ** (i / 2 - 3)).toBeCloseTo(1, 13);
  });
});
