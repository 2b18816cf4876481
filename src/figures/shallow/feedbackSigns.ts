import { listed, type Panel, short, vector } from '../../draw/index.ts';
import { log10, power } from '../../numbers/index.ts';
import type { Problem } from '../../shallow/problem/index.ts';
import { learnProbability } from '../../shallow/theory/index.ts';
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
  LEVEL,
  RULE,
  sumOf,
} from './chance.ts';
import { LEARNED } from './learned.ts';
import { type Effort as LearningEffort, type Theory, theoryOf } from './learning.ts';
import { oneStudent } from './oneStudent.ts';

/*
 * Figure 4 of Refinetti et al. 2021: relu students with K = 3, M = 2 by the number of positive feedback entries, and in
 * the inset P(learn) against K. Eq. 8 is printed as 2^-K Σ_{k=0}^{M} (K choose k), which falls with K; what holds is
 * the sum from k = M to K.
 */

const M = 2;
const N = 500;
const SIZES = [2, 3, 4, 5, 6, 7, 8, 9, 10];
/** |F_k|; the first of them are positive. */
const FEEDBACK = [0.9, 0.7, 1.1];

export function problemWith(positive: number, to: number): Problem {
  return {
    activation: 'relu',
    rule: 'dfa',
    learningRate: 0.1,
    teacher: { draw: { M, N, seed: 4 } },
    student: { draw: { K: 3, N, sigma: 0.01, seed: 4 } },
    feedback: FEEDBACK.map((f, k) => (k < positive ? f : -f)),
    alpha: { from: 0.1, to, points: 1 + Math.round(20 * log10(to / 0.1)) },
  };
}

interface Student {
  positive: number;
  theory: Theory;
  student: { alpha: number[]; eg: number[] };
}

function curves(workshop: Workshop, { last, student: kind }: Effort['curves']): Promise<Student[]> {
  return Promise.all(
    [0, 1, 2, 3].map(async (positive) => {
      const problem = problemWith(positive, last);
      const student = oneStudent(workshop, problem, { N, seed: 4, student: kind });
      const theory = await theoryOf(workshop, problem, 1e-11);
      return { positive, theory, student: await student };
    }),
  );
}

function curvesPanel(students: Student[]): Panel {
  return {
    name: '4-curves',
    title: 'relu by DFA, K = 3, M = 2',
    x: { label: 'time α = examples / N', log: true },
    y: { label: 'test error ε_g', log: true, range: [1e-9, 1] },
    traces: students.flatMap(({ positive, theory, student }) => [
      {
        name: `${positive} of 3 feedback weights positive`,
        mark: 'line' as const,
        colour: positive,
        x: theory.alpha,
        y: theory.eg,
      },
      {
        name: `student, ${positive} positive`,
        mark: positive < M ? ('open points' as const) : ('points' as const),
        colour: positive,
        x: student.alpha,
        y: student.eg,
        silent: true,
      },
    ]),
  };
}

/** Eq. 8 as printed. */
export function printedProbability(K: number): number {
  let sum = 0;
  let choose = 1;
  for (let k = 0; k <= Math.min(M, K); k++) {
    sum += choose;
    choose *= (K - k) / (k + 1);
  }
  return sum / power(2, K);
}

function chancePanel(projected: Chance[], trained: Chance[]): Panel {
  return {
    name: '4-plearn',
    title: 'P(learn), M = 2',
    x: { label: 'student units K', whole: true },
    y: { label: 'P(learn)', range: [0, 1.03] },
    traces: [
      {
        name: 'Σ from k = M to K: what holds',
        mark: 'line',
        colour: 0,
        x: SIZES,
        y: SIZES.map((K) => learnProbability({ K, positive: M })),
      },
      { name: 'eq. 8 as printed', mark: 'dashed', colour: 1, x: SIZES, y: SIZES.map(printedProbability) },
      chanceTrace(
        `projected students, ${projected[0].runs} a point`,
        projected,
        projected.map(({ K }) => K),
        { mark: 'points', colour: 0 },
      ),
      ...(trained.length > 0
        ? [
            chanceTrace(
              `trained students, ${trained[0].runs} a point`,
              trained,
              // Beside each other, so that both intervals are seen.
              trained.map(({ K }) => K + 0.15),
              { mark: 'open points', colour: 2 },
            ),
          ]
        : []),
    ],
    note: `Intervals hold the true value with a chance of at least ${100 * LEVEL} % (Clopper & Pearson), and count undecided students both ways. ${trained.length > 0 ? 'Trained students stand a little to the right of their K.' : 'Projected students follow exactly the law of trained ones; --full trains 50 a point beside them.'}`,
  };
}

/** The error at the end over that at the start. */
type SignsNumbers = { students: { positive: number; student: number; theory: number }[] };

function signsDecide(all: Student[]): Claim<SignsNumbers> {
  const end = ({ eg }: { eg: number[] }): number => eg[eg.length - 1] / eg[0];
  const students = all.map(({ positive, student, theory }) => ({
    positive,
    student: end(student),
    theory: end(theory),
  }));
  return {
    by: 'paper',
    says: 'A student with K = 3 learns a teacher with M = 2 only if the feedback vector has 2 positive elements.',
    holds: verdictOf(students.every(({ positive, student }) => student < LEARNED === positive >= M)),
    numbers: { students },
    found: students
      .map(
        ({ positive, student, theory }) =>
          `${positive} positive: error at the end ${short(student)} of that at the start (theory, as far as it is known, ${short(theory)})`,
      )
      .join('; '),
  };
}

/** `exact` of a point is the sum from k = M to K; `printed` that of eq. 8. */
type PrintedNumbers = { points: (ChanceFound & { printed: number })[]; outside: number };

function printedSum(all: Chance[]): Claim<PrintedNumbers> {
  const points = all.map((chance) => ({ ...chanceFound(chance), printed: printedProbability(chance.K) }));
  const outside = points.filter((point) => !isInside(point, point.printed)).length;
  const [two, three] = points;
  return {
    by: 'paper',
    says: 'P(learn) = 2⁻ᴷ Σ (K choose k), summed from k = 0 to M (eq. 8), matches simulations.',
    holds: outside === 0 ? 'yes' : 'not as printed',
    numbers: { points, outside },
    found: `the printed sum gives ${short(two.printed)} at K = ${two.K}, where ${chanceInWords(two)} learned, and ${short(three.printed)} at K = ${three.K}, where ${chanceInWords(three)} learned; it is outside the interval at ${outside} of ${points.length} points, and it falls with K. The sum from k = M to K gives ${short(two.exact)} and ${short(three.exact)}.`,
  };
}

type CorrectedNumbers = {
  points: ChanceFound[];
  inside: number;
  /** The students whose F has M positive components or more. */
  allowed: { runs: number; learned: number; undecided: number };
};

function correctedSum(all: Chance[]): Claim<CorrectedNumbers> {
  const points = all.map(chanceFound);
  const inside = points.filter((point) => isInside(point, point.exact)).length;
  const ofAllowed = (key: keyof CorrectedNumbers['allowed']): number =>
    sumOf(all, (chance) => chance.allowed[key]);
  const allowed = {
    runs: ofAllowed('runs'),
    learned: ofAllowed('learned'),
    undecided: ofAllowed('undecided'),
  };
  return {
    by: 'alignode',
    says: 'P(learn) = 2⁻ᴷ Σ (K choose k), summed from k = M to K, is inside every interval.',
    holds: verdictOf(inside === points.length),
    numbers: { points, inside, allowed },
    found: `${inside} of ${points.length} intervals of ${100 * LEVEL} % hold it (by chance ${short((1 - LEVEL) * points.length)} or fewer would be expected not to). Of ${allowed.runs} students whose F has ${M} positive components or more, ${allowed.learned} learned and ${allowed.undecided} are undecided.`,
  };
}

/**
 * A check of early stopping: students whose F has too few components of one sign are trained to the end all the same.
 */
type TrainedOnNumbers = {
  K: number[];
  learningRate: number;
  /** Until when. */
  alpha: number;
  students: number;
  learned: number;
  diverged: number;
};

function trainedOn(audit: Chance[]): Claim<TrainedOnNumbers> {
  const doomed = (key: 'runs' | 'learned' | 'diverged'): number =>
    sumOf(audit, (chance) => chance[key] - chance.allowed[key]);
  const K = audit.map((chance) => chance.K);
  const { learningRate, alpha } = AUDIT;
  const [students, learned, diverged] = [doomed('runs'), doomed('learned'), doomed('diverged')];
  return {
    by: 'alignode',
    says: `No student with fewer than ${M} positive feedback weights learns, also when it is trained on and not taken for stuck.`,
    holds: verdictOf(learned === 0),
    numbers: { K, learningRate, alpha, students, learned, diverged },
    found: `${learned} of ${students} such students with K = ${listed(K)} learned by α = ${short(alpha)} at η = ${learningRate}; ${diverged} diverged.`,
  };
}

function fewUndecided(all: Chance[]): Claim<{ undecided: number; students: number }> {
  const undecided = sumOf(all, (chance) => chance.undecided);
  const students = sumOf(all, ({ runs }) => runs);
  return {
    by: 'alignode',
    says: 'At most 2 % of the students are undecided.',
    holds: verdictOf(undecided <= 0.02 * students),
    numbers: { undecided, students },
    found: `${undecided} of ${students}`,
  };
}

/** How much work the figure is. */
export interface Effort {
  curves: LearningEffort;
  /** Students for each point, how long they are trained at most, and at which rate. */
  chances: { projected: number; trained: number; alpha: number; learningRate: number };
  /** Students for each K that are trained to the end, whatever their F. */
  audit: number;
}

const AUDIT = { learningRate: 0.3, alpha: 3000, patience: 3000, student: 'projected', seed: 3 } as const;

export type Figure4Claims = [
  Claim<SignsNumbers>,
  Claim<PrintedNumbers>,
  Claim<CorrectedNumbers>,
  Claim<TrainedOnNumbers>,
  Claim<{ undecided: number; students: number }>,
];

export async function drawFigure4(workshop: Workshop, effort: Effort): Promise<Drawing<Figure4Claims>> {
  const students = await curves(workshop, effort.curves);
  const runs = effort.chances;
  const projected: Chance[] = [];
  const trained: Chance[] = [];
  const common = { M, N, alpha: runs.alpha, learningRate: runs.learningRate };
  for (const K of SIZES) {
    projected.push(
      await chanceOf(workshop, { ...common, K, student: 'projected', runs: runs.projected, seed: 1 }),
    );
    if (runs.trained > 0)
      trained.push(
        await chanceOf(workshop, { ...common, K, student: 'trained', runs: runs.trained, seed: 2 }),
      );
  }
  const audit: Chance[] = [];
  for (const K of [2, 3, 4]) audit.push(await chanceOf(workshop, { ...AUDIT, M, N, K, runs: effort.audit }));
  const all = [...projected, ...trained];
  return {
    caption: `Left: one relu student by DFA for each number of positive feedback weights, ${vector('|F|', FEEDBACK)}; lines are theory from its start, points the trained student, open where it does not learn. When a student of finite N leaves a plateau is partly chance. Right: the chance that random feedback lets a student learn, by the formula and by students, each with a start, feedback and inputs of its own. ${RULE}`,
    parameters: {
      'left, problem': problemWith(2, effort.curves.last),
      'right, P(learn)': { ...common, K: SIZES, sigma: 0.01, learned: 1e-4 },
      'projected students a point': runs.projected,
      'trained students a point': runs.trained,
      'trained on': { ...AUDIT, K: [2, 3, 4], 'students a point': effort.audit },
    },
    panels: [curvesPanel(students), chancePanel(projected, trained)],
    claims: [signsDecide(students), printedSum(all), correctedSum(all), trainedOn(audit), fewUndecided(all)],
  };
}

const script = `import { learnProbability, plearn } from 'alignode';

console.log(learnProbability({ K: 3, positive: 2 })); // by the formula
const { points } = await plearn({ K: [2, 3, 4], M: 2, N: 500, runs: 10, student: 'projected', learningRate: 0.5 });
for (const { K, exact, fraction, interval } of points) console.log(K, exact, fraction, interval);
`;

export const figure4: Figure = {
  name: '4',
  title: 'The signs of the feedback decide: P(learn)',
  source: 'Figure 4 of Refinetti et al. 2021, and its inset',
  seconds: { quick: 36, full: 6000 },
  script,
  make: (workshop) =>
    drawFigure4(
      workshop,
      workshop.pick({
        quick: {
          curves: { last: 1500, student: 'trained' },
          chances: { projected: 40, trained: 0, alpha: 10_000, learningRate: 0.1 },
          audit: 20,
        },
        full: {
          curves: { last: 10_000, student: 'trained' },
          chances: { projected: 10_000, trained: 50, alpha: 30_000, learningRate: 0.1 },
          audit: 1000,
        },
      }),
    ),
};
