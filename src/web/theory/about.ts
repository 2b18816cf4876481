import {
  AlignodeError,
  bestAligned,
  countMinima,
  degenerateMinima,
  type Minimum,
  type Problem,
  plateau,
  resolveProblem,
  studentAt,
} from '../../index.ts';
import type { MinimaFound, MinimumFound, PlateauFound } from './protocol.ts';

/** The symmetric plateau, or why none is known. */
export function plateauOf(problem: Problem): PlateauFound | { none: string } {
  return orNone(() => {
    const { length: _, iterations: __, ...found } = plateau(problem);
    return found;
  });
}

/** More minima than this are not looked through. */
const MOST = 50_000;

/** The zero-error students, or why none are known: each output vector once. */
export function minimaOf(problem: Problem): MinimaFound | { none: string } {
  return orNone(() => {
    const count = countMinima(problem);
    const described = (minimum: Minimum): MinimumFound => ({
      ...minimum,
      v: studentAt(problem, minimum).v,
    });
    const best = resolveProblem(problem).feedback ? described(bestAligned(problem)) : undefined;
    const all = new Map<string, MinimumFound>();
    if (count <= MOST)
      for (const minimum of degenerateMinima(problem)) {
        const one = described(minimum);
        const key = one.v.join();
        if (!all.has(key)) all.set(key, one);
      }
    return { count, all: [...all.values()], ...(best && { best }) };
  });
}

function orNone<T>(find: () => T): T | { none: string } {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof AlignodeError)) throw error;
    return { none: error.message };
  }
}
