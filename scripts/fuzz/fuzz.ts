import {
  AlignodeError,
  type Curve,
  type IntegrateOptions,
  integrateInSteps,
  type Problem,
} from '../../src/index.ts';
import { type Dice, dice } from './draw.ts';
import { faultOf } from './possible.ts';
import { deep, hostile, mutated } from './spoiled.ts';
import { validOptions, validProblem } from './valid.ts';

/*
 * Throws problems at `integrate` and looks at what comes back: a curve that is possible, or an `AlignodeError` that says
 * what is wrong. Every problem follows from the seed and its number.
 */

export const KINDS = ['valid', 'mutated', 'deep', 'hostile'] as const;
export type Kind = (typeof KINDS)[number];

/** Of a hundred problems, up to which each kind goes. */
const SHARES: readonly [Kind, number][] = [
  ['valid', 45],
  ['mutated', 90],
  ['deep', 94],
  ['hostile', 100],
];

export interface Case {
  kind: Kind;
  problem: unknown;
  options: unknown;
}

export interface Outcome {
  kind: Kind;
  /** "curve", "still at work", or the code of an error. */
  what: string;
  /** What is wrong with it. */
  fault?: string;
  /** The longest time, in milliseconds, for which no signal would have been heard. */
  deaf: number;
}

const SPOIL: Record<Kind, (d: Dice, value: unknown) => unknown> = {
  valid: (_, value) => value,
  mutated,
  deep,
  hostile,
};

export function caseOf(seed: number, number: number): Case {
  const d = dice(seed, number);
  const place = d.below(100);
  const kind = SHARES.find(([, upTo]) => place < upTo)![0];
  const problem = validProblem(d);
  const options = validOptions(d);
  // Mostly the problem, sometimes the options.
  return d.chance(0.9)
    ? { kind, problem: SPOIL[kind](d, problem), options }
    : { kind, problem, options: SPOIL[kind](d, options) };
}

/** A spoiled `maxSteps` may let a curve go on without end; after so many steps it is left, as Ctrl-C would. */
const MOST_SEEN = 1000;

/** Errors that a well-formed problem may end in. */
const HONEST = ['diverged', 'not-finite', 'too-many-steps', 'not-positive'];

export function tryCase({ kind, problem, options }: Case, integrate = integrateInSteps): Outcome {
  let heard = performance.now();
  let deaf = 0;
  const listen = (): void => {
    const now = performance.now();
    deaf = Math.max(deaf, now - heard);
    heard = now;
  };
  try {
    const steps = integrate(problem as Problem, options as IntegrateOptions);
    for (let seen = 0; seen < MOST_SEEN; seen++) {
      const { done, value } = steps.next();
      listen();
      if (!done) continue;
      const fault = faultOf(value as Curve);
      return { kind, what: 'curve', deaf, ...(fault !== undefined && { fault }) };
    }
    return { kind, what: 'still at work', deaf };
  } catch (error) {
    listen();
    return { kind, deaf, ...refusalOf(error, kind) };
  }
}

function refusalOf(error: unknown, kind: Kind): Pick<Outcome, 'what' | 'fault'> {
  if (!(error instanceof AlignodeError))
    return { what: 'other exception', fault: String((error as Error)?.stack ?? error) };
  const { code, message, path } = error;
  if (code.startsWith('invalid'))
    return {
      what: code,
      ...(kind === 'valid' && { fault: `a well-formed problem was refused: ${message}` }),
      ...((path === undefined || message.includes('\n') || message.length > 600) && {
        fault: `no path, or no readable line: ${message.slice(0, 700)}`,
      }),
    };
  return { what: code, ...(!HONEST.includes(code) && { fault: message }) };
}
