import { expect, test } from 'vitest';
import { integrate, simulate } from '../../src/index.ts';
import { smallProblem } from '../support/problems.ts';

/* vitest.config.ts runs this file both in Node and in a page: what gives these numbers here gives them there. */
const inPage = 'document' in globalThis;

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

if (inPage)
  test('a page trains in its own thread, and loads nothing that is for Node', async () => {
    const { runs, settings } = await simulate(smallProblem(), { N: 20, runs: 3, seed: 5 });
    expect(runs).toBe(3);
    expect(settings.threads).toBe(1);
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(loaded.filter((name) => /\/simulate\.ts/.test(name))).toHaveLength(1);
    expect(loaded.filter((name) => /threads|worker|piscina|webgpu|node:/.test(name))).toEqual([]);
  });
