import { expect, test } from 'vitest';
import { expectAgreement } from '../support/expectAgreement.ts';
import { describeGpu } from '../support/gpu.ts';
import { twelveProblems } from '../support/twelveProblems.ts';

describeGpu('theory and students on a GPU', () => {
  test.each(twelveProblems)('agree: %s', async (_, problem) => {
    const { settings } = await expectAgreement(problem, { N: 100, backend: 'gpu', allowSoftware: true });
    expect(settings.backend).toBe('gpu');
  });
});
