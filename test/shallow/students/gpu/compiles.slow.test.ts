import { afterAll, beforeAll, test } from 'vitest';
import { type Gpu, openGpu } from '../../../../src/shallow/students/gpu/device.ts';
import { activationWgsl } from '../../../../src/shallow/students/gpu/wgsl/activations.ts';
import { projectedWgsl } from '../../../../src/shallow/students/gpu/wgsl/projected.ts';
import type { Shape } from '../../../../src/shallow/students/gpu/wgsl/shape.ts';
import { spreadOf, trainedWgsl } from '../../../../src/shallow/students/gpu/wgsl/trained.ts';
import { describeGpu } from '../../../support/gpu.ts';
import { expectSilence, options } from '../../../support/kernels.ts';

describeGpu('kernels', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = await openGpu({ allowSoftware: true });
  });
  afterAll(() => gpu.close());

  test.each(Object.keys(activationWgsl))(
    '%s, with every option: the compiler has nothing to say',
    async (activation) => {
      for (const option of options) await expectSilence(gpu, { K: 2, M: 2, N: 50, activation, ...option });
    },
  );

  test.each([
    [1, 1, 2],
    [1, 16, 17],
    [16, 1, 500],
    [16, 16, 32],
    [16, 16, 16384],
    [3, 2, 6],
    [3, 2, 7],
  ])('K = %i, M = %i, N = %i: the compiler has nothing to say', async (K, M, N) => {
    for (const option of [options[0], options[31]])
      await expectSilence(gpu, { K, M, N, activation: 'erf', ...option });
  });

  test('every pipeline of the largest students is made', async () => {
    const shape: Shape = { K: 16, M: 16, N: 40, activation: 'erf', ...options[31] };
    for (const [code, entries] of [
      [trainedWgsl(shape, spreadOf(shape, gpu.subgroupSize)), ['advance', 'test', 'measure']],
      [trainedWgsl(shape, spreadOf(shape, 1)), ['advance', 'test', 'measure']],
      [projectedWgsl(shape), ['advance', 'test']],
    ] as const)
      for (const entryPoint of entries)
        await gpu.checked(async () => {
          const module = gpu.device.createShaderModule({ code });
          await gpu.device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint } });
        });
  });
});
