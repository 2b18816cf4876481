import { AlignodeError } from '../../src/index.ts';

/** The error that a call fails with; a call that does not fail, or fails with another error, fails the test. */
export function failureOf(call: () => unknown): AlignodeError {
  try {
    call();
  } catch (error) {
    if (error instanceof AlignodeError) return error;
    throw error;
  }
  throw new Error('the call should have failed and did not');
}
