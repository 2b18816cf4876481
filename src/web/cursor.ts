import type { Curve } from '../index.ts';
import { ln } from '../numbers/index.ts';
import type { Cursor } from './scene.ts';

/** The time of the curve that is nearest to one that was asked for: on a log axis by ratio. The last if none was. */
export function cursorOn({ alpha }: Pick<Curve, 'alpha'>, asked: number | undefined, log: boolean): Cursor {
  const last = alpha.length - 1;
  if (asked === undefined || last < 0) return { index: Math.max(0, last), alpha: alpha[last] ?? 0 };
  let index = 0;
  const byRatio = (a: number): number =>
    a > 0 && asked > 0 ? Math.abs(ln(a / asked)) : a === asked ? 0 : Number.MAX_VALUE;
  const far = log ? byRatio : (a: number): number => Math.abs(a - asked);
  alpha.forEach((a, i) => {
    if (far(a) < far(alpha[index])) index = i;
  });
  return { index, alpha: alpha[index] };
}
