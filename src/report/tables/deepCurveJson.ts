import { conditioning, type DeepCurve } from '../../deep/linear/index.ts';
import { version } from '../../support/version.ts';

/** A deep curve as JSON, with the conditioning of its alignment matrices. What is not a number becomes null. */
export const deepCurveToJson = (curve: DeepCurve): string =>
  `${JSON.stringify({ version, ...curve, conditioning: conditioning(curve) })}\n`;
