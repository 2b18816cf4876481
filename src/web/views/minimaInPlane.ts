import { bestAligned, type ResolvedProblem, studentAt } from '../../index.ts';
import type { TheorySeen } from '../scene.ts';
import type { MinimaFound } from '../theory/protocol.ts';
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
 * Remembers the minima that were found last, as they stay where they are while F and v are dragged; the one best aligned with F is
 * found anew, which takes no time.
 */
export function minimaFinder() {
  let known: { of: string; minima: MinimaFound | { none: string } } | undefined;
  return (theory: TheorySeen, problem: ResolvedProblem, pair: Pair): MinimaShown => {
    if (theory.about) known = { of: keyOf(theory.problem), minima: theory.about.minima };
    if (known?.of !== keyOf(problem)) return { points: [], words: '' };
    const { minima } = known;
    if ('none' in minima) return { points: [], words: `No minima: ${minima.none}.` };
    const best = problem.feedback && bestAligned(problem);
    return {
      points: distinct(minima.all.map(({ v }) => [v[pair[0]], v[pair[1]]])),
      ...(best && { best: on(studentAt(problem, best).v, pair) }),
      words: inWords(minima, problem, best?.overlap),
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

function inWords(
  { count, all }: MinimaFound,
  { activation }: ResolvedProblem,
  overlap: number | undefined,
): string {
  const many = all.length === 0 ? ', too many to draw' : '';
  const best = overlap === undefined ? '' : ` The best aligned with F has cos(v, F) = ${short(overlap)}.`;
  const scale =
    activation === 'relu'
      ? ' They are drawn with the lengths of the teacher; each unit may be rescaled.'
      : '';
  return `${counted(count)} students make no error${many}.${best}${scale}`;
}
