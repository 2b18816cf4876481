/*
 * Elementary functions of + − × ÷ √ alone, which IEEE 754 fixes to the last bit, so that every engine finds the same
 * numbers. `Math.log` and its like differ in their last bits from engine to engine, and from version to version.
 */
export { arcsine } from './arcsine.ts';
export { asinh } from './asinh.ts';
export { atan2 } from './atan2.ts';
export { cos } from './cos.ts';
export { erf } from './erf.ts';
export { exp } from './exp.ts';
export { hypot } from './hypot.ts';
export { ln } from './ln.ts';
export { log1p } from './log1p.ts';
export { log10 } from './log10.ts';
export { power } from './power.ts';
export { sin } from './sin.ts';
export { sinh } from './sinh.ts';
