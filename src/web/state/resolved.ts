import type { ResolvedProblem } from '../../index.ts';
import { resolvedOf } from './problem.ts';
import type { State } from './state.ts';

let last: { problem: State['problem']; v: State['v']; resolved: ResolvedProblem | undefined } | undefined;

/**
 * The problem with everything drawn, with times that do not matter; undefined where the problem is refused. For the
 * same state as before it is kept.
 */
export function drawnNow({ problem, v }: State): ResolvedProblem | undefined {
  if (last?.problem !== problem || last.v !== v) last = { problem, v, resolved: resolve({ problem, v }) };
  return last.resolved;
}

function resolve({ problem, v }: { problem: State['problem']; v: State['v'] }): ResolvedProblem | undefined {
  try {
    return resolvedOf({ problem: { ...problem, alpha: [1] }, ...(v && { v }) });
  } catch {
    return undefined;
  }
}
