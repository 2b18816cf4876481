import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gpu, openGpu } from '../../../src/simulation/gpu/device.ts';
import { activationWgsl } from '../../../src/simulation/gpu/wgsl/activations.ts';
import { projectedWgsl } from '../../../src/simulation/gpu/wgsl/projected.ts';
import type { Shape } from '../../../src/simulation/gpu/wgsl/shape.ts';
import { spreadOf, trainedWgsl } from '../../../src/simulation/gpu/wgsl/trained.ts';
import { describeGpu } from '../../support/gpu.ts';

const either = [false, true];
/** Every combination of what a kernel can be told to do. */
const options = either.flatMap((ownSignal) =>
  either.flatMap((trainSecondLayer) =>
    either.flatMap((noise) =>
      either.flatMap((first) =>
        either.map((second) => ({
          ownSignal,
          trainSecondLayer,
          noise,
          decay: [first, second] as [boolean, boolean],
        })),
      ),
    ),
  ),
);

describeGpu('kernels', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = await openGpu({ allowSoftware: true });
  });
  afterAll(() => gpu.close());

  /** What the compiler says of a kernel. */
  async function saidOf(code: string): Promise<string[]> {
    const module = await gpu.checked(() => gpu.device.createShaderModule({ code }));
    return (await module.getCompilationInfo()).messages.map(({ message }) => message);
  }
  async function expectSilence(shape: Shape) {
    expect(await saidOf(trainedWgsl(shape, spreadOf(shape, gpu.subgroupSize)))).toEqual([]);
    expect(await saidOf(trainedWgsl(shape, spreadOf(shape, 1)))).toEqual([]);
    expect(await saidOf(projectedWgsl(shape))).toEqual([]);
  }

  test.each(Object.keys(activationWgsl))(
    '%s, with every option: the compiler has nothing to say',
    async (activation) => {
      for (const option of options) await expectSilence({ K: 2, M: 2, N: 50, activation, ...option });
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
      await expectSilence({ K, M, N, activation: 'erf', ...option });
  });

  test('a kernel that is wrong is refused with what the compiler says', async () => {
    await expect(saidOf('fn f() -> u32 { return 1.5; }')).rejects.toThrow(/^the GPU: .*return/s);
    // And nothing is left over from it.
    expect(await saidOf('fn f() -> u32 { return 1u; }')).toEqual([]);
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
