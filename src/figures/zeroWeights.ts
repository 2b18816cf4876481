import { breathing } from '../breath.ts';
import type { Problem, ResolvedProblem } from '../problem/index.ts';
import type { StudentKind } from '../simulation/index.ts';
import { integrate, integrateInSteps, plateau } from '../theory/index.ts';
import { ORTHONORMAL, ZERO_WEIGHTS } from './fromZero.ts';
import { knownPart } from './known.ts';
import { LEARNED, learnedAt } from './learned.ts';
import { type OneStudent, oneStudent } from './oneStudent.ts';
import type { Claim, Drawing, Figure, Trace } from './types.ts';
import { listed, short, vector, yes } from './words.ts';
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
/** Where theory ends. A plateau of η = 0.1 lasts some 1,000; who is still there at this time does not leave it. */
const LAST = 1e5;
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
  return workshop.piece('zero weights, theory', { problem, rtol: RTOL }, async () => {
    const curve = integrate(problem, { rtol: RTOL });
    return { ...knownPart(curve), problem: curve.problem, rests: curve.stats.heldFrom };
  });
}

/** Whoever learns later is named. */
const LATE = 3e4;
/** As many are named. */
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
  /** How many feedback vectors are tried in theory, and until when those who are slow, as a small |F_k| makes them, are followed. */
  feedbacks: number;
  /** The first of their seeds, which follow one another. */
  first: number;
  longest: number;
}

export async function zeroWeights(workshop: Workshop, sizes: ZeroWeightsSizes): Promise<Drawing> {
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
  y: { label: 'test error ε', log: true, range: [1e-10, 1] as [number, number] },
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
/** "learns at α = 1300" or "ends at ε = 0.0129". */
const outcome = (curve: { alpha: number[]; eg: number[] }): string => {
  const at = learnedAt(curve);
  return at === undefined
    ? `ends at ε = ${short(end(curve))} at α = ${short(curve.alpha[curve.alpha.length - 1])}`
    : `has learned at α = ${short(at)}`;
};

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

function recovers(theory: Theory, student: OneStudent, all: Learner[], longest: number): Claim {
  const never = all.filter(({ learnedAt }) => learnedAt === null);
  const late = all
    .flatMap(({ smaller, learnedAt }) =>
      learnedAt !== null && learnedAt > LATE ? [{ smaller, learnedAt }] : [],
    )
    .sort((a, b) => a.learnedAt - b.learnedAt);
  const named = late.slice(-MOST_NAMED);
  const later =
    late.length === 0
      ? ''
      : ` Later, the smaller |F_k| in brackets: ${late.length}, ${named.length < late.length ? `the last ${named.length} of them ` : ''}at ${listed(named.map((one) => `α = ${short(one.learnedAt)} (${short(one.smaller)})`))}.`;
  const missing =
    never.length === 0
      ? ''
      : ` Not by α = ${short(longest)}: ${never.length}, with a smaller |F_k| of at most ${short(Math.max(...never.map(({ smaller }) => smaller)))}.`;
  const learns = learnedAt(theory) !== undefined && learnedAt(student) !== undefined;
  return {
    by: 'paper',
    says: 'With normal F recovery from zero weights is perfect.',
    holds: learns ? (never.length === 0 ? 'yes' : 'undecided') : 'no',
    found: `${vector('F', feedbackOf(theory))}: theory ${outcome(theory)}, the student ${outcome(student)}. Of ${all.length} normal F, theory learns with ${all.length - never.length}: with ${all.length - never.length - late.length} by α = ${LATE}, on a grid of 20 times a decade.${later}${missing} The figure "slow-feedback" shows how the time grows as |F_k| falls.`,
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
    found: `A = (1, 1), ${vector('F', feedbackOf(parallel))}, parallel to A: ${outcome(parallel)}. A = (1, 0.6), ${vector('F', feedbackOf(equal))}: ${outcome(equal)}. A = (1, 0.6), ${vector('F', feedbackOf(unequal))}, orthogonal: ${outcome(unequal)}, the student at ε = ${short(end(student))} at α = ${short(student.alpha[student.alpha.length - 1])} where theory has ${inTheory(unequal, student.alpha[student.alpha.length - 1])}.`,
  };
}

/** The error at the last time that is not after `alpha`; where it is so small that it is not known, less than the last known. */
function inTheory({ alpha: times, eg }: Theory, alpha: number): string {
  const i = times.findLastIndex((a) => a <= alpha * (1 + 1e-9));
  const known = i < times.length - 1 || times[i] > alpha * (1 - 1e-9);
  return known ? short(eg[i]) : `less than ${short(eg[i])}`;
}

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
  seconds: { quick: 11, full: 90 },
  script,
  make: (workshop) =>
    zeroWeights(
      workshop,
      workshop.pick<ZeroWeightsSizes>({
        // Seed 76 has |F_k| = 9·10⁻⁵ and takes as long as all others together.
        quick: { student: 'trained', last: 3000, feedbacks: 100, first: 101, longest: 1e8 },
        full: { student: 'trained', last: 10_000, feedbacks: 1000, first: 1, longest: 1e8 },
      }),
    ),
};
