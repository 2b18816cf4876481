import { expect, test } from 'vitest';
import { ALL, againstReference, QUICK, without } from '../../support/againstReference.ts';
import { expectSmallErrors } from '../../support/smallErrors.ts';
import { gpuTrainers } from '../../support/trainees.ts';

/* What backends.gpu.test.ts leaves: most of the twelve problems and of the sizes on the GPU, and long training. */

for (const [backend, part] of QUICK) if (part !== ALL) againstReference(backend, without(part));

for (const { name, suite, open } of gpuTrainers)
  suite(`backend ${name}`, () => {
    test.each(['trained', 'projected'] as const)('a %s student learns to eg = 2e-12', async (student) => {
      expect(await expectSmallErrors(open, student, [1e-4, 1e-3, 5e-3, 0.03])).toBeLessThan(3e-12);
    });
  });
