import { describe, expect, inject, test } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether a missing tool fails the tests that need it, as on machines that nobody watches (CI=true). */
    mustNotSkip: boolean;
  }
}

/** A suite that needs a tool: where something is missing it is skipped, and its name says what; with CI=true it fails. */
export function describeWith(
  tool: string,
  missing: string | undefined,
  name: string,
  suite: () => void,
): void {
  if (missing === undefined) describe(name, suite);
  else if (inject('mustNotSkip')) describe(name, () => test(`finds ${tool}`, () => expect.fail(missing)));
  else describe.skip(`${name} (${missing})`, suite);
}
