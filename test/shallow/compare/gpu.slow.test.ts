import { expect, test } from 'vitest';
import { expectAgreement } from '../../support/expectAgreement.ts';
import { describeGpu } from '../../support/gpu.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';

/* The backend does what the CPU's does with all twelve (backends.slow.test.ts); these have each activation and rule. */
const some = [1, 2, 6, 8, 11].map((i) => twelveProblems[i]);

describeGpu('theory and students on a GPU', () => {
  test.each(some)('agree: %s', async (_, problem) => {
    const { settings } = await expectAgreement(problem, { N: 100, backend: 'gpu', allowSoftware: true });
    expect(settings.backend).toBe('gpu');
  });
});
