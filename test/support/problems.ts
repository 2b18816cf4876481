import type { Problem } from '../../src/index.ts';

/** A small problem that every test may start from; a fresh copy each time. */
export const smallProblem = (): Problem & { feedback: number[] } => ({
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.1,
  teacher: {
    T: [
      [1, 0],
      [0, 1],
    ],
    A: [1, 1],
  },
  student: {
    Q: [
      [0.1, 0],
      [0, 0.1],
    ],
    R: [
      [0.01, 0],
      [0, 0.02],
    ],
    v: [0.1, -0.1],
  },
  feedback: [0.8, -0.5],
  alpha: [0, 1, 10],
});

/** An ordinary start by BP, of which one relu unit waits so long that the other one's difference between the teacher units is lost. */
export function waitingProblem(): Problem {
  const { feedback: _, ...rest } = smallProblem();
  const student = { draw: { K: 2, N: 500, sigma: 0.01, seed: 2 } };
  return { ...rest, activation: 'relu', rule: 'bp', student };
}
