import { countsOf, timesOf } from '../../numbers/times.ts';
import { readSafely, requireAll } from '../../support/relations.ts';
import { PROBLEM, RELATIONS } from './checks.ts';
import type { DeepProblem, ResolvedDeepProblem } from './types.ts';

/** Whether a problem is one of this wing: it has a network. */
export const isDeep = (problem: unknown): boolean =>
  typeof problem === 'object' && problem !== null && 'network' in problem;

/**
 * Checks a problem, fills in the defaults and writes out grids of times. The result shares nothing with the argument,
 * survives JSON unchanged, and resolves to itself.
 */
export function resolveDeepProblem(problem: DeepProblem): ResolvedDeepProblem {
  return readSafely(() => {
    requireAll(problem, PROBLEM, RELATIONS);
    // What is taken over is checked once more: an object may show other values at a second look, or by inheritance.
    const copy = copyOf(problem);
    requireAll(copy, PROBLEM, RELATIONS);
    return filledIn(copy);
  });
}

function filledIn({
  network,
  batch = 'all',
  epochs,
  steps,
  time,
  ...rest
}: DeepProblem): ResolvedDeepProblem {
  const { bias = false, init = 'pytorch', seed = 1 } = network;
  return {
    ...rest,
    network: { ...network, bias, init, seed },
    batch,
    ...(epochs && { epochs: timesOf(countsOf(epochs)) }),
    ...(steps && { steps: timesOf(countsOf(steps)) }),
    ...(time && { time: timesOf(time) }),
  };
}

/** Lists, objects, numbers, strings and flags, which is all that a checked problem holds; zero has no sign. */
function copyOf<T>(it: T): T {
  if (Array.isArray(it)) {
    const copy: unknown[] = [];
    for (let i = 0; i < it.length; i++) copy.push(copyOf(it[i]));
    return copy as T;
  }
  if (it === 0) return 0 as T;
  if (typeof it !== 'object' || it === null) return it;
  return Object.fromEntries(
    Object.entries(it).flatMap(([key, one]) => (one === undefined ? [] : [[key, copyOf(one)]])),
  ) as T;
}
