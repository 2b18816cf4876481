import { expect, test } from 'vitest';
import { integrate, simulate } from '../../src/index.ts';
import { smallProblem } from '../support/problems.ts';

/* vitest.config.ts runs this file both in Node and in a page: what gives these numbers here gives them there. */

/** Equal but for the last digits of logarithms and cosines, which are each engine's own. */
const expectNumbers = (found: ArrayLike<number>, expected: number[]): void => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 12);
  });
};

test('a page integrates the curve that Node does', () => {
  expectNumbers(integrate(smallProblem()).eg, [0.33434211045616546, 0.3295673953720446, 0.26019819408042005]);
});

test.each([
  { student: 'trained', eg: [0.33434211045616546, 0.3306231798029069, 0.256022918416354] },
  { student: 'projected', eg: [0.33434211045616546, 0.328518144653092, 0.2521346027879523] },
] as const)('a page trains $student students that Node does, in WebAssembly', async ({ student, eg }) => {
  const options = { N: 20, runs: 3, seed: 5, student, backend: 'cpu', threads: 1 } as const;
  expectNumbers((await simulate(smallProblem(), options)).mean.eg, [...eg]);
});
