import { test } from 'vitest';
import { againstReference, QUICK } from '../../support/againstReference.ts';
import { expectSmallErrors } from '../../support/smallErrors.ts';
import { gpuTrainers } from '../../support/trainees.ts';

for (const [backend, part] of QUICK) againstReference(backend, part);

const [{ name, suite, open }] = gpuTrainers;
suite(`backend ${name}`, () => {
  test('a projected student keeps small errors', async () => {
    await expectSmallErrors(open, 'projected', [1e-4, 1e-3]);
  });
});
