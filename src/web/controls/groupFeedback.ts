import { type FeedbackDraw, rules } from '../../index.ts';
import { ruleOf } from '../../shallow/problem/index.ts';
import {
  canBeOrthogonal,
  drawFeedback,
  feedbackLaw,
  giveFeedback,
  replaced,
  withProblem,
} from '../state/edit.ts';
import { drawnNow } from '../state/resolved.ts';
import type { State } from '../state/state.ts';
import { subscript } from '../views/numbers.ts';
import type { Group } from './control.ts';
import { attempted, listed, SEED } from './words.ts';

/** Rules that do without feedback. */
const WITHOUT = Object.values(rules)
  .filter(({ needsFeedback }) => !needsFeedback)
  .map(({ name }) => name.toUpperCase())
  .join(', ');

const typed = ({ problem: { feedback } }: State): number[] | undefined =>
  Array.isArray(feedback) ? feedback : undefined;

const modeOf = (state: State): string =>
  state.problem.feedback === undefined ? 'none' : (feedbackLaw(state)?.draw ?? 'typed');

export const feedback: Group = {
  id: 'feedback',
  title: 'Feedback',
  controls: [
    {
      kind: 'choice',
      id: 'feedbackMode',
      label: 'Feedback weights F',
      help: 'Fixed weights through which DFA sends the error back; BP makes no use of them. Numbers that are typed, or a law from which they are drawn.',
      book: 'problem.html#drawn-instead-of-given',
      paths: ['feedback.draw', 'feedback'],
      options: [
        ['typed', 'typed numbers'],
        ['normal', 'drawn: normal'],
        ['uniform', 'drawn: uniform on (−1, 1)'],
        ['positive', 'drawn: the size of a normal number'],
        ['orthogonal', 'drawn: at right angles to A'],
        ['matched', 'matched: v at the start'],
        ['none', `none (${WITHOUT} only)`],
      ],
      without: (state) => [
        ...(canBeOrthogonal(state) ? [] : ['orthogonal']),
        ...(ruleOf(state.problem.rule).needsFeedback ? ['none'] : []),
      ],
      get: modeOf,
      set: (state, mode, { say }) => {
        if (mode === 'none') return withProblem(state, { feedback: undefined });
        if (mode === 'typed') return attempted(state, giveFeedback, say);
        return drawFeedback(state, { draw: mode as FeedbackDraw['draw'] });
      },
    },
    {
      kind: 'list',
      id: 'F',
      label: 'Typed feedback weights F',
      bare: true,
      short: (k) => `F${subscript(k + 1)}`,
      name: (k) => `feedback weight F of student unit ${k + 1}`,
      shown: (state) => typed(state) !== undefined,
      get: typed,
      set: (state, k, value) => withProblem(state, { feedback: replaced(typed(state) ?? [], k, value) }),
    },
    {
      kind: 'number',
      id: 'feedbackSeed',
      label: 'Feedback seed',
      paths: ['feedback.seed'],
      whole: SEED,
      next: true,
      shown: (state) => !['none', 'typed', 'matched'].includes(modeOf(state)),
      get: (state) => feedbackLaw(state)?.seed,
      set: (state, seed) => drawFeedback(state, { seed }),
    },
    {
      kind: 'note',
      id: 'feedbackDrawn',
      label: 'F',
      shown: (state) => feedbackLaw(state) !== undefined,
      text: (state) => `F = ${listed(drawnNow(state)?.feedback)}`,
    },
  ],
};
