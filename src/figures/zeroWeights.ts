import type { Problem, ResolvedProblem } from '../problem/index.ts';
import type { StudentKind } from '../simulation/index.ts';
import { integrate, plateau } from '../theory/index.ts';
import { knownPart } from './known.ts';
import { type OneStudent, oneStudent } from './oneStudent.ts';
import type { Claim, Drawing, Figure, Trace } from './types.ts';
import { short, vector } from './words.ts';
import type { Workshop } from './workshop.ts';

/*
 * Figure 10 of Refinetti et al. 2021: erf students who start from weights that are all zero, with feedback weights that
 * are normal, or orthogonal to the teacher's output weights A.
 *
 * For A = (1, 1) the orthogonal ones are F = (f, −f). Then W_2 = −W_1 and v_2 = −v_1 at the start (all are 0) and after every
 * step of section 2 of the theory: λ_2 = −λ_1, g' is even and g odd, so that the two units always get opposite updates. Such a
 * student is one unit with output weight 2 v_1, at any N and for whatever inputs.
 */

const N = 500;
/** Below this part of the error at the start a student has learned. */
const LEARNED = 1e-4;
/** Where theory ends. A plateau of η = 0.1 lasts some 1,000; who is still there at this time does not leave it. */
const LAST = 1e5;

const nothing = {
  Q: [
    [0, 0],
    [0, 0],
  ],
  R: [
    [0, 0],
    [0, 0],
  ],
  v: [0, 0],
};
const orthonormal = [
  [1, 0],
  [0, 1],
];
/** A teacher of random weights: T is nearly, not exactly, the identity. */
const random = {
  teacher: { draw: { M: 2, N, seed: 7 } },
  student: { draw: { K: 2, N, sigma: 0, seed: 1 } },
};
const exact = (A: number[]): Pick<Problem, 'teacher' | 'student'> => ({
  teacher: { T: orthonormal, A },
  student: nothing,
});

const CASES = {
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

const problemOf = ({ teacher, student, feedback }: (typeof CASES)[CaseName], to: number): Problem => ({
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.1,
  teacher,
  student,
  feedback,
  alpha: { from: 1, to, points: 1 + Math.round(20 * Math.log10(to)) },
});

interface Theory {
  alpha: number[];
  eg: number[];
  problem: ResolvedProblem;
  /** When it had come to rest, if it had. */
  rests: number | null;
}

function theoryOf(workshop: Workshop, problem: Problem): Promise<Theory> {
  return workshop.piece('zero weights, theory', { problem }, async () => {
    const curve = integrate(problem);
    return { ...knownPart(curve), problem: curve.problem, rests: curve.stats.heldFrom };
  });
}

/** Many normal feedback vectors, in theory. */
interface Many {
  last: number;
  learned: number;
  /** The smallest |F_k| of each who has not learned. */
  slow: number[];
}

function manyFeedbacks(workshop: Workshop, feedbacks: number): Promise<Many> {
  const last = 3e4;
  const problem = { ...problemOf(CASES.normal, 1), alpha: [0, last] };
  return workshop.piece('zero weights, many feedback vectors', { problem, feedbacks }, async (bench) => {
    const slow: number[] = [];
    for (let seed = 1; seed <= feedbacks; seed++) {
      bench.signal.throwIfAborted();
      const { eg, problem: resolved } = integrate({ ...problem, feedback: { draw: 'normal', seed } });
      if (eg[1] >= LEARNED * eg[0]) slow.push(Math.min(...(resolved.feedback ?? []).map(Math.abs)));
      bench.progress(seed / feedbacks);
    }
    return { last, learned: feedbacks - slow.length, slow };
  });
}

export interface ZeroWeightsSizes {
  student: StudentKind;
  /** How long students are trained. */
  last: number;
  /** How many feedback vectors are tried in theory. */
  feedbacks: number;
}

export async function zeroWeights(
  workshop: Workshop,
  { student, last, feedbacks }: ZeroWeightsSizes,
): Promise<Drawing> {
  const theory = (name: CaseName) => theoryOf(workshop, problemOf(CASES[name], LAST));
  const trained = (name: CaseName) =>
    oneStudent(workshop, problemOf(CASES[name], last), { N, seed: 1, student });
  const [normal, orthogonal, parallel, unequal, equal, twins] = await Promise.all(
    (Object.keys(CASES) as CaseName[]).map(theory),
  );
  const [inFact, stuckInFact, unequalInFact, twinsInFact] = await Promise.all(
    (['normal', 'orthogonal', 'unequal', 'twins'] as const).map(trained),
  );
  const many = await manyFeedbacks(workshop, feedbacks);

  return {
    caption:
      'Test error of erf students who start from zero weights, trained by DFA. To leading order v_k = (1/π²) η² |A|² F_k α²: the output weights begin along F even where F is orthogonal to A, and the error falls to the plateau. With F = (f, −f) the second unit then stays the mirror image of the first, W₂ = −W₁ and v₂ = −v₁, after every single example, and one unit cannot be two. Lines: theory. Points: students trained with N = 500 inputs.',
    parameters: {
      problem: problemOf(CASES.orthogonal, LAST),
      normal: vector('F', feedbackOf(normal)),
      orthogonal: vector('F', feedbackOf(orthogonal)),
      N,
      'seed of the students': 1,
      'students trained to': last,
      'feedback vectors tried in theory': feedbacks,
      learned: `test error below ${LEARNED} of that at the start`,
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
      recovers(normal, inFact, many),
      sizesDecide(parallel, unequal, equal, unequalInFact),
      twinsNeedNoise(twins, twinsInFact),
    ],
  };
}

const axes = {
  x: { label: 'time α = examples / N', log: true },
  y: { label: 'test error ε', log: true, range: [1e-12, 1] as [number, number] },
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
const learnedAt = ({ alpha, eg }: { alpha: number[]; eg: number[] }): number | undefined =>
  alpha.find((_, i) => eg[i] < LEARNED * eg[0]);
/** "learns at α = 1300" or "ends at ε = 0.0129". */
const outcome = (curve: { alpha: number[]; eg: number[] }): string => {
  const at = learnedAt(curve);
  return at === undefined
    ? `ends at ε = ${short(end(curve))} at α = ${short(curve.alpha[curve.alpha.length - 1])}`
    : `has learned at α = ${short(at)}`;
};
const yes = (holds: boolean): Claim['holds'] => (holds ? 'yes' : 'no');

function staysOnPlateau(theory: Theory, student: OneStudent): Claim {
  // The largest difference there has been between a unit and the other's mirror image.
  const apart = Math.max(
    ...student.v.map(([a, b]) => Math.abs(a + b)),
    ...student.Q.map(([[a, c], [, b]]) => Math.max(Math.abs(a - b), Math.abs(a + c))),
  );
  return {
    by: 'paper',
    says: 'With F orthogonal to A a student from zero weights remains stuck on the plateau and cannot learn.',
    holds: yes(
      learnedAt(theory) === undefined && learnedAt(student) === undefined && end(student) > 0.5 * end(theory),
    ),
    found: `${vector('F', feedbackOf(theory))}: theory ${outcome(theory)}${theory.rests === null ? '' : `, at rest since α = ${short(theory.rests)}`} (the plateau for η → 0 has ε = ${short(plateau(theory.problem).eg)}); the student, N = ${N}, ${outcome(student)}. Noise of finite N does not free her: her units are mirror images to ${apart === 0 ? 'the last bit' : short(apart)} after ${Math.round(N * student.alpha[student.alpha.length - 1])} examples.`,
  };
}

function recovers(theory: Theory, student: OneStudent, { last, learned, slow }: Many): Claim {
  const rest =
    slow.length === 0
      ? ''
      : ` The others are slow: their smaller |F_k| is at most ${short(Math.max(...slow))}, and the figure "slow-feedback" shows how the time grows as it falls.`;
  return {
    by: 'paper',
    says: 'With normal F recovery from zero weights is perfect.',
    holds: yes(learnedAt(theory) !== undefined && learnedAt(student) !== undefined),
    found: `${vector('F', feedbackOf(theory))}: theory ${outcome(theory)}, the student ${outcome(student)}. Of ${learned + slow.length} normal F, theory has learned with ${learned} at α = ${short(last)}.${rest}`,
  };
}

function sizesDecide(parallel: Theory, unequal: Theory, equal: Theory, student: OneStudent): Claim {
  return {
    by: 'alignode',
    says: 'It is |F₁| = |F₂| that holds the student, not that F is orthogonal to A: the two are the same for A = (1, 1) only.',
    holds: yes(
      learnedAt(parallel) === undefined &&
        learnedAt(equal) === undefined &&
        learnedAt(unequal) !== undefined &&
        end(student) < 0.1 * end(equal),
    ),
    found: `A = (1, 1), ${vector('F', feedbackOf(parallel))}, parallel to A: ${outcome(parallel)}. A = (1, 0.6), ${vector('F', feedbackOf(equal))}: ${outcome(equal)}. A = (1, 0.6), ${vector('F', feedbackOf(unequal))}, orthogonal: ${outcome(unequal)}, the student at ε = ${short(end(student))} at α = ${short(student.alpha[student.alpha.length - 1])} where theory has ${short(at(unequal, student.alpha[student.alpha.length - 1]))}.`,
  };
}

/** The error at the last time that is not after `alpha`. */
const at = (theory: Theory, alpha: number): number =>
  theory.eg[theory.alpha.findLastIndex((a) => a <= alpha * (1 + 1e-9))];

function twinsNeedNoise(theory: Theory, student: OneStudent): Claim {
  return {
    by: 'alignode',
    says: 'In theory a student from zero weights never learns, whatever F, if the two units of the teacher are exactly alike (T = 1, A = (1, 1)), because R_k1 = R_k2 at all times. A student of finite N does: the noise of her inputs tells the two apart.',
    holds: yes(learnedAt(theory) === undefined && learnedAt(student) !== undefined),
    found: `${vector('F', feedbackOf(theory))}: theory ${outcome(theory)}; the student, N = ${N}, ${outcome(student)}.`,
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
  seconds: { quick: 14, full: 50 },
  script,
  make: (workshop) =>
    zeroWeights(
      workshop,
      workshop.pick<ZeroWeightsSizes>({
        quick: { student: 'trained', last: 3000, feedbacks: 100 },
        full: { student: 'trained', last: 10_000, feedbacks: 1000 },
      }),
    ),
};
