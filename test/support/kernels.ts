import { expect } from 'vitest';
import type { Gpu } from '../../src/shallow/students/gpu/device.ts';
import { projectedWgsl } from '../../src/shallow/students/gpu/wgsl/projected.ts';
import type { Shape } from '../../src/shallow/students/gpu/wgsl/shape.ts';
import { spreadOf, trainedWgsl } from '../../src/shallow/students/gpu/wgsl/trained.ts';

const either = [false, true];
/** Every combination of what a kernel can be told to do. */
export const options = either.flatMap((ownSignal) =>
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

/** Eight of the 32: every two of the five with every pair of values. */
export const pairs = options.filter(
  ({ ownSignal, trainSecondLayer, noise, decay: [first, second] }) =>
    first === (ownSignal !== trainSecondLayer) && second === (ownSignal !== noise),
);

/** What the compiler says of a kernel. */
export async function saidOf(gpu: Gpu, code: string): Promise<string[]> {
  const module = await gpu.checked(() => gpu.device.createShaderModule({ code }));
  return (await module.getCompilationInfo()).messages.map(({ message }) => message);
}

/** It has nothing to say of the kernels for this shape. */
export async function expectSilence(gpu: Gpu, shape: Shape): Promise<void> {
  expect(await saidOf(gpu, trainedWgsl(shape, spreadOf(shape, gpu.subgroupSize)))).toEqual([]);
  expect(await saidOf(gpu, trainedWgsl(shape, spreadOf(shape, 1)))).toEqual([]);
  expect(await saidOf(gpu, projectedWgsl(shape))).toEqual([]);
}
