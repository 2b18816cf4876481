import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gpu, openGpu } from '../../../../src/shallow/students/gpu/device.ts';
import { activationWgsl } from '../../../../src/shallow/students/gpu/wgsl/activations.ts';
import { describeGpu } from '../../../support/gpu.ts';
import { expectSilence, options, pairs, saidOf } from '../../../support/kernels.ts';

/* compiles.slow.test.ts has every combination of options, and the largest students. */

describeGpu('kernels', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = await openGpu({ allowSoftware: true });
  });
  afterAll(() => gpu.close());

  test('the compiler has nothing to say of pairs of options', async () => {
    for (const option of pairs) await expectSilence(gpu, { K: 2, M: 2, N: 50, activation: 'erf', ...option });
  });

  test.each(Object.keys(activationWgsl))(
    'it has nothing to say of %s, with no option and with all',
    async (activation) => {
      for (const option of [options[0], options[31]])
        await expectSilence(gpu, { K: 3, M: 2, N: 7, activation, ...option });
    },
  );

  test('a kernel that is wrong is refused with what the compiler says', async () => {
    await expect(saidOf(gpu, 'fn f() -> u32 { return 1.5; }')).rejects.toThrow(/^the GPU: .*return/s);
    // And nothing is left over from it.
    expect(await saidOf(gpu, 'fn f() -> u32 { return 1u; }')).toEqual([]);
  });
});
