import { it } from 'vitest';
import { expectAgreement } from '../../support/expectAgreement.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';

it.each(twelveProblems)('theory and trained students agree: %s', async (_, problem) => {
  await expectAgreement(problem, { N: 500, threads: 1 });
});
