import type { Curve, Phases } from '../../shallow/theory/index.ts';
import { version } from '../../support/version.ts';

/** A curve as JSON, with its phases. What is not a number (an alignment where v = 0) becomes null. */
export function curveToJson(curve: Curve, phases: Phases): string {
  return `${JSON.stringify({ version, ...curve, phases })}\n`;
}
