import {
  AlignodeError,
  countMinima,
  degenerateMinima,
  type Problem,
  plateau,
  resolveProblem,
} from '../../index.ts';
import type { MinimaFound, PlateauFound } from './protocol.ts';

/** More units than this, and the plateau to second order takes too long to be looked for at every change. */
const FEW = 4;

/** The symmetric plateau, or why none is known. */
export function plateauOf(problem: Problem): PlateauFound | { none: string } {
  return orNone(() => {
    const { length: _, iterations: __, residual: ___, ...found } = plateau(problem);
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

/** The zero-error students, or why none are known. */
export function minimaOf(problem: Problem): MinimaFound | { none: string } {
  return orNone(() => {
    const count = countMinima(problem);
    const { A } = resolveProblem(problem).teacher;
    const all = new Map<string, number[]>();
    if (count <= MOST)
      for (const { permutation, signs } of degenerateMinima(problem)) {
        // As `studentAt` has it, which would look at the problem anew for each of thousands.
        const v = permutation.map((m, k) => signs[k] * A[m]);
        all.set(v.join(), v);
      }
    return { count, v: [...all.values()] };
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
