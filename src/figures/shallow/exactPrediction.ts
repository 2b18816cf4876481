import { type Panel, short, type Trace, vector } from '../../draw/index.ts';
import { type Comparison, compare } from '../../shallow/compare/index.ts';
import { resolveProblem } from '../../shallow/problem/index.ts';
import type { StudentKind } from '../../shallow/students/index.ts';
import { degenerateMinima, endsIn, studentAt } from '../../shallow/theory/index.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import { LEARNED, type Outcome, outcomeOf } from './learned.ts';
import {
  ERROR,
  errorTraces,
  feedback,
  LAST,
  last,
  N,
  oneBy,
  phasesShown,
  problemOf,
  type Rule,
  SEED,
  type Theory,
  TIME,
  theoryOf,
} from './oneStart.ts';
import type { OneStudent } from './oneStudent.ts';

/*
 * Figure 3a of Refinetti et al. 2021: theory predicts the test errors of a BP student and of a DFA student from the
 * same start. Also shown are the output weights v of the DFA student in their plane, at three times.
 */

const RULES: readonly Rule[] = ['dfa', 'bp'];

export interface PredictionSizes {
  student: StudentKind;
  /** Until when students and theory are compared: before any student leaves the plateau. */
  until: number;
  runs: number;
  scalingRuns: number;
}

/** How far students are from theory. */
interface Agreement {
  alpha: number[];
  agrees: boolean | null;
  message: string;
  /** The largest |z| over all times: for the means of students of this N, and for the limit N → ∞ from five N. */
  mean: number;
  limit: number;
  /** The number of tests of both, and the |z| that chance alone reaches among them once in a thousand times. */
  tests: number;
  bound: number;
  /** The test error: of theory, and by how much one student differs from another (a standard deviation). */
  theory: number[];
  spread: number[];
}

function agreement(
  workshop: Workshop,
  rule: Rule,
  times: number[],
  { runs, scalingRuns }: PredictionSizes,
): Promise<Agreement> {
  const problem = { ...problemOf(rule), alpha: times };
  const options = { N, runs, scalingRuns, seed: SEED, student: 'projected' } as const;
  return workshop.piece(
    `${rule.toUpperCase()} against theory, means and limit`,
    { problem, options },
    async (bench) => {
      const comparison = await compare(problem, {
        ...bench.machine,
        ...options,
        signal: bench.signal,
        onProgress: ({ fraction }) => bench.progress(fraction),
      });
      bench.note({ ...comparison.settings }, comparison.simulation.device);
      return agreementOf(comparison);
    },
  );
}

const largest = (tests: Comparison['tests'], what: 'mean' | 'limit'): number =>
  Math.max(...tests.filter(({ of }) => of === what).map(({ z }) => Math.abs(z)));

const agreementOf = ({ verdict, tests, simulation, theory }: Comparison): Agreement => ({
  alpha: simulation.alpha,
  agrees: verdict.agrees,
  message: verdict.message,
  mean: largest(tests, 'mean'),
  limit: largest(tests, 'limit'),
  tests: verdict.tests,
  bound: verdict.bound,
  theory: theory.eg,
  spread: simulation.stderr.eg.map((x) => x * Math.sqrt(simulation.runs)),
});

/** Every sixth of the times at which the student is drawn: three or four a decade. */
const timesOf = ({ alpha }: OneStudent, until: number): number[] =>
  alpha.filter((a, i) => i % 6 === 0 && a <= until);

export async function prediction(
  workshop: Workshop,
  sizes: PredictionSizes,
): Promise<Drawing<[Claim<PredictionNumbers>, Claim<EndNumbers>]>> {
  const [theories, students] = await Promise.all([
    Promise.all(RULES.map((rule) => theoryOf(workshop, rule))),
    Promise.all(RULES.map((rule) => oneBy(workshop, rule, sizes.student))),
  ]);
  // One after the other: each uses every core, and is kept once it is done.
  const compared: Agreement[] = [];
  for (const [i, rule] of RULES.entries())
    compared.push(await agreement(workshop, rule, timesOf(students[i], sizes.until), sizes));
  const [theory] = theories;
  const { aligned, plateau, leaves } = phasesShown(theory);
  return {
    caption: `Two erf students, K = M = 2, who start from the same weights: one trained by DFA, one by BP, with N = ${N} inputs (points), over the integrated equations (lines). Below: the plane of the output weights v of the one by DFA at three times. It first turns to F, is held on the plateau, and ends in the degenerate solution that is best aligned with F. With A = (1, 1) the eight solutions have four different v.`,
    parameters: {
      problem: problemOf('dfa'),
      F: feedback(),
      N,
      'seed of the students': SEED,
      'compared with theory': `${sizes.runs} projected students at times until α = ${sizes.until}, and ${sizes.scalingRuns} at each of five N for the bias of a finite N`,
    },
    panels: [
      {
        name: '3a-error',
        title: 'Test error: theory, and one student each',
        x: TIME,
        y: ERROR,
        traces: RULES.flatMap((rule, i) => errorTraces(rule, theories[i], students[i])),
      },
      plane('aligned', 'Aligned', aligned, theory, students[0]),
      plane('plateau', 'On the plateau', Math.round((plateau + leaves) / 2), theory, students[0]),
      plane('end', 'At the end', theory.alpha.length - 1, theory, students[0]),
    ],
    claims: [predicts(theories, students, compared), endsBestAligned(students[0])],
  };
}

/** The plane of v at one time: solutions, A, F, the way of v so far, and v. */
function plane(name: string, title: string, i: number, theory: Theory, student: OneStudent): Panel {
  const problem = problemOf('dfa');
  const solutions = new Map(
    [...degenerateMinima(problem)].map((minimum) => {
      const { v } = studentAt(problem, minimum);
      return [v.join(), { v, text: `overlap with F ${short(minimum.overlap)}` }];
    }),
  );
  const all = [...solutions.values()];
  const arrow = (what: string, colour: number, [x, y]: number[]): Trace => ({
    name: what,
    mark: 'arrow',
    colour,
    x: [x],
    y: [y],
  });
  const way = theory.v.slice(0, i + 1);
  const seen = student.v.slice(0, i + 1);
  return {
    name: `3a-${name}`,
    title: `${title}, α = ${short(theory.alpha[i])}`,
    x: { label: 'v_1', range: [-1.8, 1.8] },
    y: { label: 'v_2', range: [-1.8, 1.8] },
    square: true,
    traces: [
      {
        name: 'degenerate solutions',
        mark: 'open points',
        colour: 1,
        x: all.map(({ v }) => v[0]),
        y: all.map(({ v }) => v[1]),
        text: all.map(({ text }) => text),
      },
      arrow('teacher A', 1, resolveProblem(problem).teacher.A),
      arrow('feedback F', 2, feedback()),
      {
        name: 'v so far, theory',
        mark: 'line',
        colour: 0,
        x: way.map(([x]) => x),
        y: way.map(([, y]) => y),
      },
      {
        name: 'v so far, student',
        mark: 'points',
        colour: 0,
        x: seen.map(([x]) => x),
        y: seen.map(([, y]) => y),
      },
      arrow('v of the student', 0, last(seen)),
    ],
  };
}

/** What is found of one rule. */
type RuleNumbers = {
  /** The times at which students and theory are compared. */
  alpha: number[];
  /** The largest |z|: for the means of students, and for the limit N → ∞ from five N. */
  mean: number;
  limit: number;
  /** The number of tests of both, and the |z| that chance alone reaches among them once in a thousand times. */
  tests: number;
  bound: number;
  /** The student that is drawn: how far it is from theory, in standard deviations of one student. */
  alone: number;
  theory: Outcome;
  student: Outcome;
};
type PredictionNumbers = { N: number } & Record<Rule, RuleNumbers>;

function predicts(
  theories: Theory[],
  students: OneStudent[],
  compared: Agreement[],
): Claim<PredictionNumbers> {
  const numbers = RULES.map((_, r): RuleNumbers => {
    const { alpha, mean, limit, tests, bound, theory, spread } = compared[r];
    const student = students[r];
    const off = alpha.map((a, i) => Math.abs(student.eg[student.alpha.indexOf(a)] - theory[i]) / spread[i]);
    return {
      alpha,
      mean,
      limit,
      tests,
      bound,
      alone: Math.max(...off),
      theory: outcomeOf(theories[r]),
      student: outcomeOf(student),
    };
  });
  const holds = compared.some(({ agrees }, r) => agrees === false || numbers[r].alone > numbers[r].bound)
    ? 'no'
    : compared.every(({ agrees }) => agrees)
      ? 'yes'
      : 'undecided';
  const time = ({ learnedAt }: Outcome): string =>
    learnedAt === null ? 'no time shown' : `α = ${short(learnedAt)}`;
  const sentences = RULES.map((rule, r) => {
    const { agrees, message } = compared[r];
    const { alpha, mean, limit, tests, bound, alone, theory, student } = numbers[r];
    return `${rule.toUpperCase()}: the means of students, less the bias of N = ${N}, lie at most ${mean.toFixed(2)} standard errors from theory, and what students of five N leave for N → ∞ at most ${limit.toFixed(2)}, in ${tests} tests in all at ${alpha.length} times until α = ${short(last(alpha))} (were errors normal, ${bound.toFixed(2)} would be the bound for one false alarm in a thousand)${agrees ? '' : `; ${message}`}. The student drawn lies at most ${alone.toFixed(2)} standard deviations of one student from theory at these times. On a grid of 20 times a decade its error is first below ${short(LEARNED)} of that at the start at ${time(student)}, in theory at ${time(theory)}.`;
  });
  return {
    by: 'paper',
    says: 'Theory gives an exact prediction for the dynamics of learning.',
    holds,
    numbers: { N, dfa: numbers[0], bp: numbers[1] },
    found: `${sentences.join(' ')} When a student of finite N leaves the plateau is partly chance: times after it are drawn, and not tested.`,
  };
}

/** The student's v at the first and the last time, and how far the solution is in which it ends. */
type EndNumbers = {
  F: number[];
  first: { alpha: number; v: number[] };
  last: { alpha: number; v: number[] };
  distance: number;
};

function endsBestAligned(student: OneStudent): Claim<EndNumbers> {
  const problem = problemOf('dfa');
  const v = last(student.v);
  const { best, distance } = endsIn(problem, { Q: last(student.Q), R: last(student.R), v });
  const F = feedback();
  const [begins, ends] = [
    { alpha: student.alpha[0], v: student.v[0] },
    { alpha: last(student.alpha), v },
  ];
  return {
    by: 'paper',
    says: 'The student trained by DFA ends in the degenerate solution of greatest overlap with F.',
    holds: verdictOf(best),
    numbers: { F, first: begins, last: ends, distance },
    found: `${vector('F', F)}; ${vector('v', begins.v)} at α = ${short(begins.alpha)} and ${vector('v', ends.v)} at α = ${short(ends.alpha)}, within ${short(distance)} of ${best ? 'that' : 'another'} solution in every order parameter.`,
  };
}

const predictionScript = `import { endsIn, integrate, simulate } from 'alignode';

const problem = {
  activation: 'erf',
  learningRate: 0.1,
  teacher: { draw: { M: 2, N: ${N}, seed: ${SEED} } },
  student: { draw: { K: 2, N: ${N}, sigma: 0.01, seed: ${SEED} } },
  feedback: { draw: 'normal' as const, seed: ${SEED} },
  alpha: { from: 1, to: ${LAST}, points: 8 },
};
for (const rule of ['dfa', 'bp']) {
  const theory = integrate({ ...problem, rule });
  // "projected" has the law of "trained" and is faster.
  const student = await simulate({ ...problem, rule }, { N: ${N}, seed: ${SEED}, student: 'projected' });
  const { eg, Q, R, v } = student.mean;
  console.log(rule, 'alpha, error in theory, error of a student, v');
  student.alpha.forEach((alpha, i) => console.log(alpha, theory.eg[i], eg[i], v[i]));
  console.log('ends in', endsIn({ ...problem, rule }, { Q: Q.at(-1)!, R: R.at(-1)!, v: v.at(-1)! }));
}
`;

export const figure3a: Figure = {
  name: '3a',
  title: 'Theory gives an exact prediction',
  source: 'Figure 3a of Refinetti et al. 2021',
  seconds: { quick: 18, full: 75 },
  script: predictionScript,
  make: (workshop) =>
    prediction(
      workshop,
      workshop.pick<PredictionSizes>({
        quick: { student: 'trained', until: 250, runs: 100, scalingRuns: 100 },
        full: { student: 'trained', until: 500, runs: 1000, scalingRuns: 200 },
      }),
    ),
};
