import { findChromium } from '../../src/support/chromium.ts';
import { describeWith } from './describeWith.ts';

/** A suite that needs Chromium, given its path. */
export function describeChromium(name: string, suite: (chromium: string) => void): void {
  const chromium = findChromium();
  const missing = chromium === undefined ? 'needs Chromium; npm test says how to get it' : undefined;
  describeWith('Chromium', missing, name, () => suite(chromium ?? ''));
}
