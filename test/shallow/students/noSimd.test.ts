import { afterEach, expect, test, vi } from 'vitest';
import { simulate } from '../../../src/index.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';

afterEach(() => vi.restoreAllMocks());

const problem = { ...twelveProblems[0][1], alpha: [1] };
const settings = { N: 20, runs: 2, threads: 1 };

test('without SIMD the readable students do the work, and the result says so', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  const slow = await simulate(problem, settings);
  expect(slow.settings.backend).toBe('reference');
  expect(slow.notes.join()).toMatch(/"cpu" does not run here \(this WebAssembly has no SIMD\)/);
  await expect(simulate(problem, { ...settings, backend: 'cpu' })).rejects.toThrow(/no SIMD; use "auto"/);

  vi.restoreAllMocks();
  const fast = await simulate(problem, settings);
  expect(fast.settings.backend).toBe('cpu');
  expect(fast.notes).toEqual([]);
  expect(fast.mean.eg[0]).toBeCloseTo(slow.mean.eg[0], 11);
});
