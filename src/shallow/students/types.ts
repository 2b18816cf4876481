import type { ResolvedProblem, Student, Teacher } from '../problem/index.ts';

/** How the student is simulated: with N-dimensional weights and inputs, or by the exact chain of its overlaps. */
export type StudentKind = 'trained' | 'projected';

/** What the numbering of the units of a student follows, in means. */
export type Match = 'theory' | 'none';

/** What a problem may draw, and `redraw` draws anew for each run. */
export type Part = 'teacher' | 'student' | 'feedback';

/** The options of `simulate`. */
export interface SimulateOptions {
  /** The input dimension. */
  N: number;
  /** How many students, each with inputs of its own; 1 if not given. */
  runs?: number;
  /** The seed of run 1; the others' follow from it. 1 if not given. */
  seed?: number;
  /** "trained" if not given. */
  student?: StudentKind;
  /**
   * "cpu", "gpu", "reference", or "auto" (if not given): the CPU, but a hardware GPU where it is measured to be faster
   * and there is work enough.
   */
  backend?: string;
  /** A part of the name of the GPU adapter to use; the fastest if not given. */
  adapter?: string;
  /** Whether the backend "gpu" may use an adapter that computes on the CPU; false if not given. */
  allowSoftware?: boolean;
  /**
   * How many runs go on at the same time, each on a worker thread of Node or a worker of the page; as many as the
   * machine has cores if not given. 1 is this thread alone.
   */
  threads?: number;
  /** Parts that the problem draws, drawn anew for each run with the run's seed; none if not given. */
  redraw?: readonly Part[];
  /**
   * "theory" (if not given): a student that leaves a plateau for a minimum equivalent to that of theory, by an exchange
   * of units, has its units renumbered in the means from there on. "none": means are over the units as they are.
   */
  match?: Match;
  /**
   * Inputs on which the test error is also sampled, as a cross-check of its closed form; 0, not at all, if not given.
   */
  testSet?: number;
  /**
   * Called once before the first student begins, with what does the work; not called where there is nothing to do it.
   * The students wait for a promise that it returns.
   */
  onStart?: (start: SimulationStart) => unknown;
  /**
   * Called a few times a second with the work done. If it returns a promise, the students wait until that is settled,
   * or `signal` is aborted: this is how to pause.
   */
  onProgress?: (progress: SimulationProgress) => unknown;
  /**
   * Called once for each student at each of the times, as soon as it is measured there, with the numbers that `perRun`
   * will hold.
   */
  onMeasured?: (measured: Measured) => void;
  /** Stops the simulation early; the runs that were finished are returned. */
  signal?: AbortSignal;
}

/** What is settled before a simulation begins. */
export interface SimulationStart {
  /** Those of the result; where no worker can be started, its `threads` will be 1. */
  settings: SimulationSettings;
  /** The GPU that does the work, if one does. */
  device?: AdapterFacts;
}

/** How far a simulation has come. */
export interface SimulationProgress {
  /** Steps done by all runs together, and steps there are to do. */
  steps: number;
  total: number;
  finishedRuns: number;
  runs: number;
}

/** One student at one of the times. */
export interface Measured {
  /** The number of its run, from 1, and its seed. */
  run: number;
  seed: number;
  /** The place of the time in the simulation's `alpha`, and the time. */
  index: number;
  alpha: number;
  eg: number;
  /** Q[k][l]; like R and v it is unpacked whenever it is looked at. */
  readonly Q: number[][];
  readonly R: number[][];
  readonly v: number[];
  /** The test error on sampled inputs, where a test set was asked for. */
  egSampled?: number;
  /** Set if the student has diverged: its numbers are NaN, and nothing more is reported of it. */
  diverged?: true;
}

/** What was asked for, with every default filled in: together with the problem it makes the same numbers again. */
export interface SimulationSettings {
  N: number;
  runs: number;
  seed: number;
  student: StudentKind;
  /** The backend that did the work, and the threads it used; neither changes more than the last digits. */
  backend: string;
  threads: number;
  /** Where a GPU did it, its name, and that it was one in software if it was. `threads` is then 1. */
  adapter?: string;
  allowSoftware?: true;
  redraw: Part[];
  /** Where it was asked for. */
  match?: 'none';
  testSet: number;
}

/** One value for each time. */
export interface Curves {
  eg: number[];
  /** Q[i][k][l] at alpha[i]. */
  Q: number[][][];
  R: number[][][];
  v: number[][];
  /** The test error on sampled inputs, where a test set was asked for. */
  egSampled?: number[];
}

export interface Run extends Curves {
  /** Its number, from 1. */
  run: number;
  /** The seed with which this run alone gives the same numbers to the last bit. */
  seed: number;
  /**
   * The time at which the student was found to have diverged. Values from then on are NaN, and the run is in no mean.
   */
  diverged?: number;
  /**
   * How its units are numbered in the means from the time `from` on: there unit k is the student's unit |student[k]|,
   * counted from 1, with the sign of that number, and teacher units likewise. Q, R and v here are as they were trained.
   */
  renumbered?: { from: number; student: number[]; teacher: number[] };
  /** What was drawn anew for this run. */
  teacher?: Teacher;
  student?: Student;
  feedback?: number[];
}

/** What is known of a GPU. */
export interface AdapterFacts {
  name: string;
  /** The driver, as it describes itself; browsers do not give it. */
  driver: string;
  /** Whether it computes on the CPU: right, and slow. */
  software: boolean;
}

/** The mean of the students, its standard errors, every run, and what repeats it. */
export interface Simulation {
  /** The problem, resolved; `alpha` holds the times simulated. */
  problem: ResolvedProblem;
  settings: SimulationSettings;
  /** The GPU that did the work, if one did: numbers are the same to the last bit only with the same driver. */
  device?: AdapterFacts;
  /** The times: those asked for, each at the nearest whole number of examples, n/N. */
  alpha: number[];
  /** How many runs the means are taken over: those that were finished and did not diverge. */
  runs: number;
  /** NaN if there is no run. */
  mean: Curves;
  /** Standard errors of the means; NaN if there are fewer than two runs. */
  stderr: Curves;
  /** Every run that was finished, in the order of the run numbers. */
  perRun: Run[];
  /** Runs that could not be finished, and why. */
  failed: { run: number; seed: number; reason: string }[];
  /** Whether every run was finished. */
  complete: boolean;
  /** Notes for the user: that the fastest backend does not run here, for instance. */
  notes: string[];
}
