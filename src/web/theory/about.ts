import {
  AlignodeError,
  bestAligned,
  countMinima,
  degenerateMinima,
  type Minimum,
  type Problem,
  plateau,
  resolveProblem,
} from '../../index.ts';
import type { MinimaFound, MinimumFound, PlateauFound } from './protocol.ts';

/** More units than this, and the plateau to second order takes too long to be looked for at every change. */
const FEW = 4;

/** The symmetric plateau, or why none is known. */
export function plateauOf(problem: Problem): PlateauFound | { none: string } {
  return orNone(() => {
    const { length: _, iterations: __, ...found } = plateau(problem);
    const full = found.student.v.length <= FEW ? fullOf(problem) : undefined;
    return { ...found, ...(full && { full }) };
  });
}

/** By DFA with unequal |F_k| there is none: the student drifts along the plateau. */
function fullOf(problem: Problem): PlateauFound['full'] {
  const found = orNone(() => plateau(problem, { order: 'full' }));
  return 'none' in found ? undefined : { eg: found.eg, escapeRate: found.escapeRate };
}

/** More minima than this are not looked through. */
const MOST = 50_000;

/** The zero-error students, or why none are known: each output vector once. */
export function minimaOf(problem: Problem): MinimaFound | { none: string } {
  return orNone(() => {
    const count = countMinima(problem);
    const { teacher, feedback } = resolveProblem(problem);
    // As `studentAt` has it, which would look at the problem anew for each of thousands.
    const described = (minimum: Minimum): MinimumFound => ({
      ...minimum,
      v: minimum.permutation.map((m, k) => minimum.signs[k] * teacher.A[m]),
    });
    const best = feedback ? described(bestAligned(problem)) : undefined;
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

/** What functions of the library say, in the words of a page, which has no options and no paths. */
function inWords({ code, message }: AlignodeError): string {
  if (code === 'no-convergence')
    return 'none was found: Newton’s method, started at the one of T = 1 and A = ±1, came to no fixed point';
  return message.replace(/^[\w.]+: /, '');
}

function orNone<T>(find: () => T): T | { none: string } {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof AlignodeError)) throw error;
    return { none: inWords(error) };
  }
}
