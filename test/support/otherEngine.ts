import { INSTEAD } from './engineFunctions.ts';

type Function = (...x: number[]) => number;

const real = new Float64Array(1);
const bits = new BigInt64Array(real.buffer);

/** The number three units of the last place further from zero. */
function nudged(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  real[0] = x;
  bits[0] += 3n;
  return real[0];
}

/**
 * As another engine may have them: every function of Math that IEEE 754 does not fix, off in its last bits. Squares and
 * whole powers of whole numbers are exact everywhere. Returns what puts the functions back.
 */
export function becomeAnotherEngine(): () => void {
  const math = Math as unknown as Record<string, Function>;
  const before = Object.keys(INSTEAD).map((name) => [name, math[name]] as const);
  for (const [name, original] of before)
    math[name] = (...x) => {
      const value = original(...x);
      const exact = name === 'pow' && (x[1] === 2 || (Number.isInteger(x[0]) && Number.isSafeInteger(value)));
      return exact ? value : nudged(value);
    };
  return () => Object.assign(math, Object.fromEntries(before));
}
