import { rules } from '../../index.ts';
import { ruleName, ruleOf } from '../../shallow/problem/index.ts';
import { drawFeedback, withProblem } from '../state/edit.ts';
import { unitsOf } from '../state/problem.ts';
import { resized, type Units } from '../state/resize.ts';
import { MOST_UNITS, type State } from '../state/state.ts';
import type { Change, Group } from './control.ts';
import { linear, log } from './scale.ts';

const UNITS = { least: 1, most: MOST_UNITS };

/** Starts from the state before the gesture, so that units removed while a slider moves come back when it returns. */
function withUnits(state: State, units: Partial<Units>, { start, say }: Change): State {
  const { state: next, said } = resized(
    { ...state, problem: start.problem, ...(start.v && { v: start.v }) },
    units,
  );
  for (const words of said) say(words);
  return next;
}

/** A rule that needs feedback gets some. */
const withRule = (state: State, rule: string): State =>
  withProblem(
    ruleOf(rule).needsFeedback && state.problem.feedback === undefined ? drawFeedback(state, {}) : state,
    { rule },
  );

export const model: Group = {
  id: 'model',
  title: 'Networks and rule',
  controls: [
    {
      kind: 'choice',
      id: 'rule',
      label: 'Learning rule',
      help: 'How the error gets back to the hidden units: through the output weights v (back-propagation) or through fixed weights F (direct feedback alignment).',
      book: 'model.html#one-example',
      paths: ['rule'],
      options: Object.keys(rules).map((name) => [name, name.toUpperCase()]),
      get: ({ problem }) => ruleName(problem.rule),
      set: withRule,
    },
    {
      kind: 'choice',
      id: 'activation',
      label: 'Activation g',
      help: 'Of every hidden unit, the teacher’s and the student’s: erf(x/√2), max(0, x), or x.',
      book: 'model.html#teacher-and-student',
      paths: ['activation'],
      options: [
        ['erf', 'erf'],
        ['relu', 'relu'],
        ['linear', 'linear'],
      ],
      get: ({ problem }) => problem.activation,
      set: (state, activation) => withProblem(state, { activation }),
    },
    {
      kind: 'number',
      id: 'K',
      label: 'Student units K',
      paths: ['student.draw.K'],
      scale: linear(1, MOST_UNITS, 1),
      whole: UNITS,
      get: ({ problem }) => unitsOf(problem).K,
      set: (state, K, change) => withUnits(state, { K }, change),
    },
    {
      kind: 'number',
      id: 'M',
      label: 'Teacher units M',
      paths: ['teacher.draw.M'],
      scale: linear(1, MOST_UNITS, 1),
      whole: UNITS,
      get: ({ problem }) => unitsOf(problem).M,
      set: (state, M, change) => withUnits(state, { M }, change),
    },
  ],
};

const RATE = log(1e-3, 10);

export const learning: Group = {
  id: 'learning',
  title: 'Learning',
  controls: [
    {
      kind: 'number',
      id: 'learningRate',
      label: 'Learning rate η₁',
      help: 'Of the first layer. Above a rate that depends on the problem no student learns, and the curve diverges.',
      book: 'model.html#one-example',
      paths: ['learningRate'],
      scale: RATE,
      get: ({ problem }) => problem.learningRate,
      set: (state, learningRate) => withProblem(state, { learningRate }),
    },
    {
      kind: 'check',
      id: 'trainSecondLayer',
      label: 'The second layer learns, too',
      paths: ['trainSecondLayer'],
      get: ({ problem }) => problem.trainSecondLayer ?? true,
      set: (state, learns) => withProblem(state, { trainSecondLayer: learns ? undefined : false }),
    },
    {
      kind: 'check',
      id: 'sameRate',
      label: 'at the same rate: η₂ = η₁',
      shown: ({ problem }) => problem.trainSecondLayer ?? true,
      get: ({ problem }) => problem.secondLayerRate === undefined,
      set: (state, same) =>
        withProblem(state, { secondLayerRate: same ? undefined : state.problem.learningRate }),
    },
    {
      kind: 'number',
      id: 'secondLayerRate',
      label: 'Learning rate η₂',
      help: 'Of the second layer. A step of it is smaller by 1/N, so that v moves as fast as the overlaps.',
      book: 'model.html#one-example',
      paths: ['secondLayerRate'],
      scale: RATE,
      shown: ({ problem }) => problem.secondLayerRate !== undefined && (problem.trainSecondLayer ?? true),
      get: ({ problem }) => problem.secondLayerRate ?? problem.learningRate,
      set: (state, secondLayerRate) => withProblem(state, { secondLayerRate }),
    },
    {
      kind: 'number',
      id: 'noise',
      label: 'Label noise σ',
      help: 'The standard deviation of what is added to each of the teacher’s answers. The test error leaves it out.',
      book: 'model.html#teacher-and-student',
      paths: ['noise'],
      scale: linear(0, 2, 0.01),
      get: ({ problem }) => problem.noise ?? 0,
      set: (state, noise) => withProblem(state, { noise }),
    },
  ],
};

const decay = ({ problem }: State): [number, number] => problem.weightDecay ?? [0, 0];
const withDecay = (state: State, [first, second]: [number, number]): State =>
  withProblem(state, { weightDecay: first === 0 && second === 0 ? undefined : [first, second] });
const DECAY = log(1e-5, 1, { zero: true });

export const weightDecay: Group = {
  id: 'decay',
  title: 'Weight decay',
  rare: true,
  controls: [
    {
      kind: 'number',
      id: 'decay1',
      label: 'First layer κ₁',
      help: 'Each step takes κ₁/N of a first-layer weight away from it.',
      book: 'model.html#one-example',
      paths: ['weightDecay'],
      scale: DECAY,
      get: (state) => decay(state)[0],
      set: (state, first) => withDecay(state, [first, decay(state)[1]]),
    },
    {
      kind: 'number',
      id: 'decay2',
      label: 'Second layer κ₂',
      help: 'Each step takes κ₂/N of an output weight away from it.',
      book: 'model.html#one-example',
      paths: ['weightDecay'],
      scale: DECAY,
      get: (state) => decay(state)[1],
      set: (state, second) => withDecay(state, [decay(state)[0], second]),
    },
  ],
};
