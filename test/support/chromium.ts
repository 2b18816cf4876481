import { describe, expect, inject, test } from 'vitest';
import { findChromium } from '../../src/cli/chromium/find.ts';

/** A suite that needs Chromium, given its path: without one it is skipped, and its name says why; with CI=true it fails. */
export function describeChromium(name: string, suite: (chromium: string) => void): void {
  const chromium = findChromium();
  const missing = 'needs Chromium; npm test says how to get it';
  if (chromium !== undefined) describe(name, () => suite(chromium));
  else if (inject('mustNotSkip')) describe(name, () => test('finds Chromium', () => expect.fail(missing)));
  else describe.skip(`${name} (${missing})`, () => suite(''));
}
