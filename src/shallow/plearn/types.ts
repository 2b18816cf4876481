import type {
  AdapterFacts,
  Outcome,
  SimulateOptions,
  SimulationProgress,
  StudentKind,
} from '../students/index.ts';

/** `simulate`'s options, and: */
export interface PLearnOptions
  extends Partial<
    Omit<SimulateOptions, 'redraw' | 'match' | 'testSet' | 'onStart' | 'onProgress' | 'onMeasured'>
  > {
  /** Student units: a number, or several, each a point. */
  K: number | readonly number[];
  /** Teacher units in all; their directions are orthonormal and their output weights 1, or −1 for the negative ones. */
  M: number;
  /** How many of them have a negative output weight; 0 if not given. */
  negative?: number;
  /** 0.1 if not given. */
  learningRate?: number;
  /** The standard deviation of the label noise; 0 if not given. */
  noise?: number;
  /** The standard deviation of every weight at the start; 0.01 if not given. */
  sigma?: number;
  /** How long a student is trained at most; 1000/learningRate if not given. */
  alpha?: number;
  /** A student whose test error is below this part of its initial value has learned; 1e-4 if not given. */
  learned?: number;
  /**
   * Up to this time no student counts as stuck; 100/learningRate if not given. With `alpha` or more, none ever does.
   */
  patience?: number;
  /** Called now and then; the students wait for a promise that it returns. */
  onProgress?: (progress: PLearnProgress) => unknown;
}

/** The progress of one point among all. */
export interface PLearnProgress extends SimulationProgress {
  K: number;
  /** Which of the points, from 1. */
  part: number;
  parts: number;
  /** How much of the work of all of them is done, from 0 to 1. */
  fraction: number;
}

/** What was asked for, with every default filled in. */
export interface PLearnSettings {
  K: number[];
  M: number;
  negative: number;
  N: number;
  runs: number;
  seed: number;
  student: StudentKind;
  learningRate: number;
  noise: number;
  sigma: number;
  alpha: number;
  learned: number;
  patience: number;
}

/** The outcome of one student. */
export interface PLearnStudent {
  run: number;
  seed: number;
  outcome: Outcome;
  alpha: number;
  /** null where it diverged. */
  eg: number | null;
  feedback: number[];
}

/** One K. */
export interface PLearnPoint {
  K: number;
  /** P(learn) by the formula, see `learnProbability`. */
  exact: number;
  /** The seed of its first run: points share no random numbers. */
  seed: number;
  /** Students trained to an outcome, and how many of each; "undecided" are those still open at the last time. */
  runs: number;
  learned: number;
  stuck: number;
  diverged: number;
  undecided: number;
  /** learned/runs; null without students. */
  fraction: number | null;
  /**
   * The interval of Clopper & Pearson, of 99 %, with undecided students counted both ways: its low end takes all of
   * them to fail, its high end all of them to learn. null without students.
   */
  interval: [number, number] | null;
  /** The same counts for the students whose F has enough components of each sign (`signsAllow`). */
  allowed: { runs: number; learned: number; diverged: number; undecided: number };
  /** The time by which half of the students that learned had done so; null if none did. */
  medianTime: number | null;
  /** By the number of positive components of F, from 0 to K: how many students, and how many of them learned. */
  byPositive: { positive: number; runs: number; learned: number; undecided: number }[];
  students: PLearnStudent[];
}

/** P(learn) by the formula and by students, for each K. */
export interface PLearn {
  settings: PLearnSettings;
  /** What did the work; absent without students. */
  backend?: string;
  threads?: number;
  device?: AdapterFacts;
  points: PLearnPoint[];
  /** Students that could not be trained, and why. */
  failed: { K: number; run: number; seed: number; reason: string }[];
  /** Whether every student asked for was trained to an outcome or the last time. */
  complete: boolean;
  notes: string[];
}
