import type { Problem, StudentKind } from '../../index.ts';

/** All that the page shows follows from this: it is what an address holds, and what undo goes back to. */
export interface State {
  /** In the format of problem files. It may be one that is refused: then the page says why. */
  problem: Problem;
  /** The second layer at the start where it was set by hand: it takes the place of the one that is drawn. */
  v?: number[];
  students: StudentsSettings;
  view: ViewSettings;
}

/** The options of `simulate`. */
export interface StudentsSettings {
  N: number;
  runs: number;
  seed: number;
  student: StudentKind;
  backend: 'auto' | 'cpu' | 'gpu';
}

/** The whole numbers that `simulate` takes of them. */
export const RANGES = {
  N: { least: 1, most: 1e9 },
  runs: { least: 1, most: 1e7 },
  seed: { least: 0, most: Number.MAX_SAFE_INTEGER },
} as const;

export interface ViewSettings {
  /** Where the cursor stands; at the end of the curve if not given. */
  alpha?: number;
  /** The two student units whose output weights span the plane, from 0. */
  pair: [number, number];
}

/** Units that the page has room for. */
export const MOST_UNITS = 8;

/** The example of the README: a DFA student that first aligns, then memorises. */
export const FIRST: State = {
  problem: {
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
    student: { draw: { K: 2, N: 500, sigma: 0.01, seed: 8 } },
    feedback: [0.8, -0.5],
    alpha: { from: 0.1, to: 10000, points: 200, scale: 'log' },
  },
  students: { N: 100, runs: 20, seed: 1, student: 'projected', backend: 'auto' },
  view: { pair: [0, 1] },
};
