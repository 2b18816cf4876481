import { countsOf, timesOf } from '../../numbers/times.ts';
import { type Fault, pathOf, wordsOf } from '../../support/check.ts';
import { AlignodeError, show, unreadable } from '../../support/error.ts';
import { PROBLEM, RELATIONS } from './checks.ts';
import type { Failure } from './kinds.ts';
import type { DeepProblem, ResolvedDeepProblem } from './types.ts';

/** Whether a problem is one of this wing: it has a network. */
export const isDeep = (problem: unknown): boolean =>
  typeof problem === 'object' && problem !== null && 'network' in problem;

/**
 * Checks a problem, fills in the defaults and writes out grids of times. The result shares nothing with the argument,
 * survives JSON unchanged, and resolves to itself.
 */
export function resolveDeepProblem(problem: DeepProblem): ResolvedDeepProblem {
  try {
    check(problem);
    // What is taken over is checked once more: an object may show other values at a second look, or by inheritance.
    const copy = copyOf(problem);
    check(copy);
    return filledIn(copy);
  } catch (error) {
    if (error instanceof AlignodeError) throw error;
    throw new AlignodeError('invalid-problem', `problem: ${unreadable(error)}`, { path: 'problem' });
  }
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

function check(problem: unknown): asserts problem is DeepProblem {
  refuse(PROBLEM(problem));
  for (const { when, fails } of RELATIONS) {
    const failure = when === undefined || when(problem) ? fails(problem) : undefined;
    if (failure) refuse({ ...failure, found: foundOf(failure) });
  }
}

/** A value of the problem, or words that say what is wrong with it. */
const foundOf = ({ found }: NonNullable<Failure>): string =>
  typeof found === 'string' && found.includes(' ') ? found : show(found);

function refuse(fault: Fault | undefined): void {
  if (fault === undefined) return;
  throw new AlignodeError('invalid-problem', wordsOf(fault, 'problem'), { path: pathOf(fault, 'problem') });
}
