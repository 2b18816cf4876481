import { problemOf as degeneracyProblem, SMALL } from '../../figures/shallow/endings.ts';
import { problemWith } from '../../figures/shallow/feedbackSigns.ts';
import { learningProblem } from '../../figures/shallow/learningProblem.ts';
import { problemOf as oneStartProblem } from '../../figures/shallow/oneStart.ts';
import { CASES, problemOf as zeroWeightsProblem } from '../../figures/shallow/zeroWeights.ts';
import type { Problem } from '../../index.ts';
import { withoutV } from './edit.ts';
import { unitsOf } from './problem.ts';
import { pairWithin } from './resize.ts';
import { FIRST, type State } from './state.ts';

/** A problem worth beginning with. */
export interface Preset {
  id: string;
  group: string;
  title: string;
  /** What is to be seen, in a sentence or two. */
  says: string;
  /** The section of the book about it. */
  book: string;
  problem: Problem;
}

const BEGIN = 'To begin with';
const PLATEAU = 'The symmetric plateau';
const PAPER = 'Refinetti et al. 2021';

/** Saad & Solla 1995: a soft committee machine, whose output weights are 1 and stay so, learns from one like it. */
const committee = (K: number, to: number): Problem => ({
  activation: 'erf',
  rule: 'bp',
  learningRate: 0.5,
  trainSecondLayer: false,
  teacher: {
    T: Array.from({ length: K }, (_, m) => Array.from({ length: K }, (_, n) => (m === n ? 1 : 0))),
    A: new Array<number>(K).fill(1),
  },
  student: { draw: { K, N: 1_000_000, sigma: 0.1, seed: 1, secondLayer: 'ones' } },
  alpha: { from: 0, to, points: 301, scale: 'linear' },
});

const FIGURE_2 = 'paper.html#figure-2-learning-curves';
const FIGURE_3A = 'paper.html#figure-3a-theory-and-one-student';
const FIGURE_4 = 'paper.html#figure-4-the-signs-of-the-feedback';
const FIGURE_10 = 'paper.html#figure-10-zero-initial-weights';

export const presets: readonly Preset[] = [
  {
    id: 'first',
    group: BEGIN,
    title: 'Align, then memorise',
    says: 'By DFA the output weights v first turn to the feedback F. On the plateau the student then learns what the teacher’s units are.',
    book: 'model.html#a-curve-and-its-phases',
    problem: FIRST.problem,
  },
  {
    id: 'first-bp',
    group: BEGIN,
    title: 'The same start by BP',
    says: 'BP against DFA from one start: it does not turn to F, and ends in another of the equal solutions.',
    book: 'model.html#one-example',
    problem: { ...FIRST.problem, rule: 'bp' },
  },
  {
    id: 'plateau-2',
    group: PLATEAU,
    title: 'Saad & Solla, K = M = 2',
    says: 'BP with output weights that stay 1: from a small start both units become alike, and it takes long until each finds a teacher unit of its own.',
    book: 'theory.html#the-plateau',
    problem: committee(2, 400),
  },
  {
    id: 'plateau-3',
    group: PLATEAU,
    title: 'Saad & Solla, K = M = 3',
    says: 'The same with three units: the plateau is higher and longer.',
    book: 'theory.html#the-plateau',
    problem: committee(3, 600),
  },
  ...(['erf', 'relu'] as const).flatMap((g): Preset[] => [
    {
      id: `2a-${g}`,
      group: PAPER,
      title: `Figure 2a, ${g}`,
      says:
        g === 'erf'
          ? 'BP, K = M = 2, erf: a fall, a plateau, and a second fall to zero error.'
          : 'BP, K = M = 2, relu. This start has a unit of the wrong sign, and waits until α = 9000 for it.',
      book: FIGURE_2,
      problem: learningProblem({ rule: 'bp', K: 2 }, g, 2, 20_000),
    },
    {
      id: `2b-${g}`,
      group: PAPER,
      title: `Figure 2b, ${g}`,
      says:
        g === 'erf'
          ? 'DFA, K = M = 2, erf: it learns as by BP.'
          : 'DFA, K = M = 2, relu: with one of two feedback weights positive it fails.',
      book: FIGURE_2,
      problem: learningProblem({ rule: 'dfa', K: 2 }, g, 6, 2600),
    },
    {
      id: `2c-${g}`,
      group: PAPER,
      title: `Figure 2c, ${g}`,
      says: `DFA, ${g}, with four times as many units as the teacher, K = 8: it learns.`,
      book: FIGURE_2,
      problem: learningProblem({ rule: 'dfa', K: 8 }, g, 15, 1800),
    },
  ]),
  {
    id: '3a-dfa',
    group: PAPER,
    title: 'Figure 3a, DFA',
    says: 'Theory, and with the students below one that was really trained. By DFA; the next one is by BP from the same start.',
    book: FIGURE_3A,
    problem: oneStartProblem('dfa'),
  },
  {
    id: '3a-bp',
    group: PAPER,
    title: 'Figure 3a, BP',
    says: 'By BP from the start of figure 3a by DFA.',
    book: FIGURE_3A,
    problem: oneStartProblem('bp'),
  },
  {
    id: '3b',
    group: PAPER,
    title: 'Figure 3b',
    says: 'The cosine of v and F: it rises from −0.85 to nearly 1, and falls as the student memorises the teacher.',
    book: 'paper.html#figure-3b-align-then-memorise',
    problem: oneStartProblem('dfa'),
  },
  {
    id: '3c',
    group: PAPER,
    title: 'Figure 3c',
    says: 'Of eight equal solutions DFA takes the one that is best aligned with F. Try other seeds of the feedback: where one |F_k| is small it comes there late.',
    book: 'paper.html#figure-3c-degeneracy-breaking',
    problem: {
      ...degeneracyProblem({ rule: 'dfa', sigma: SMALL, N: 500, learningRate: 1, alpha: [] }),
      feedback: { draw: 'normal', seed: 6 },
      alpha: { from: 0.1, to: 800, points: 79 },
    },
  },
  {
    id: '4-two',
    group: PAPER,
    title: 'Figure 4, two F positive',
    says: 'Relu by DFA, K = 3, M = 2: with as many positive feedback weights as the teacher has units it learns.',
    book: FIGURE_4,
    problem: problemWith(2, 1500),
  },
  {
    id: '4-one',
    group: PAPER,
    title: 'Figure 4, one F positive',
    says: 'Relu by DFA, K = 3, M = 2: with one positive feedback weight it fails. Turn the sign of another.',
    book: FIGURE_4,
    problem: problemWith(1, 1500),
  },
  {
    id: '10-normal',
    group: PAPER,
    title: 'Figure 10, F normal',
    says: 'From weights that are all zero, with normal feedback weights: it leaves the plateau and learns.',
    book: FIGURE_10,
    problem: zeroWeightsProblem(CASES.normal, 1e5),
  },
  {
    id: '10-orthogonal',
    group: PAPER,
    title: 'Figure 10, F orthogonal to A',
    says: 'From weights that are all zero, with F at right angles to A: it stays on the plateau for ever.',
    book: FIGURE_10,
    problem: zeroWeightsProblem(CASES.orthogonal, 1e5),
  },
];

/** The state with another problem; what students are trained, and how, stays. */
export function startFrom(state: State, { problem }: Preset): State {
  const { alpha: _, ...view } = state.view;
  const pair = pairWithin(view.pair, unitsOf(problem).K);
  return { ...withoutV(state), problem, view: { ...view, pair } };
}

const written = presets.map(({ problem }) => JSON.stringify(problem));

/** The preset that the state is equal to, if any; among equal presets, the one that was chosen. */
export function presetOf({ problem, v }: State, chosen?: Preset): Preset | undefined {
  // A list of times may be long, and no preset has one.
  if (v !== undefined || Array.isArray(problem.alpha)) return undefined;
  const now = JSON.stringify(problem);
  const alike = presets.filter((_, i) => written[i] === now);
  return alike.find((one) => one === chosen) ?? alike[0];
}
