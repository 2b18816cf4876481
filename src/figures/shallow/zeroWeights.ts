import { listed, short, type Trace, vector } from '../../draw/index.ts';
import { log10 } from '../../numbers/index.ts';
import type { Problem, ResolvedProblem } from '../../shallow/problem/index.ts';
import type { StudentKind } from '../../shallow/students/index.ts';
import { integrate, integrateInSteps, plateau } from '../../shallow/theory/index.ts';
import { breathing } from '../../support/breath.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import { most } from './extremes.ts';
import { ORTHONORMAL, ZERO_WEIGHTS } from './fromZero.ts';
import { knownPart } from './known.ts';
import { LEARNED, learnedAt, type Outcome, outcomeOf } from './learned.ts';
import { type OneStudent, oneStudent } from './oneStudent.ts';

/*
 * Figure 10 of Refinetti et al. 2021: erf students that start from zero weights, with feedback weights that are normal,
 * or orthogonal to the teacher's output weights A.
 *
 * For A = (1, 1) the orthogonal ones are F = (f, −f). Then W_2 = −W_1 and v_2 = −v_1 at the start (all are 0) and after
 * every step of section 2 of the theory: λ_2 = −λ_1, g' is even and g odd, so that the two units always get opposite
 * updates. Such a student is one unit with output weight 2 v_1, at any N and for any inputs.
 */

export const N = 500;
/**
 * The last time of theory. A plateau of η = 0.1 lasts some 1,000; a student that is still there at this time does not
 * leave it.
 */
export const LAST = 1e5;
/** Theory knows an error down to a few times 1e-10 with this. */
const RTOL = 1e-11;

/** A teacher of random weights: T is nearly, not exactly, the identity. */
const random = {
  teacher: { draw: { M: 2, N, seed: 7 } },
  student: { draw: { K: 2, N, sigma: 0, seed: 1 } },
};
const exact = (A: number[]): Pick<Problem, 'teacher' | 'student'> => ({
  teacher: { T: ORTHONORMAL, A },
  student: ZERO_WEIGHTS,
});

export const CASES = {
  normal: { name: 'F normal', ...random, feedback: { draw: 'normal', seed: 6 } },
  orthogonal: { name: 'F orthogonal to A', ...random, feedback: { draw: 'orthogonal', seed: 3 } },
  parallel: { name: 'A = (1, 1), F = (0.9, 0.9), parallel to A', ...random, feedback: [0.9, 0.9] },
  unequal: {
    name: 'A = (1, 0.6), F = (0.9, −1.5), orthogonal to A',
    ...exact([1, 0.6]),
    feedback: [0.9, -1.5],
  },
  equal: { name: 'A = (1, 0.6), F = (0.9, −0.9)', ...exact([1, 0.6]), feedback: [0.9, -0.9] },
  twins: {
    name: 'A = (1, 1), T exactly 1, F as "normal"',
    ...exact([1, 1]),
    feedback: { draw: 'normal', seed: 6 },
  },
} satisfies Record<string, Pick<Problem, 'teacher' | 'student' | 'feedback'> & { name: string }>;
type CaseName = keyof typeof CASES;

export const problemOf = ({ teacher, student, feedback }: (typeof CASES)[CaseName], to: number): Problem => ({
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.1,
  teacher,
  student,
  feedback,
  alpha: { from: 1, to, points: 1 + Math.round(20 * log10(to)) },
});

interface Theory {
  alpha: number[];
  eg: number[];
  problem: ResolvedProblem;
  /** When it had come to rest, if it had. */
  rests: number | null;
}

export function theoryOf(workshop: Workshop, problem: Problem): Promise<Theory> {
  return workshop.piece('zero weights, theory', { problem, rtol: RTOL }, async () => {
    const curve = integrate(problem, { rtol: RTOL });
    return { ...knownPart(curve), problem: curve.problem, rests: curve.stats.heldFrom };
  });
}

/** Students that learn later than this are named. */
const LATE = 3e4;
/** At most this many are named. */
const MOST_NAMED = 12;

/** One of many normal feedback vectors, in theory. */
interface Learner {
  /** The smaller |F_k|. */
  smaller: number;
  /** null: not by the longest time. */
  learnedAt: number | null;
}

function manyFeedbacks(
  workshop: Workshop,
  { feedbacks, first, longest }: ZeroWeightsSizes,
): Promise<Learner[]> {
  const problem = problemOf(CASES.normal, longest);
  const inputs = { problem, feedbacks, first };
  return workshop.piece('zero weights, when many feedback vectors learn', inputs, async (bench) => {
    const turn = breathing();
    const all: Learner[] = [];
    for (let seed = first; seed < first + feedbacks; seed++) {
      const one = { ...problem, feedback: { draw: 'normal', seed } } as const;
      const steps = integrateInSteps(one, { rtol: 1e-7, maxSteps: 1e8 });
      for (;;) {
        await turn();
        bench.signal.throwIfAborted();
        const { value, done } = steps.next();
        const curve = done ? value : value.curve;
        const at = learnedAt(curve);
        if (at === undefined && !done) continue;
        const { feedback = [] } = curve.problem;
        all.push({ smaller: Math.min(...feedback.map(Math.abs)), learnedAt: at ?? null });
        break;
      }
      bench.progress(all.length / feedbacks);
    }
    return all;
  });
}

export interface ZeroWeightsSizes {
  student: StudentKind;
  /** How long students are trained. */
  last: number;
  /**
   * How many feedback vectors are tried in theory, and how long the slow students, those with a small |F_k|, are
   * followed.
   */
  feedbacks: number;
  /** The first of their seeds, which follow one another. */
  first: number;
  longest: number;
}

type ZeroWeightsClaims = [
  Claim<StuckNumbers>,
  Claim<RecoveryNumbers>,
  Claim<SizesNumbers>,
  Claim<TwinsNumbers>,
];

export async function zeroWeights(
  workshop: Workshop,
  sizes: ZeroWeightsSizes,
): Promise<Drawing<ZeroWeightsClaims>> {
  const { student, last, feedbacks, first, longest } = sizes;
  const theory = (name: CaseName) => theoryOf(workshop, problemOf(CASES[name], LAST));
  const trained = (name: CaseName) =>
    oneStudent(workshop, problemOf(CASES[name], last), { N, seed: 1, student });
  const [normal, orthogonal, parallel, unequal, equal, twins] = await Promise.all(
    (Object.keys(CASES) as CaseName[]).map(theory),
  );
  const [inFact, stuckInFact, unequalInFact, twinsInFact] = await Promise.all(
    (['normal', 'orthogonal', 'unequal', 'twins'] as const).map(trained),
  );
  const many = await manyFeedbacks(workshop, sizes);

  return {
    caption:
      'Test error of erf students who start from zero weights, trained by DFA. To leading order v_k = (1/π²) η² |A|² F_k α²: the output weights begin along F even where F is orthogonal to A, and the error falls to the plateau. With F = (f, −f) the second unit then stays the mirror image of the first, W₂ = −W₁ and v₂ = −v₁, after every single example, and one unit cannot be two. Lines: theory, as far down as it is known. Points: students trained with N = 500 inputs.',
    parameters: {
      problem: problemOf(CASES.orthogonal, LAST),
      'F, normal': feedbackOf(normal),
      'F, orthogonal': feedbackOf(orthogonal),
      N,
      'seed of the students': 1,
      'students trained to': last,
      'feedback vectors tried in theory': `${feedbacks}, normal, seeds ${first} to ${first + feedbacks - 1}, until α = ${short(longest)}`,
      learned: `test error below ${short(LEARNED)} of that at the start`,
    },
    panels: [
      {
        name: '10-error',
        title: 'Zero initial weights, A = (1, 1)',
        ...axes,
        traces: [...traces('normal', 0, normal, inFact), ...traces('orthogonal', 1, orthogonal, stuckInFact)],
      },
      {
        name: '10-cause',
        title: 'What holds a student there',
        ...axes,
        traces: [
          ...traces('parallel', 4, parallel),
          ...traces('equal', 3, equal),
          ...traces('unequal', 2, unequal, unequalInFact),
          ...traces('twins', 5, twins, twinsInFact),
        ],
        note: 'Orthogonality does not matter: a student with |F₁| = |F₂| stays, orthogonal or not, and one with |F₁| ≠ |F₂| learns, orthogonal or not, unless the two units of the teacher are exactly alike.',
      },
    ],
    claims: [
      staysOnPlateau(orthogonal, stuckInFact),
      recovers(normal, inFact, many, longest),
      sizesDecide(parallel, unequal, equal, unequalInFact),
      twinsNeedNoise(twins, twinsInFact),
    ],
  };
}

const axes = {
  x: { label: 'time α = examples / N', log: true },
  y: { label: 'test error ε_g', log: true, range: [1e-10, 1] as [number, number] },
};

function traces(name: CaseName, colour: number, theory: Theory, student?: OneStudent): Trace[] {
  const line: Trace = { name: CASES[name].name, mark: 'line', colour, x: theory.alpha, y: theory.eg };
  if (!student) return [line];
  return [
    line,
    {
      name: `${CASES[name].name}: student, N = ${N}`,
      mark: 'points',
      colour,
      x: student.alpha,
      y: student.eg,
      silent: true,
    },
  ];
}

const feedbackOf = ({ problem }: Theory): number[] => problem.feedback ?? [];
const end = ({ eg }: { eg: number[] }): number => eg[eg.length - 1];
/** "has learned at α = 1300" or "ends at ε_g = 0.0129 at α = 10⁵". */
const inWords = ({ learnedAt, last }: Outcome): string =>
  learnedAt === null
    ? `ends at ε_g = ${short(last.eg)} at α = ${short(last.alpha)}`
    : `has learned at α = ${short(learnedAt)}`;

type StuckNumbers = {
  F: number[];
  theory: Outcome & { atRestSince: number | null };
  /** The error of the plateau for η → 0. */
  plateau: number;
  student: Outcome;
  N: number;
  /**
   * The largest difference at any time between a unit of the student and the mirror image of the other, and after how
   * many examples.
   */
  apart: number;
  examples: number;
};

export function staysOnPlateau(theory: Theory, student: OneStudent): Claim<StuckNumbers> {
  const apart = Math.max(
    ...student.v.map(([a, b]) => Math.abs(a + b)),
    ...student.Q.map(([[a, c], [, b]]) => Math.max(Math.abs(a - b), Math.abs(a + c))),
  );
  const inFact = outcomeOf(student);
  const numbers: StuckNumbers = {
    F: feedbackOf(theory),
    theory: { ...outcomeOf(theory), atRestSince: theory.rests },
    plateau: plateau(theory.problem).eg,
    student: inFact,
    N,
    apart,
    examples: Math.round(N * inFact.last.alpha),
  };
  const { atRestSince } = numbers.theory;
  return {
    by: 'paper',
    says: 'With F orthogonal to A a student from zero weights remains stuck on the plateau and cannot learn.',
    holds: verdictOf(
      numbers.theory.learnedAt === null && inFact.learnedAt === null && end(student) > 0.5 * end(theory),
    ),
    numbers,
    found: `${vector('F', numbers.F)}: theory ${inWords(numbers.theory)}${atRestSince === null ? '' : `, at rest since α = ${short(atRestSince)}`} (the plateau for η → 0 has ε_g = ${short(numbers.plateau)}); the student, N = ${N}, ${inWords(inFact)}. Noise of finite N does not free it: its units are mirror images to ${apart === 0 ? 'the last bit' : short(apart)} after ${numbers.examples} examples.`,
  };
}

type RecoveryNumbers = {
  F: number[];
  theory: Outcome;
  student: Outcome;
  /** The number of normal F tried in theory, and of those with which the student learns: in all, and soon. */
  feedbacks: number;
  learned: number;
  soon: number;
  /** Those that learn later, the last few of them. */
  late: { count: number; slowest: { learnedAt: number; smaller: number }[] };
  /** Those that do not in time, and the largest of their smaller |F_k|. */
  open: { count: number; smaller: number | null };
};

function recovers(
  theory: Theory,
  student: OneStudent,
  all: Learner[],
  longest: number,
): Claim<RecoveryNumbers> {
  const never = all.filter(({ learnedAt }) => learnedAt === null);
  const late = all
    .flatMap(({ smaller, learnedAt }) =>
      learnedAt !== null && learnedAt > LATE ? [{ smaller, learnedAt }] : [],
    )
    .sort((a, b) => a.learnedAt - b.learnedAt);
  const numbers: RecoveryNumbers = {
    F: feedbackOf(theory),
    theory: outcomeOf(theory),
    student: outcomeOf(student),
    feedbacks: all.length,
    learned: all.length - never.length,
    soon: all.length - never.length - late.length,
    late: { count: late.length, slowest: late.slice(-MOST_NAMED) },
    open: { count: never.length, smaller: most(never.map(({ smaller }) => smaller)) },
  };
  const learns = numbers.theory.learnedAt !== null && numbers.student.learnedAt !== null;
  return {
    by: 'paper',
    says: 'With normal F recovery from zero weights is perfect.',
    holds: learns ? (never.length === 0 ? 'yes' : 'undecided') : 'no',
    numbers,
    found: recoveryInWords(numbers, longest),
  };
}

function recoveryInWords(
  { F, theory, student, feedbacks, learned, soon, late, open }: RecoveryNumbers,
  longest: number,
): string {
  const { count, slowest } = late;
  const later =
    count === 0
      ? ''
      : ` Later, the smaller |F_k| in brackets: ${count}, ${slowest.length < count ? `the last ${slowest.length} of them ` : ''}at ${listed(slowest.map((one) => `α = ${short(one.learnedAt)} (${short(one.smaller)})`))}.`;
  const missing =
    open.smaller === null
      ? ''
      : ` Not by α = ${short(longest)}: ${open.count}, with a smaller |F_k| of at most ${short(open.smaller)}.`;
  return `${vector('F', F)}: theory ${inWords(theory)}, the student ${inWords(student)}. Of ${feedbacks} normal F, theory learns with ${learned}: with ${soon} by α = ${LATE}, on a grid of 20 times a decade.${later}${missing} The figure "slow-feedback" shows how the time grows as |F_k| falls.`;
}

type WithF = Outcome & { F: number[] };
const withF = (theory: Theory): WithF => ({ ...outcomeOf(theory), F: feedbackOf(theory) });

type SizesNumbers = {
  /** Theory: A = (1, 1), F parallel to A; A = (1, 0.6), |F₁| = |F₂|; the same A, F orthogonal to it. */
  parallel: WithF;
  equal: WithF;
  unequal: WithF;
  /**
   * For the last one, a student at its last time, and theory then: its error, or an upper bound where it is not known.
   */
  student: { alpha: number; eg: number };
  inTheory: { eg: number | null; below: number | null };
};

function sizesDecide(
  parallel: Theory,
  unequal: Theory,
  equal: Theory,
  student: OneStudent,
): Claim<SizesNumbers> {
  const { last } = outcomeOf(student);
  const numbers: SizesNumbers = {
    parallel: withF(parallel),
    equal: withF(equal),
    unequal: withF(unequal),
    student: last,
    inTheory: errorAt(unequal, last.alpha),
  };
  const { inTheory } = numbers;
  const described = (one: WithF, more: string): string => `${vector('F', one.F)}${more}: ${inWords(one)}`;
  return {
    by: 'alignode',
    says: 'It is |F₁| = |F₂| that holds the student, not that F is orthogonal to A: the two are the same for A = (1, 1) only.',
    holds: verdictOf(
      numbers.parallel.learnedAt === null &&
        numbers.equal.learnedAt === null &&
        numbers.unequal.learnedAt !== null &&
        last.eg < 0.1 * numbers.equal.last.eg,
    ),
    numbers,
    found: `A = (1, 1), ${described(numbers.parallel, ', parallel to A')}. A = (1, 0.6), ${described(numbers.equal, '')}. A = (1, 0.6), ${described(numbers.unequal, ', orthogonal')}, the student at ε_g = ${short(last.eg)} at α = ${short(last.alpha)} where theory has ${inTheory.eg === null ? `less than ${short(inTheory.below ?? 0)}` : short(inTheory.eg)}.`,
  };
}

/**
 * The error at the last time that is not after `alpha`; or, where the curve ends earlier, its last error, as an upper
 * bound.
 */
function errorAt({ alpha: times, eg }: Theory, alpha: number): SizesNumbers['inTheory'] {
  const i = times.findLastIndex((a) => a <= alpha * (1 + 1e-9));
  const known = i < times.length - 1 || times[i] > alpha * (1 - 1e-9);
  return known ? { eg: eg[i], below: null } : { eg: null, below: eg[i] };
}

type TwinsNumbers = { F: number[]; theory: Outcome; student: Outcome; N: number };

function twinsNeedNoise(theory: Theory, student: OneStudent): Claim<TwinsNumbers> {
  const numbers: TwinsNumbers = {
    F: feedbackOf(theory),
    theory: outcomeOf(theory),
    student: outcomeOf(student),
    N,
  };
  return {
    by: 'alignode',
    says: 'In theory a student from zero weights never learns, whatever F, if the two units of the teacher are exactly alike (T = 1, A = (1, 1)), because R_k1 = R_k2 at all times. A student of finite N does: the noise of its inputs tells the two apart.',
    holds: verdictOf(numbers.theory.learnedAt === null && numbers.student.learnedAt !== null),
    numbers,
    found: `${vector('F', numbers.F)}: theory ${inWords(numbers.theory)}; the student, N = ${N}, ${inWords(numbers.student)}.`,
  };
}

const script = `import { integrate } from 'alignode';

const run = (name: string, A: number[], feedback: number[]) => {
  const { alpha, eg } = integrate({
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.1,
    teacher: { T: [[1.02, 0], [0, 1.08]], A },
    student: { Q: [[0, 0], [0, 0]], R: [[0, 0], [0, 0]], v: [0, 0] },
    feedback,
    alpha: { from: 1, to: 1e5, points: 6 },
  });
  console.log(name, alpha.map((a, i) => \`\${Math.round(a)}: \${eg[i].toPrecision(3)}\`).join('  '));
};
run('any F              ', [1, 1], [-1, 0.9]);
run('orthogonal to A    ', [1, 1], [0.9, -0.9]);
run('parallel to A      ', [1, 1], [0.9, 0.9]);
run('orthogonal, unequal', [1, 0.6], [0.9, -1.5]);
`;

export const figure10: Figure = {
  name: '10',
  title: 'Zero initial weights',
  source: 'Figure 10 of Refinetti et al. 2021',
  seconds: { quick: 11, full: 90 },
  script,
  make: (workshop) =>
    zeroWeights(
      workshop,
      workshop.pick<ZeroWeightsSizes>({
        // None of these |F_k| is below 0.004: with one of 10⁻⁴ a student takes as long as all others together.
        quick: { student: 'trained', last: 3000, feedbacks: 100, first: 101, longest: 1e8 },
        full: { student: 'trained', last: 10_000, feedbacks: 1000, first: 1, longest: 1e8 },
      }),
    ),
};
