import { timesOf } from '../../numbers/times.ts';
import { type Fault, pathOf, wordsOf } from '../../support/check.ts';
import { AlignodeError, show, unreadable } from '../../support/error.ts';
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
  check(problem);
  const { network, rule, feedback, loss, data, learningRate, batch = 'all', optimizer, dropout } = problem;
  const { epochs, steps, time, batchNorm, weightDecay } = problem;
  const { bias = false, init = 'pytorch', seed = 1 } = network;
  return {
    network: { ...plain(network), bias, init: plain(init), seed },
    rule,
    ...(feedback && { feedback: plain(feedback) }),
    loss,
    data: plain(data),
    ...(learningRate !== undefined && { learningRate: plain(learningRate) }),
    batch,
    ...(epochs && { epochs: timesOf(epochs) }),
    ...(steps && { steps: timesOf(steps) }),
    ...(time && { time: timesOf(time) }),
    ...(optimizer && { optimizer: plain(optimizer) }),
    ...(dropout && { dropout: plain(dropout) }),
    ...(batchNorm !== undefined && { batchNorm }),
    ...(weightDecay !== undefined && { weightDecay }),
  };
}

/** A copy of lists, objects, numbers, strings and flags, which is all that a checked problem holds. */
function plain<T>(it: T): T {
  if (Array.isArray(it)) {
    const copy: unknown[] = [];
    for (let i = 0; i < it.length; i++) copy.push(plain(it[i]));
    return copy as T;
  }
  if (typeof it !== 'object' || it === null) return it;
  return Object.fromEntries(
    Object.entries(it).flatMap(([key, one]) => (one === undefined ? [] : [[key, plain(one)]])),
  ) as T;
}

function check(problem: unknown): asserts problem is DeepProblem {
  try {
    refuse(PROBLEM(problem));
    for (const { when, fails } of RELATIONS) {
      const failure = when === undefined || when(problem) ? fails(problem) : undefined;
      if (failure)
        refuse({
          ...failure,
          // `found` is a value of the problem, or says what is wrong with it.
          found:
            typeof failure.found === 'string' && failure.found.includes(' ')
              ? failure.found
              : show(failure.found),
        });
    }
  } catch (error) {
    if (error instanceof AlignodeError) throw error;
    throw new AlignodeError('invalid-problem', `problem: ${unreadable(error)}`, { path: 'problem' });
  }
}

function refuse(fault: Fault | undefined): void {
  if (fault === undefined) return;
  throw new AlignodeError('invalid-problem', wordsOf(fault, 'problem'), { path: pathOf(fault, 'problem') });
}
