import { expect, test } from 'vitest';
import { compare } from '../../src/index.ts';
import { describeGpu } from '../support/gpu.ts';
import { twelveProblems } from '../support/twelveProblems.ts';

/* A page takes every third: Node does all. */
const inPage = 'document' in globalThis;
const some = twelveProblems.filter((_, i) => !inPage || i % 3 === 2);
const settings = { N: 100, runs: 50, seed: 1, level: 1e-6, backend: 'gpu', allowSoftware: true } as const;

describeGpu('theory and students on a GPU', () => {
  test.each(some)('agree: %s', async (_, problem) => {
    const { verdict, settings: used, scaling } = await compare(problem, settings);
    expect(verdict.message).toMatch(/^theory and students agree/);
    expect(verdict.agrees).toBe(true);
    expect(verdict.untested).toEqual([]);
    expect(used).toMatchObject({ student: 'trained', backend: 'gpu' });
    expect(scaling?.worstFit?.p).toBeGreaterThan(1e-6);
  });
});
