import { openGpu } from '../../src/shallow/students/gpu/device.ts';
import { AlignodeError } from '../../src/support/error.ts';
import { describeWith } from './describeWith.ts';

/** Why no GPU, not even one in software, can be used here; undefined if one can. */
export const gpuMissing: string | undefined = await whyNone();

/** A suite that needs a GPU. */
export const describeGpu = (name: string, suite: () => void): void =>
  describeWith('a GPU', gpuMissing && `needs a GPU: ${gpuMissing}`, name, suite);

async function whyNone(): Promise<string | undefined> {
  try {
    const gpu = await openGpu({ allowSoftware: true });
    await gpu.close();
    return undefined;
  } catch (error) {
    // Anything else is a fault of the program, and no reason to skip its tests.
    if (error instanceof AlignodeError && error.code === 'not-available') return error.message;
    throw error;
  }
}
