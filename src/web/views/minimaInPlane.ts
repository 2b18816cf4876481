import { bestAligned, endsIn, type ResolvedProblem, studentAt } from '../../index.ts';
import { howMany } from '../../support/howMany.ts';
import type { TheorySeen } from '../scene.ts';
import type { MinimaFound } from '../theory/protocol.ts';
import { errorInWords } from './curveInWords.ts';
import { counted, short } from './numbers.ts';

/** The students without error as a plane of two output weights shows them. */
export interface MinimaShown {
  points: [number, number][];
  /** The one best aligned with F. */
  best?: [number, number];
  /** What there is to say: how many, or why none. */
  words: string;
}

export type Pair = readonly [number, number];

/**
 * Keeps the minima that were found last, which do not move while F and v are dragged. The one best aligned with F is
 * found anew, which takes no time.
 */
export function minimaFinder() {
  let known: { of: string; minima: MinimaFound | { none: string } } | undefined;
  return (theory: TheorySeen, problem: ResolvedProblem, pair: Pair): MinimaShown => {
    if (theory.about) known = { of: keyOf(theory.problem), minima: theory.about.minima };
    if (known?.of !== keyOf(problem)) return { points: [], words: '' };
    const { minima } = known;
    if ('none' in minima) return { points: [], words: `No solutions are drawn: ${minima.none}.` };
    const best = problem.feedback && bestAligned(problem);
    return {
      points: distinct(minima.v.map((v) => on(v, pair))),
      ...(best && { best: on(studentAt(problem, best).v, pair) }),
      words: inWords(minima, problem, best?.overlap) + endInWords(theory),
    };
  };
}

/** What the minima depend on. */
const keyOf = ({ activation, teacher, student }: ResolvedProblem): string =>
  JSON.stringify([activation, teacher.A, student.v.length]);

export const on = (v: readonly number[], [i, j]: Pair): [number, number] => [v[i], v[j]];

const distinct = (points: [number, number][]): [number, number][] => [
  ...new Map(points.map((point) => [point.join(), point])).values(),
];

/** Which of them the curve ends in: by all order parameters, as v alone may look right. */
function endInWords({ curve, problem, done, stage, failure }: TheorySeen): string {
  if (!done || stage === 'draft' || failure) return '';
  const last = curve.alpha.length - 1;
  const { arrived, best } = endsIn(problem, { Q: curve.Q[last], R: curve.R[last], v: curve.v[last] });
  if (best) return ' The curve ends in it.';
  if (arrived) return problem.feedback ? ' The curve ends in another.' : ' The curve ends in one of them.';
  return ` At the end of the curve the student is in none of them: ε is ${errorInWords(curve, last)} there.`;
}

function inWords(
  { count, v }: MinimaFound,
  { activation }: ResolvedProblem,
  overlap: number | undefined,
): string {
  const many = v.length === 0 ? ', too many to draw' : '';
  const best = overlap === undefined ? '' : ` The best aligned with F has cos(v, F) = ${short(overlap)}.`;
  const scale =
    activation === 'relu'
      ? ' They are drawn with the lengths of the teacher; each unit may be rescaled.'
      : '';
  const places =
    v.length > 0 && v.length < count ? `, at ${howMany(v.length, 'place of v', counted(v.length))}` : '';
  const make = count === 1 ? 'makes' : 'make';
  return `${howMany(count, 'solution', counted(count))} ${make} no error${many}${places}.${best}${scale}`;
}
