import { type Comparison, compare } from '../compare/index.ts';
import { type Problem, resolveProblem } from '../problem/index.ts';
import type { StudentKind } from '../simulation/index.ts';
import { degenerateMinima, endsIn, integrate, studentAt } from '../theory/index.ts';
import { learningProblem } from './learning.ts';
import { type OneStudent, oneStudent } from './oneStudent.ts';
import { type Phases, phasesOf } from './phases.ts';
import type { Claim, Drawing, Figure, Panel, Trace } from './types.ts';
import { short, vector } from './words.ts';
import type { Workshop } from './workshop.ts';

/*
 * Figures 3a and 3b of Refinetti et al. 2021: erf students, K = M = 2, by BP and by DFA. The start is one of those of figure 2a;
 * its output weights v point away from F (cos = −0.65), so that the align phase is seen whole.
 */

const N = 500;
const SEED = 20;
/** The end of learning for this start. */
const LAST = 4000;
/** Below this part of the error at the start a student has learned. */
const LEARNED = 1e-4;
const TIME = { label: 'time α = examples / N', log: true };
const ERROR = { label: 'test error ε', log: true };
type Rule = 'dfa' | 'bp';
const RULES: readonly Rule[] = ['dfa', 'bp'];
const COLOURS: Record<Rule, number> = { dfa: 0, bp: 4 };

const problemOf = (rule: Rule, seed = SEED): Problem => learningProblem({ rule, K: 2 }, 'erf', seed, LAST);
const oneBy = (workshop: Workshop, rule: Rule, student: StudentKind): Promise<OneStudent> =>
  oneStudent(workshop, problemOf(rule), { N, seed: SEED, student });

interface Theory {
  alpha: number[];
  eg: number[];
  v: number[][];
  weightAlignment: number[];
  updateAlignment: number[];
}

const theoryOf = (workshop: Workshop, rule: Rule): Promise<Theory> =>
  workshop.piece('theory with alignment', { problem: problemOf(rule) }, async () => {
    const { alpha, eg, v, weightAlignment, updateAlignment } = integrate(problemOf(rule));
    return { alpha, eg, v, weightAlignment, updateAlignment };
  });

function phasesShown(theory: Theory): Phases {
  const phases = phasesOf(theory);
  if (!phases) throw new Error('the curve of figure 3 comes to a plateau');
  return phases;
}

const feedback = (): number[] => resolveProblem(problemOf('dfa')).feedback ?? [];
const cosine = (a: number[], b: number[]): number =>
  a.reduce((sum, x, k) => sum + x * b[k], 0) / Math.hypot(...a) / Math.hypot(...b);
const last = <T>(values: readonly T[]): T => values[values.length - 1];
const learnedAt = ({ alpha, eg }: { alpha: number[]; eg: number[] }): number | undefined =>
  alpha.find((_, i) => eg[i] < LEARNED * eg[0]);

// Figure 3a

export interface PredictionSizes {
  student: StudentKind;
  /** Until when students and theory are compared: before anyone leaves the plateau. */
  until: number;
  runs: number;
  scalingRuns: number;
}

/** How far students are from theory. */
interface Agreement {
  alpha: number[];
  agrees: boolean | null;
  message: string;
  /** The largest |z| of all numbers at all times; how many there are, and the |z| that chance reaches among them once in a thousand. */
  z: number;
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
  return workshop.piece(`${rule.toUpperCase()} against theory`, { problem, options }, async (bench) => {
    const comparison = await compare(problem, {
      ...bench.machine,
      ...options,
      signal: bench.signal,
      onProgress: ({ part, parts, steps, total }) => bench.progress((part - 1 + steps / total) / parts),
    });
    bench.note({ ...comparison.settings }, comparison.simulation.device);
    return agreementOf(comparison);
  });
}

const agreementOf = ({ verdict, tests, simulation, theory }: Comparison): Agreement => ({
  alpha: simulation.alpha,
  agrees: verdict.agrees,
  message: verdict.message,
  z: Math.max(...tests.map(({ z }) => Math.abs(z))),
  tests: verdict.tests,
  bound: verdict.bound,
  theory: theory.eg,
  spread: simulation.stderr.eg.map((x) => x * Math.sqrt(simulation.runs)),
});

/** Every sixth of the times at which the student is drawn: three or four a decade. */
const timesOf = ({ alpha }: OneStudent, until: number): number[] =>
  alpha.filter((a, i) => i % 6 === 0 && a <= until);

export async function prediction(workshop: Workshop, sizes: PredictionSizes): Promise<Drawing> {
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
    caption: `Two erf students, K = M = 2, who start from the same weights: one trained by DFA, one by BP, with N = ${N} inputs (points), over the integrated equations (lines). Below: the plane of the output weights v of the one by DFA at three times. She first turns to F, is held on the plateau, and ends in the degenerate solution that is best aligned with F. With A = (1, 1) the eight solutions have four different v.`,
    parameters: {
      problem: problemOf('dfa'),
      F: vector('F', feedback()),
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

const errorTraces = (rule: Rule, theory: Theory, student: OneStudent): Trace[] => [
  {
    name: `${rule.toUpperCase()}, theory`,
    mark: 'line',
    colour: COLOURS[rule],
    x: theory.alpha,
    y: theory.eg,
  },
  {
    name: `${rule.toUpperCase()}, student`,
    mark: 'points',
    colour: COLOURS[rule],
    x: student.alpha,
    y: student.eg,
  },
];

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
    x: [0, x],
    y: [0, y],
  });
  const way = theory.v.slice(0, i + 1);
  const seen = student.v.slice(0, i + 1);
  return {
    name: `3a-${name}`,
    title: `${title}, α = ${short(theory.alpha[i])}`,
    x: { label: 'v₁', range: [-1.8, 1.8] },
    y: { label: 'v₂', range: [-1.8, 1.8] },
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

function predicts(theories: Theory[], students: OneStudent[], compared: Agreement[]): Claim {
  // The student who is drawn, in standard deviations of one student about theory.
  const alone = compared.map(({ alpha, theory, spread }, r) =>
    Math.max(
      ...alpha.map((a, i) => Math.abs(students[r].eg[students[r].alpha.indexOf(a)] - theory[i]) / spread[i]),
    ),
  );
  const holds = compared.some(({ agrees, bound }, r) => agrees === false || alone[r] > bound)
    ? 'no'
    : compared.every(({ agrees }) => agrees)
      ? 'yes'
      : 'undecided';
  const told = RULES.map((rule, r) => {
    const { agrees, message, z, tests, bound, alpha } = compared[r];
    const [expected, seen] = [theories[r], students[r]].map((curve) => {
      const at = learnedAt(curve);
      return at === undefined ? 'no time shown' : `α = ${short(at)}`;
    });
    return `${rule.toUpperCase()}: means of students lie at most ${z.toFixed(2)} standard errors from theory, in ${tests} tests at ${alpha.length} times until α = ${short(last(alpha))}, with the bias of a finite N taken off (${bound.toFixed(2)} is the bound for one false alarm in a thousand)${agrees ? '' : `; ${message}`}. The student drawn lies at most ${alone[r].toFixed(2)} standard deviations of one student from theory at these times. Her error falls below ${LEARNED} of that at the start at ${seen}, in theory at ${expected}.`;
  });
  return {
    by: 'paper',
    says: 'Theory gives an exact prediction for the dynamics of learning.',
    holds,
    found: `${told.join(' ')} When a student of finite N leaves the plateau is partly chance: times after it are drawn, and not tested.`,
  };
}

function endsBestAligned(student: OneStudent): Claim {
  const problem = problemOf('dfa');
  const v = last(student.v);
  const { best, distance } = endsIn(problem, { Q: last(student.Q), R: last(student.R), v });
  return {
    by: 'paper',
    says: 'The student trained by DFA ends in the degenerate solution of greatest overlap with F.',
    holds: best ? 'yes' : 'no',
    found: `${vector('F', feedback())}; ${vector('v', student.v[0])} at α = ${short(student.alpha[0])} and ${vector('v', v)} at α = ${short(last(student.alpha))}, within ${short(distance)} of ${best ? 'that' : 'another'} solution in every order parameter.`,
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

// Figure 3b

/** One of many starts, in theory. */
interface Turn {
  /** How many times later the plateau begins than the alignment is largest. */
  later: number;
  /** The weight alignment at its largest, at the beginning of the plateau, at its end, and at the end of learning. */
  most: number;
  plateau: number;
  leaves: number;
  end: number;
  learned: boolean;
}

interface Turns {
  starts: number;
  /** Those that come to a plateau. */
  turns: Turn[];
}

function turns(workshop: Workshop, starts: number): Promise<Turns> {
  return workshop.piece(
    'alignment from many starts',
    { problem: problemOf('dfa'), starts },
    async (bench) => {
      const found: Turn[] = [];
      for (let seed = 1; seed <= starts; seed++) {
        bench.signal.throwIfAborted();
        const curve = integrate(problemOf('dfa', seed), { rtol: 1e-7 });
        const phases = phasesOf(curve);
        const at = curve.weightAlignment;
        if (phases)
          found.push({
            later: curve.alpha[phases.plateau] / curve.alpha[phases.aligned],
            most: at[phases.aligned],
            plateau: at[phases.plateau],
            leaves: at[phases.leaves],
            end: last(at),
            learned: learnedAt(curve) !== undefined,
          });
        bench.progress(seed / starts);
      }
      return { starts, turns: found };
    },
  );
}

export interface AlignmentSizes {
  student: StudentKind;
  /** How many other starts are followed in theory. */
  starts: number;
}

export async function alignment(
  workshop: Workshop,
  { student: kind, starts }: AlignmentSizes,
): Promise<Drawing> {
  const [theory, student, many] = await Promise.all([
    theoryOf(workshop, 'dfa'),
    oneBy(workshop, 'dfa', kind),
    turns(workshop, starts),
  ]);
  const phases = phasesShown(theory);
  const { alpha } = theory;
  const marks = {
    bands: [
      { from: alpha[0], to: alpha[phases.aligned], label: 'align' },
      { from: alpha[phases.aligned], to: last(alpha), label: 'memorise' },
    ],
    lines: [
      { x: alpha[phases.plateau], label: 'plateau begins' },
      { x: alpha[phases.leaves], label: 'plateau ends' },
    ],
  };
  const F = feedback();
  return {
    caption: `An erf student, K = M = 2, trained by DFA from small weights that point away from F: cosine of v and F (weight alignment) and of the first layer's updates and those of BP (update alignment), and the test error at the same times. Lines: theory. Points: the student of figure 3a, N = ${N}. The align phase lasts until the weight alignment is largest; the plateau is where the error falls more slowly than α^(−1/2).`,
    parameters: {
      problem: problemOf('dfa'),
      F: vector('F', F),
      N,
      'seed of the student': SEED,
      'starts in theory': `${starts}, each with a teacher, a start and F of its own, seeds 1 to ${starts}`,
      plateau: 'from where |d ln ε / d ln α| is below ½ after the first fall to where it is above ½ again',
    },
    panels: [
      {
        name: '3b-alignment',
        title: 'Alignment with the feedback',
        x: TIME,
        y: { label: 'cosine', range: [-1, 1.05] },
        traces: [
          {
            name: 'weight alignment cos(v, F), theory',
            mark: 'line',
            colour: 0,
            x: alpha,
            y: theory.weightAlignment,
          },
          {
            name: 'weight alignment, student',
            mark: 'points',
            colour: 0,
            x: student.alpha,
            y: student.v.map((v) => cosine(v, F)),
          },
          {
            name: 'update alignment, theory',
            mark: 'dashed',
            colour: 2,
            x: alpha,
            y: theory.updateAlignment,
          },
        ],
        ...marks,
      },
      {
        name: '3b-error',
        title: 'Test error at the same times',
        x: TIME,
        y: ERROR,
        traces: errorTraces('dfa', theory, student),
        ...marks,
      },
    ],
    claims: [peaks(theory, phases, many), falls(theory, phases, many)],
  };
}

const median = (values: number[]): number => values.slice().sort((a, b) => a - b)[values.length >> 1];
const digits = (x: number): string => x.toFixed(5).replace('-', '−');

function peaks(theory: Theory, { aligned, plateau }: Phases, { turns, starts }: Turns): Claim {
  const { alpha, eg, weightAlignment: at } = theory;
  const later = alpha[plateau] / alpha[aligned];
  const nearly = at.findIndex((x) => x > 0.99 * at[aligned]);
  const before = turns.filter((turn) => turn.later > 1);
  const rest = turns.filter((turn) => turn.later <= 1);
  const losses = turns.map((turn) => turn.most - turn.plateau);
  const flat =
    rest.length === 0
      ? ''
      : ` In the other ${rest.length} it stays near 1, at least ${digits(Math.min(...rest.flatMap((turn) => [turn.plateau, turn.leaves, turn.end])))} from the beginning of the plateau to the end: F is in the direction of the solution, or she has not left the plateau.`;
  return {
    by: 'paper',
    says: 'In the align phase the alignment increases, and reaches its maximum when the test error reaches the plateau.',
    holds: later < 2 ? 'yes' : 'not as printed',
    found: `It increases, but is largest before the plateau, while the error still falls. Here cos(v, F) is ${digits(at[0])} at α = ${short(alpha[0])}, reaches 99% of its maximum at α = ${short(alpha[nearly])} and the maximum, ${digits(at[aligned])}, at α = ${short(alpha[aligned])}, where the error is ${short(eg[aligned] / eg[0])} of that at the start; the plateau begins at α = ${short(alpha[plateau])} with an alignment of ${digits(at[plateau])}. So the maximum comes earlier than printed; its value is nearly kept until then. Of ${starts} starts, ${turns.length} come to a plateau by α = ${LAST}; in ${before.length} the maximum is before it, by a factor in α of ${short(median(before.map((turn) => turn.later)))} in the median.${flat} The alignment lost from the maximum to the beginning of the plateau is ${short(median(losses))} in the median of all, ${short(Math.max(...losses))} at most.`,
  };
}

function falls(theory: Theory, { aligned, plateau, leaves }: Phases, { turns, starts }: Turns): Claim {
  const { weightAlignment: at, alpha } = theory;
  const learned = turns.filter((turn) => turn.learned);
  const decreased = learned.filter((turn) => turn.end < turn.leaves && turn.leaves < turn.most);
  return {
    by: 'paper',
    says: 'Then it decreases in the memorisation phase, as the student recovers the weights of the teacher.',
    holds: last(at) < at[leaves] && at[leaves] < at[plateau] && at[plateau] < at[aligned] ? 'yes' : 'no',
    found: `cos(v, F) is ${digits(at[plateau])} where the plateau begins, ${digits(at[leaves])} where it ends (α = ${short(alpha[leaves])}) and ${digits(last(at))} at α = ${short(last(alpha))}, near the ${digits(best())} of the solution. It begins to decrease on the plateau already. Of the ${learned.length} starts of ${starts} that have learned by α = ${LAST}, ${decreased.length} are less aligned at the end than where they leave the plateau, and there less than at the maximum.`,
  };
}

/** The overlap with F of the solution that DFA ends in. */
const best = (): number => Math.max(...[...degenerateMinima(problemOf('dfa'))].map(({ overlap }) => overlap));

const alignmentScript = `import { integrate } from 'alignode';

const { alpha, eg, weightAlignment, updateAlignment } = integrate({
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.1,
  teacher: { draw: { M: 2, N: ${N}, seed: ${SEED} } },
  student: { draw: { K: 2, N: ${N}, sigma: 0.01, seed: ${SEED} } },
  feedback: { draw: 'normal', seed: ${SEED} },
  alpha: { from: 0.1, to: ${LAST}, points: 90 },
});
const most = weightAlignment.indexOf(Math.max(...weightAlignment));
console.log('align until alpha =', alpha[most], 'where the error is', eg[most]);
for (let i = 0; i < alpha.length; i += 5)
  console.log(alpha[i].toPrecision(3), eg[i].toPrecision(3), weightAlignment[i].toFixed(4), updateAlignment[i].toFixed(4));
`;

export const figure3b: Figure = {
  name: '3b',
  title: 'Align, then memorise',
  source: 'Figure 3b of Refinetti et al. 2021',
  seconds: { quick: 6, full: 30 },
  script: alignmentScript,
  make: (workshop) =>
    alignment(
      workshop,
      workshop.pick<AlignmentSizes>({
        quick: { student: 'trained', starts: 100 },
        full: { student: 'trained', starts: 500 },
      }),
    ),
};
