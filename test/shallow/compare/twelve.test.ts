import { it } from 'vitest';
import { expectAgreement } from '../../support/expectAgreement.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';

/* Each activation, both rules, noise, K below, at and above M. twelve.slow.test.ts has them all, and at a larger N. */
const some = [1, 4, 6, 9].map((i) => twelveProblems[i]);

it.each(some)('theory and trained students agree: %s', async (_, problem) => {
  await expectAgreement(problem, { N: 200, threads: 1, scalingRuns: 30 });
});
