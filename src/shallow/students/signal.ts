import { AlignodeError, show } from '../../support/error.ts';
import { isBuiltIn, type ResolvedProblem, ruleName, signalOf } from '../problem/index.ts';
import { divergenceBound } from '../theory/index.ts';

/**
 * `signalOf` for students. If a user's own rule gives a number that is not finite, the run fails with that as the
 * reason; it would otherwise be taken to have diverged. Once the student has diverged, what the rule gives does not
 * matter.
 */
export function watchedSignalOf(problem: ResolvedProblem): (v: Float64Array, f: Float64Array) => void {
  const send = signalOf(problem);
  if (isBuiltIn(problem.rule)) return send;
  const bound = divergenceBound(problem);
  return (v, f) => {
    send(v, f);
    for (let k = 0; k < f.length; k++)
      if (!Number.isFinite(f[k]) && v.every((x) => Math.abs(x) <= bound))
        throw new AlignodeError(
          'not-finite',
          `rule: the signal of "${ruleName(problem.rule)}" writes f[${k}] = ${f[k]} for v = ${show(Array.from(v))}`,
          { path: 'rule' },
        );
  };
}
