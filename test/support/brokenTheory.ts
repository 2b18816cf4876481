import type * as Equations from '../../src/shallow/theory/equations.ts';

type Theory = typeof Equations.equationsOfMotion;

/** Wrong equations of motion, by what they leave out; used with vi.mock. */
const mistakes: Record<string, (theory: Theory) => Theory> = {
  'the label noise': (theory) => (problem) => theory({ ...problem, noise: 0 }),
  'the decay of the first layer': (theory) => (problem) =>
    theory({ ...problem, weightDecay: [0, problem.weightDecay[1]] }),
  'the decay of the second layer': (theory) => (problem) =>
    theory({ ...problem, weightDecay: [problem.weightDecay[0], 0] }),
  'the terms of second order in the rate': (theory) => (problem) => theory(problem, { firstOrder: true }),
  'a tenth of the second layer’s rate': (theory) => (problem) =>
    theory({ ...problem, secondLayerRate: 0.9 * problem.secondLayerRate }),
};
export const MISTAKES = Object.keys(mistakes);

/** The module with the mistake that `now` names when equations are made; the right one if it names none. */
export const broken = (equations: typeof Equations, now: { mistake: string }): typeof Equations => ({
  ...equations,
  equationsOfMotion: (problem, options) => {
    const theory = mistakes[now.mistake]?.(equations.equationsOfMotion) ?? equations.equationsOfMotion;
    return theory(problem, options);
  },
});
