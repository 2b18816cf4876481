import { describe, expect, inject, test } from 'vitest';
import { AlignodeError } from '../../src/error.ts';
import { openGpu } from '../../src/simulation/gpu/device.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether a missing tool fails the tests that need it, as on machines that nobody watches (CI=true). */
    mustNotSkip: boolean;
  }
}

/** Why no GPU, not even one in software, can be used here; undefined if one can. */
export const gpuMissing: string | undefined = await whyNone();

/** A suite that needs a GPU: without one it is skipped, and its name says why; with CI=true it fails. */
export function describeGpu(name: string, suite: () => void): void {
  if (gpuMissing === undefined) describe(name, suite);
  else if (inject('mustNotSkip')) describe(name, () => test('finds a GPU', () => expect.fail(gpuMissing)));
  else describe.skip(`${name} (needs a GPU: ${gpuMissing})`, suite);
}

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
