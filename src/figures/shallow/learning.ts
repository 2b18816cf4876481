import { type Panel, short, vector } from '../../draw/index.ts';
import type { Problem } from '../../shallow/problem/index.ts';
import type { StudentKind } from '../../shallow/students/index.ts';
import { integrate, signsAllow } from '../../shallow/theory/index.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import { knownPart } from './known.ts';
import { LEARNED, learnedAt, type Outcome, outcomeOf } from './learned.ts';
import { learningProblem, M, N } from './learningProblem.ts';
import { oneStudent } from './oneStudent.ts';

/*
 * Figure 2 of Refinetti et al. 2021: test error of erf and relu students, by BP and by DFA, for K = M and K = 4M, three
 * starts each. The paper shows simulations. Here the points are a student really trained and the line is theory
 * from its own start, for relu too.
 */

type ActivationName = 'erf' | 'relu';
const ACTIVATIONS: readonly ActivationName[] = ['erf', 'relu'];

interface Setting {
  name: string;
  rule: 'bp' | 'dfa';
  K: number;
  /** Each draws a teacher, a student and feedback weights. */
  seeds: readonly number[];
  /** Where theory ends; with the students if not given. */
  theory?: number;
}

interface Start {
  activation: ActivationName;
  seed: number;
  theory: Theory;
  student: { alpha: number[]; eg: number[] };
}

export interface Theory {
  alpha: number[];
  eg: number[];
  F: number[];
  /** At the start. */
  v: number[];
  /** Q_kk − v_k² at the start. */
  balance: number[];
}

export function theoryOf(workshop: Workshop, problem: Problem, rtol: number): Promise<Theory> {
  return workshop.piece('theory', { problem, rtol }, async () => {
    const curve = integrate(problem, { rtol });
    const { feedback = [], student } = curve.problem;
    const balance = student.v.map((v, k) => student.Q[k][k] - v * v);
    return { ...knownPart(curve), F: feedback, v: student.v, balance };
  });
}

/** How long students are trained, and which kind: projected ones follow the same law. */
export interface Effort {
  last: number;
  student: StudentKind;
}

function starts(setting: Setting, workshop: Workshop, { last, student: kind }: Effort): Promise<Start[]> {
  return Promise.all(
    ACTIVATIONS.flatMap((activation) =>
      setting.seeds.map(async (seed): Promise<Start> => {
        const problem = learningProblem(setting, activation, seed, last);
        const student = oneStudent(workshop, problem, { N, seed, student: kind });
        // With eight relu units a curve takes seconds.
        const rtol = setting.K > 2 ? 1e-9 : 1e-11;
        const theory = theoryOf(
          workshop,
          learningProblem(setting, activation, seed, setting.theory ?? last),
          rtol,
        );
        return { activation, seed, theory: await theory, student: await student };
      }),
    ),
  );
}

const positives = (x: readonly number[]): number => x.filter((value) => value > 0).length;
/** Whether relu's units can take over the signs of a teacher with A = (1, .., 1), with feedback of these signs. */
const canLearn = ({ theory: { F } }: Start): boolean => signsAllow(F, new Array<number>(M).fill(1));
/** Whether the student has learned, both in theory and in the simulation. */
const learns = ({ theory, student }: Start): boolean =>
  learnedAt(theory) !== undefined && learnedAt(student) !== undefined;

/** What a claim says of one start. */
type StartNumbers = { seed: number; theory: Outcome; student: Outcome };
type WithFeedback = StartNumbers & { F: number[] };
/** How many F_k are positive. */
type WithSigns = StartNumbers & { positive: number };
/** At the start. */
type WithBalance = StartNumbers & { v: number[]; balance: number[] };

const startNumbers = ({ seed, theory, student }: Start): StartNumbers => ({
  seed,
  theory: outcomeOf(theory),
  student: outcomeOf(student),
});
const withFeedback = (start: Start): WithFeedback => ({ ...startNumbers(start), F: start.theory.F });
const withSigns = (start: Start): WithSigns => ({
  ...startNumbers(start),
  positive: positives(start.theory.F),
});
const withBalance = (start: Start): WithBalance => ({
  ...startNumbers(start),
  v: start.theory.v,
  balance: start.theory.balance,
});

function panel(setting: Setting, activation: ActivationName, all: Start[]): Panel {
  const some = all.filter((start) => start.activation === activation);
  const outcome = (start: Start): string => {
    if (activation === 'erf') return '';
    if (setting.rule === 'bp') {
      if (learns(start)) return ', learns';
      return learnedAt(start.theory) === undefined ? ', does not learn in the time shown' : ', learns late';
    }
    const count = positives(start.theory.F);
    return `, ${count} of ${setting.K} feedback weights positive: ${canLearn(start) ? 'learns' : 'fails'}`;
  };
  return {
    name: `${setting.name}-${activation}`,
    title: `${activation}, ${setting.rule.toUpperCase()}, K = ${setting.K}, M = ${M}`,
    x: { label: 'time α = examples / N', log: true },
    y: { label: 'test error ε_g', log: true, range: [1e-9, 1] },
    traces: some.flatMap((start, colour) => [
      {
        name: `seed ${start.seed}${outcome(start)}`,
        mark: 'line' as const,
        colour,
        x: start.theory.alpha,
        y: start.theory.eg,
      },
      {
        name: `seed ${start.seed}: student, N = ${N}`,
        mark: activation === 'relu' && !learns(start) ? ('open points' as const) : ('points' as const),
        colour,
        // So that the line is seen between them.
        x: start.student.alpha.filter((_, i) => i % 2 === 0),
        y: start.student.eg.filter((_, i) => i % 2 === 0),
        silent: true,
      },
    ]),
  };
}

/** "learns at α = 1300 in theory and 1310 in fact". */
function when({ theory, student }: StartNumbers): string {
  if (theory.learnedAt === null && student.learnedAt === null)
    return `ends at ε_g = ${short(theory.last.eg)} (student ${short(student.last.eg)})`;
  const time = (at: number | null): string => (at === null ? 'no time shown' : short(at));
  return `learns at α = ${time(theory.learnedAt)} in theory, ${time(student.learnedAt)} in fact`;
}

const inWords = <One extends StartNumbers>(some: One[], more: (start: One) => string = () => ''): string =>
  some.map((start) => `seed ${start.seed}${more(start)} ${when(start)}`).join('; ');

function figure<Claims extends Claim[]>(
  setting: Setting,
  title: string,
  caption: string,
  seconds: Figure['seconds'],
  claims: (erf: Start[], relu: Start[]) => Claims,
): LearningFigure<Claims> {
  const draw = async (workshop: Workshop, effort: Effort): Promise<Drawing<Claims>> => {
    const all = await starts(setting, workshop, effort);
    const [erf, relu] = ACTIVATIONS.map((activation) =>
      all.filter((start) => start.activation === activation),
    );
    return {
      caption: `${caption} Lines: theory from the student's own start. Points: the student, trained with N = ${N} inputs (open where it does not learn). When a student of finite N leaves a plateau is partly chance.`,
      parameters: {
        problem: learningProblem(setting, 'erf or relu', setting.seeds[0], all[0].student.alpha.at(-1) ?? 0),
        seeds: setting.seeds,
        N,
        learned: `test error below ${LEARNED} of that at the start, looked at 20 times a decade`,
      },
      panels: ACTIVATIONS.map((activation) => panel(setting, activation, all)),
      claims: claims(erf, relu),
    };
  };
  return {
    name: setting.name,
    title,
    source: `Figure ${setting.name} of Refinetti et al. 2021`,
    seconds,
    script: script(setting),
    draw,
    make: (workshop) =>
      draw(workshop, {
        // Quick: a little longer than the slowest of them needs.
        last: workshop.pick({ quick: setting.K > 2 ? 1800 : 2600, full: 10_000 }),
        student: 'trained',
      }),
  };
}

/** A figure that can be made with less effort too. */
export interface LearningFigure<Claims extends Claim[]> extends Figure {
  draw(workshop: Workshop, effort: Effort): Promise<Drawing<Claims>>;
}

const script = ({
  rule,
  K,
  seeds: [seed],
}: Setting): string => `import { integrate, simulate } from 'alignode';

const problem = {
  activation: 'erf',
  rule: '${rule}',
  learningRate: 0.1,
  teacher: { draw: { M: ${M}, N: ${N}, seed: ${seed} } },
  student: { draw: { K: ${K}, N: ${N}, sigma: 0.01, seed: ${seed} } },
  feedback: { draw: 'normal' as const, seed: ${seed} },
  alpha: { from: 0.1, to: 100, points: 10 },
};
const theory = integrate(problem);
const student = await simulate(problem, { N: ${N}, seed: ${seed} });
theory.alpha.forEach((alpha, i) => console.log(alpha, theory.eg[i], student.mean.eg[i]));
`;

export const figure2a = figure(
  { name: '2a', rule: 'bp', K: 2, seeds: [6, 9, 2], theory: 20_000 },
  'Back-propagation, K = M',
  'Test error of students with as many units as the teacher, trained by BP: a first fall, a plateau, a second fall.',
  { quick: 13, full: 80 },
  (erf, relu): [Claim<{ starts: StartNumbers[] }>, Claim<{ starts: WithBalance[] }>] => {
    const [ofErf, ofRelu] = [erf.map(startNumbers), relu.map(withBalance)];
    return [
      {
        by: 'paper',
        says: 'Erf students trained by BP learn perfectly, after a plateau.',
        holds: verdictOf(erf.every(learns)),
        numbers: { starts: ofErf },
        found: inWords(ofErf),
      },
      {
        by: 'paper',
        says: 'All networks trained by BP achieve perfect test error, relu too.',
        holds: ofRelu.every(({ theory }) => theory.learnedAt !== null) ? 'yes' : 'undecided',
        numbers: { starts: ofRelu },
        found: `${inWords(ofRelu, ({ v, balance }) => `, which starts from ${vector('v', v)} and ${vector('Q_kk − v_k²', balance)},`)}. BP keeps Q_kk − v_k² of a relu unit to first order in η: a unit with v_k < 0 and Q_kk < v_k² cannot change its sign until terms of order η² have worn that off, and the student has to wait.`,
      },
    ];
  },
);

export const figure2b = figure(
  { name: '2b', rule: 'dfa', K: 2, seeds: [6, 5, 2] },
  'Direct feedback alignment, K = M',
  'Test error of students with as many units as the teacher, trained by DFA with normal feedback weights. The seeds are among those whose erf students learn in the time shown; how long others take is the figure "slow-feedback".',
  { quick: 13, full: 80 },
  (
    erf,
    relu,
  ): [
    Claim<{ starts: StartNumbers[] }>,
    Claim<{ starts: WithFeedback[] }>,
    Claim<{ starts: WithSigns[] }>,
  ] => {
    const [ofErf, fails, signs] = [erf.map(startNumbers), relu.map(withFeedback), relu.map(withSigns)];
    return [
      {
        by: 'paper',
        says: 'Erf students trained by DFA achieve perfect test error: every one shown.',
        holds: verdictOf(erf.every(learns)),
        numbers: { starts: ofErf },
        found: `${inWords(ofErf)}. How long others take is the figure "slow-feedback".`,
      },
      {
        by: 'paper',
        says: 'DFA fails in some instances to train relu students with K = M.',
        holds: verdictOf(relu.some((start) => !learns(start))),
        numbers: { starts: fails },
        found: inWords(fails, ({ F }) => ` with ${vector('F', F)}`),
      },
      {
        by: 'paper',
        says: `A relu student learns if at least ${M} feedback weights are positive, and not otherwise: the signs of F decide.`,
        holds: verdictOf(relu.every((start) => learns(start) === canLearn(start))),
        numbers: { starts: signs },
        found: inWords(signs, ({ positive }) => ` (${positive} positive)`),
      },
    ];
  },
);

export const figure2c = figure(
  { name: '2c', rule: 'dfa', K: 8, seeds: [15, 38, 55] },
  'Direct feedback alignment, K = 4M',
  'Test error of students with four times as many units as the teacher, trained by DFA with normal feedback weights.',
  { quick: 26, full: 150 },
  (erf, relu): [Claim<{ erf: StartNumbers[]; relu: WithSigns[] }>] => {
    const [ofErf, ofRelu] = [erf.map(startNumbers), relu.map(withSigns)];
    return [
      {
        by: 'paper',
        says: 'Over-parametrised students, erf and relu, achieve perfect generalisation with DFA.',
        holds: verdictOf([...erf, ...relu].every(learns)),
        numbers: { erf: ofErf, relu: ofRelu },
        found: `erf: ${inWords(ofErf)}. Relu: ${inWords(ofRelu, ({ positive }) => ` (${positive} of 8 feedback weights positive)`)}. When a relu student leaves the plateau varies at N = 500 from one sequence of examples to the next.`,
      },
    ];
  },
);
