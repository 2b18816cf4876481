import type { Trace } from '../../draw/index.ts';
import { binomialInterval } from '../../shallow/compare/index.ts';
import type { PLearnOptions } from '../../shallow/plearn/index.ts';
import type { Workshop } from '../workshop.ts';

/** What became of students of one K, counted. */
export type Chance = {
  K: number;
  exact: number;
  runs: number;
  learned: number;
  stuck: number;
  diverged: number;
  undecided: number;
  /** The same for the students whose F has enough components of each sign. */
  allowed: { runs: number; learned: number; diverged: number; undecided: number };
};

/** The same for a claim, with the interval. */
export type ChanceFound = Chance & { interval: [low: number, high: number] };

/** The chance, at least, that an interval of `boundsOf` holds the true probability. */
export const LEVEL = 0.99;
/** Students in a piece. */
const PIECE = 1000;

/** P(learn) at one K, in pieces that are kept one by one. */
export async function chanceOf(
  workshop: Workshop,
  { K, runs, seed, ...options }: PLearnOptions & { K: number; runs: number; seed: number },
): Promise<Chance> {
  const parts: Chance[] = [];
  for (let from = 0; from < runs; from += PIECE) {
    // Pieces of different seeds have no seed in common.
    const inputs = { ...options, K, runs: Math.min(PIECE, runs - from), seed: 1000 * seed + from / PIECE };
    parts.push(
      await workshop.piece(`P(learn), K = ${K}`, inputs, async ({ plearn }) => {
        const [point] = (await plearn(inputs)).points;
        const { exact, learned, stuck, diverged, undecided, allowed, runs: students } = point;
        return { K, exact, runs: students, learned, stuck, diverged, undecided, allowed };
      }),
    );
  }
  const total = (key: 'runs' | 'learned' | 'stuck' | 'diverged' | 'undecided'): number =>
    sumOf(parts, (part) => part[key]);
  const totalAllowed = (key: keyof Chance['allowed']): number => sumOf(parts, ({ allowed }) => allowed[key]);
  return {
    K,
    exact: parts[0].exact,
    runs: total('runs'),
    learned: total('learned'),
    stuck: total('stuck'),
    diverged: total('diverged'),
    undecided: total('undecided'),
    allowed: {
      runs: totalAllowed('runs'),
      learned: totalAllowed('learned'),
      diverged: totalAllowed('diverged'),
      undecided: totalAllowed('undecided'),
    },
  };
}

export const sumOf = <T>(items: readonly T[], pick: (item: T) => number): number =>
  items.reduce((sum, item) => sum + pick(item), 0);

/** The interval that counts undecided students both ways: all failing at its low end, all learning at its high end. */
export const boundsOf = ({ learned, undecided, runs }: Chance, level = LEVEL): [number, number] => [
  binomialInterval(learned, runs, level)[0],
  binomialInterval(learned + undecided, runs, level)[1],
];

/** Points with their intervals. */
export function chanceTrace(
  name: string,
  chances: readonly Chance[],
  x: readonly number[],
  look: Pick<Trace, 'mark' | 'colour'>,
): Trace {
  const bounds = chances.map((one) => boundsOf(one));
  return {
    name,
    ...look,
    x: [...x],
    y: chances.map(({ learned, runs }) => learned / runs),
    low: bounds.map(([low]) => low),
    high: bounds.map(([, high]) => high),
    text: chances.map(
      ({ learned, stuck, diverged, undecided, runs }) =>
        `${learned} of ${runs} learned, ${stuck} stuck, ${diverged} diverged, ${undecided} undecided`,
    ),
  };
}

export const chanceFound = (chance: Chance): ChanceFound => ({ ...chance, interval: boundsOf(chance) });

/** "51 of 100 (0.380 to 0.640)". */
export const chanceInWords = ({ learned, runs, interval: [low, high] }: ChanceFound): string =>
  `${learned} of ${runs} (${low.toFixed(3)} to ${high.toFixed(3)})`;

export const isInside = ({ interval: [low, high] }: Pick<ChanceFound, 'interval'>, p: number): boolean =>
  low <= p && p <= high;

/** The rule by which students are counted, in words. */
export const RULE =
  'A student has learned when its test error is below the stated part of that at the start. It is stuck when F has too few components of a sign for this teacher and its error, after α = 100/η, has not fallen by a tenth while the time doubled: with so few it cannot learn to first order in η, and nobody who was trained on has. Anyone else is undecided at the end: slow, and not counted as failed.';
