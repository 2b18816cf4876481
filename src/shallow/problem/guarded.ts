import { AlignodeError } from '../../support/error.ts';
import type { Rule } from './rules.ts';

/**
 * The signal of a rule of one's own, watched at every call: what is right at a student's start may go wrong later. It gets
 * copies of v and F, so that nothing it does to them reaches a student or the next call, and an f that holds no number, so
 * that nothing is left in it from the call before. Allocates nothing once it has seen a length.
 */
export function guarded({ name, signal, sends }: Rule): Rule['signal'] {
  const lendV = lender();
  const lendF = lender();
  const fail = (what: string): never => {
    throw new AlignodeError('invalid-problem', `rule: the signal of "${name}" ${what}`, { path: 'rule' });
  };
  return (v, F, f) => {
    const lentV = lendV(v);
    const lentF = lendF(F);
    for (let k = 0; k < f.length; k++) f[k] = Number.NaN;
    signal(lentV, lentF, f);
    if (differ(lentV, v) || differ(lentF, F)) fail('changes v or F; it may write to f only');
    if (sends && !isSent(f, sends === 'v' ? v : F))
      fail(`writes another f than ${sends}, which it says that it sends; leave "sends" out`);
  };
}

/** Copies arrays, each into the one array that it keeps for their length. */
function lender(): (from: Float64Array) => Float64Array {
  const kept = new Map<number, Float64Array>();
  let to: Float64Array = new Float64Array(0);
  return (from) => {
    if (to.length !== from.length) {
      to = kept.get(from.length) ?? new Float64Array(from.length);
      kept.set(from.length, to);
    }
    for (let k = 0; k < from.length; k++) to[k] = from[k];
    return to;
  };
}

function differ(a: Float64Array, b: Float64Array): boolean {
  for (let k = 0; k < b.length; k++)
    if (a[k] !== b[k] && !(Number.isNaN(a[k]) && Number.isNaN(b[k]))) return true;
  return false;
}

/** What is no finite number is for those to tell who asked: a student may have diverged. */
function isSent(f: Float64Array, sent: Float64Array): boolean {
  for (let k = 0; k < f.length; k++) if (f[k] !== sent[k] && Number.isFinite(f[k])) return false;
  return true;
}
