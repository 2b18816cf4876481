import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { integrate, resolveProblem } from '../../../src/index.ts';
import { smallProblem } from '../../support/problems.ts';

const refused = (change: object): string => {
  try {
    resolveProblem({ ...smallProblem(), ...change } as never);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was not refused');
};

it.each([{ activation: 'tanh' }, { rule: 'fa' }, { momentum: 0.9 }])(
  '%o leads to the page of what there is not',
  (change) => {
    const [page] = /docs\/\w+\.md/.exec(refused(change)) ?? [];
    expect(page).toBe('docs/limits.md');
    expect(existsSync(join(import.meta.dirname, '../../..', page as string))).toBe(true);
  },
);

it('a misspelt key leads to the key that was meant', () => {
  expect(refused({ nose: 0 })).toMatch(/did you mean "noise"\?$/);
});

it('a problem is solved in pieces, with another rate in each, as that page says', () => {
  const problem = { ...smallProblem(), alpha: [1, 10] };
  const whole = integrate({ ...problem, alpha: [1, 10, 20] });
  const [Q, R, v] = [whole.Q[1], whole.R[1], whole.v[1]];
  const rest = integrate({ ...problem, student: { Q, R, v }, alpha: [10] });
  expect(rest.eg[0]).toBeCloseTo(whole.eg[2], 8);
});
