import { expect, it } from 'vitest';
import { integrateDeep } from '../../../src/deep/linear/index.ts';
import type { FeedbackSpec } from '../../../src/deep/problem/index.ts';
import { observed } from './cases.ts';

const curveOf = (n: number, feedback: FeedbackSpec) =>
  integrateDeep({
    network: { widths: [6, n, n, n, 3], activation: 'linear', init: 'zero' },
    rule: 'dfa',
    feedback,
    loss: 'squared',
    data: { set: 'linear-teacher', T: { draw: 'normal', seed: 1 }, noise: 0.2 },
    time: [0.5, 1, 1.5, 2, 3, 5, 10],
  });

it('wide layers go to ideal feedback as one over the root of their width', () => {
  const ideal = curveOf(8, { draw: 'ideal' });
  const WIDTHS = [50, 200, 800];
  const DRAWS = 12;
  const deviations = WIDTHS.map((n) => {
    let square = 0;
    for (let seed = 1; seed <= DRAWS; seed++) {
      const drawn = curveOf(n, { draw: 'normal', seed });
      for (let i = 0; i < ideal.time.length; i++) {
        const [one, other] = [observed(drawn, i), observed(ideal, i)];
        for (const key of ['trainLoss', 'WA', 'GA']) square += (one[key] - other[key]) ** 2;
      }
    }
    return Math.sqrt(square / (3 * DRAWS * ideal.time.length));
  });
  const slope = Math.log(deviations[2] / deviations[0]) / Math.log(16);
  // Each deviation has a relative error of about 1/√24 at worst (one direction of chance, twelve draws): five of them
  // on the difference of two logarithms are 5 · 0.2 · √2 / ln 16 = 0.5.
  expect(deviations[0]).toBeLessThan(0.2);
  expect(deviations[2]).toBeGreaterThan(1e-4);
  expect(Math.abs(slope + 0.5)).toBeLessThan(0.5);
  // Neither constant nor twice as fast.
  expect(slope).toBeLessThan(-0.05);
});
