import { expect, test } from 'vitest';
import { expectAgreement } from '../support/expectAgreement.ts';
import { describeGpu } from '../support/gpu.ts';
import { twelveProblems } from '../support/twelveProblems.ts';

/* Others in Node than in a page. gpu.slow.test.ts has all twelve. */
const some = ('document' in globalThis ? [5] : [2, 11]).map((i) => twelveProblems[i]);

describeGpu('theory and students on a GPU', () => {
  test.each(some)('agree: %s', async (_, problem) => {
    const { settings } = await expectAgreement(problem, {
      N: 100,
      backend: 'gpu',
      allowSoftware: true,
      scalingRuns: 30,
    });
    expect(settings.backend).toBe('gpu');
  });
});
