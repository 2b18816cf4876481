import { expect, it } from 'vitest';
import { weightCosine } from '../../../src/deep/networks/weightCosine.ts';

const shapes = [
  { rows: 2, fanIn: 1, units: 2 },
  { rows: 1, fanIn: 2, units: 1 },
];
/** Two numbers of the first layer, two of the second. */
const run = (...weights: number[]) => [Float32Array.from(weights)];

it('is the mean over pairs, of each layer and of all stacked', () => {
  const found = weightCosine([run(1, 0, 0, 2), run(0, 1, 0, 2), run(1, 0, 0, -2)], [3], shapes);
  expect(found).toMatchObject({ index: [3], pairs: 3 });
  // Pairs 1–2, 1–3 and 2–3: 0, 1, 0 in the first layer, 1, −1, −1 in the second, 4/5, −3/5, −4/5 of all.
  expect(found?.layers[0][0]).toBeCloseTo(1 / 3, 15);
  expect(found?.layers[0][1]).toBeCloseTo(-1 / 3, 15);
  expect(found?.total[0]).toBeCloseTo(-0.2, 15);
});

it('has the error of the jackknife, as pairs with one run are not independent', () => {
  const found = weightCosine([run(1, 0, 0, 2), run(0, 1, 0, 2), run(1, 0, 0, -2)], [0], shapes);
  // Without one run each: −4/5, −3/5, 4/5, whose mean is −1/5.
  const squares = 0.6 ** 2 + 0.4 ** 2 + 1;
  expect(found?.stderr[0]).toBeCloseTo(Math.sqrt((2 / 3) * squares), 14);
});

it('has no error with two runs, and is none with one', () => {
  const two = weightCosine([run(1, 2, 3, 4), run(1, 2, 3, 4)], [0], shapes);
  expect([two?.total[0], two?.stderr[0]]).toEqual([1, Number.NaN]);
  expect(weightCosine([run(1, 2, 3, 4)], [0], shapes)).toBeNull();
});
