import type { Curve } from '../../shallow/theory/index.ts';
import { version } from '../../support/version.ts';

/** A curve as JSON. What is not a number (an alignment where v = 0) becomes null. */
export function curveToJson(curve: Curve): string {
  return `${JSON.stringify({ version, ...curve })}\n`;
}
