import { short } from '../../draw/index.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import {
  type Chance,
  type ChanceFound,
  chanceFound,
  chanceInWords,
  chanceOf,
  chanceTrace,
  isInside,
  RULE,
  sumOf,
} from './chance.ts';

/*
 * P(learn) of teachers with output weights of both signs: at least M₊ of the K feedback weights must be positive and at
 * least M₋ negative, so P = Σ_{k=M₊}^{K−M₋} (K choose k) / 2^K. More student units than teacher units are needed in
 * both signs.
 */

const TEACHERS = [
  { M: 2, negative: 1 },
  { M: 3, negative: 1 },
  { M: 4, negative: 2 },
];
const MOST = 8;

/** What became of the students of one teacher. */
interface OfTeacher {
  M: number;
  negative: number;
  chances: Chance[];
}

const teacher = ({ M, negative }: { M: number; negative: number }): string =>
  `A has ${M - negative} positive, ${negative} negative`;

/** Students for each point, how long they are trained at most, and the step in K from point to point. */
export async function drawMixedSigns(
  workshop: Workshop,
  { runs, alpha, step }: { runs: number; alpha: number; step: number },
): Promise<Drawing<[Claim<MixedSignsNumbers>]>> {
  const common = {
    N: 500,
    alpha,
    learningRate: 0.3,
  };
  const found: OfTeacher[] = [];
  for (const [i, { M, negative }] of TEACHERS.entries()) {
    const chances: Chance[] = [];
    for (let K = M; K <= MOST; K += step)
      chances.push(
        await chanceOf(workshop, { ...common, M, negative, K, runs, seed: 11 + i, student: 'projected' }),
      );
    found.push({ M, negative, chances });
  }
  return {
    caption: `The chance that random feedback lets a relu student learn by DFA when the teacher's output weights are 1 or −1. Lines: P = 2⁻ᴷ Σ (K choose k), summed from k = M₊ to K − M₋. Points: projected students with 99 % intervals that count undecided students both ways. ${RULE}`,
    parameters: {
      ...common,
      sigma: 0.01,
      learned: 1e-4,
      teachers: TEACHERS.map(teacher),
      'students a point': runs,
    },
    panels: [
      {
        name: 'mixed-signs',
        title: 'P(learn), teachers of both signs',
        x: { label: 'student units K', whole: true },
        y: { label: 'P(learn)', range: [0, 1.03] },
        traces: found.flatMap((one, colour) => [
          {
            name: teacher(one),
            mark: 'line' as const,
            colour,
            x: one.chances.map(({ K }) => K),
            y: one.chances.map(({ exact }) => exact),
          },
          {
            ...chanceTrace(
              `students: ${teacher(one)}`,
              one.chances,
              one.chances.map(({ K }) => K),
              { mark: 'points', colour },
            ),
            silent: true,
          },
        ]),
      },
    ],
    claims: [insideEvery(found)],
  };
}

type MixedSignsNumbers = {
  teachers: { M: number; negative: number; points: ChanceFound[] }[];
  intervals: number;
  /** How many of them hold the formula. */
  inside: number;
  students: number;
  undecided: number;
  /** The students whose F has enough components of each sign. */
  allowed: { runs: number; learned: number };
};

function insideEvery(found: OfTeacher[]): Claim<MixedSignsNumbers> {
  const teachers = found.map(({ chances, ...one }) => ({ ...one, points: chances.map(chanceFound) }));
  const all = teachers.flatMap(({ points }) => points);
  const inside = all.filter((point) => isInside(point, point.exact)).length;
  const students = sumOf(all, ({ runs }) => runs);
  const undecided = sumOf(all, (point) => point.undecided);
  const allowed = {
    runs: sumOf(all, (point) => point.allowed.runs),
    learned: sumOf(all, (point) => point.allowed.learned),
  };
  return {
    by: 'alignode',
    says: 'P(learn) = 2⁻ᴷ Σ (K choose k), summed from k = M₊ to K − M₋, is inside every interval.',
    holds: verdictOf(inside === all.length),
    numbers: { teachers, intervals: all.length, inside, students, undecided, allowed },
    found: `${inside} of ${all.length} intervals hold it; ${undecided} of ${students} students are undecided; of ${allowed.runs} whose F has enough components of each sign ${allowed.learned} learned. ${teachers
      .map(
        ({ points: [first], ...one }) =>
          `${teacher(one)}, K = ${first.K}: ${chanceInWords(first)}, ${short(first.exact)} by the formula`,
      )
      .join('; ')}`,
  };
}

const script = `import { plearn } from 'alignode';

const { points } = await plearn({ K: [2, 4], M: 2, negative: 1, N: 500, runs: 20, student: 'projected', learningRate: 0.5 });
for (const { K, exact, learned, runs, undecided } of points) console.log(K, exact, learned / runs, undecided);
`;

export const figureMixedSigns: Figure = {
  name: 'mixed-signs',
  title: 'P(learn) for teachers with output weights of both signs',
  source: 'Not in the paper, which has A = (1, 1)',
  seconds: { quick: 8, full: 2400 },
  script,
  make: (workshop) =>
    drawMixedSigns(
      workshop,
      workshop.pick({
        quick: { runs: 30, alpha: 10_000, step: 2 },
        full: { runs: 5000, alpha: 30_000, step: 1 },
      }),
    ),
};
