import type { ResolvedDeepProblem } from '../problem/index.ts';
import type { State } from './backend.ts';
import type { Checkpoint, RunRecord } from './task.ts';

/** What a problem draws, and `redraw` draws anew for each run. Starts always are, where they are drawn. */
export type DeepPart = 'feedback' | 'data';

/** The options of `simulate` for networks on data. */
export interface DeepSimulateOptions {
  /** How many networks; 1 if not given. */
  runs?: number;
  /** The seed of run 1; the others' follow from it. 1 if not given. */
  seed?: number;
  /**
   * "cpu" if not given, or "auto"; "relaxed", the same with relaxed SIMD, whose bits are those of the machine;
   * "reference", readable, in double precision, and slow.
   */
  backend?: string;
  /** How many runs go on at the same time; as many as the machine has cores if not given. */
  threads?: number;
  /** Parts that the problem draws, drawn anew for each run with the run's seed; none if not given. */
  redraw?: readonly DeepPart[];
  /** Examples of the training part with which signals are compared; 1000 if not given, or all if there are fewer. */
  examples?: number;
  /**
   * When the weights of the runs are compared with each other: at the "end" (if not given), at "all" times, for which each
   * run keeps its weights, or never, "none".
   */
  cosine?: 'end' | 'all' | 'none';
  /** Folders in which data is looked for before those of the environment. */
  data?: string;
  /** Called once before the first run begins. */
  onStart?: (start: { settings: DeepSimulationSettings }) => unknown;
  /** Called a few times a second; if it returns a promise, the runs wait until that is settled. */
  onProgress?: (progress: DeepProgress) => unknown;
  /** Called once for each run at each of the times, as soon as it is measured there. */
  onMeasured?: (measured: DeepMeasured) => void;
  /**
   * Called with each network when it is finished, and with those that a journal holds: its number, from 1, and all that
   * it consists of. Not with one that diverged.
   */
  onNetwork?: (run: number, network: State) => void;
  /** Where unfinished work is kept, and taken up again. */
  journal?: Journal;
  /** Stops the simulation early; the runs that were finished are returned. */
  signal?: AbortSignal;
}

/** What there is of earlier work on a simulation. */
export interface EarlierWork {
  finished: readonly RunRecord[];
  checkpoints: readonly Checkpoint[];
}

/** Keeps runs while they are trained, so that a stop loses nothing that was finished. Runs are counted from 0. */
export interface Journal {
  /**
   * Called once before the first run begins. What it throws ends the simulation. `read`: sums of the data, and of the
   * network from which runs start, as files change while names stay.
   */
  open(of: { problem: ResolvedDeepProblem; settings: DeepSimulationSettings; read: string }): EarlierWork;
  onFinished(record: RunRecord): void;
  onCheckpoint(checkpoint: Checkpoint): void;
  /** Milliseconds of work between two checkpoints of a run. */
  saveEvery: number;
}

/** How far a simulation has come. */
export interface DeepProgress {
  steps: number;
  /** Of these, the steps that a journal held at the start. */
  earlier: number;
  total: number;
  finishedRuns: number;
  runs: number;
}

/** What was asked for, with every default filled in. */
export interface DeepSimulationSettings {
  runs: number;
  seed: number;
  backend: string;
  threads: number;
  redraw: DeepPart[];
  examples: number;
  cosine: 'end' | 'all' | 'none';
}

/** A number of each layer, and of all of them together. */
export interface LayerNumbers {
  layers: number[];
  total: number;
}

/** The same at each time: layers[i][l − 1] and total[i]. */
export interface LayerCurves {
  layers: number[][];
  total: number[];
}

/** One network at one of the times; NaN where there is no such number. */
export interface DeepMeasured {
  run: number;
  seed: number;
  index: number;
  epoch: number;
  step: number;
  trainLoss: number;
  trainAccuracy: number;
  testLoss: number;
  testAccuracy: number;
  weightAlignment: LayerNumbers;
  gradientAlignment: LayerNumbers;
  /** The cosine of single examples' signals, layer by layer: its mean over the examples and its standard deviation. */
  exampleAlignment: { mean: number[]; deviation: number[] };
  /** |ΔW_l| of the last step. */
  updateNorm: number[];
  /** Set if the network has diverged: its numbers are NaN, and nothing more is reported of it. */
  diverged?: true;
}

/** One value for each time; layers[i][l − 1] at time i. */
export interface DeepCurves {
  trainLoss: number[];
  trainAccuracy: number[];
  testLoss: number[];
  testAccuracy: number[];
  weightAlignment: LayerCurves;
  gradientAlignment: LayerCurves;
  exampleAlignment: { mean: number[][]; deviation: number[][] };
  updateNorm: number[][];
}

export interface DeepRun extends DeepCurves {
  /** Its number, from 1. */
  run: number;
  /** The seed with which this run alone gives the same numbers to the last bit. */
  seed: number;
  /** Where its numbers were no longer finite; values of later times are NaN, and the run is in no mean. */
  diverged?: { step: number; epoch: number; layer: number; learningRate: number };
}

/** How alike the weights of different runs are: the cosine of W_1 … W_L of two runs, as means over pairs. */
export interface WeightCosine {
  /** The places of the times at which weights were compared. */
  index: number[];
  pairs: number;
  /** Of each layer, and of all stacked. */
  layers: number[][];
  total: number[];
  /** Standard errors of the total, by leaving out one run at a time; NaN with two runs. */
  stderr: number[];
}

/** The mean of the networks, its standard errors, every run, and what repeats it. */
export interface DeepSimulation {
  /** The problem, resolved. */
  problem: ResolvedDeepProblem;
  settings: DeepSimulationSettings;
  /** The times: those asked for, each at the nearest whole step. */
  epoch: number[];
  step: number[];
  /** How many runs the means are taken over: those that were finished and did not diverge. */
  runs: number;
  mean: DeepCurves;
  stderr: DeepCurves;
  perRun: DeepRun[];
  /** Null with fewer than two runs, or where it was not asked for. */
  weightCosine: WeightCosine | null;
  failed: { run: number; seed: number; reason: string }[];
  complete: boolean;
  notes: string[];
}
