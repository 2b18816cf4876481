import type { CountGrid, Grid } from '../../numbers/times.ts';

/** What a network of any depth learns, as a user states it: in TypeScript or in a JSON file. */
export interface DeepProblem {
  network: NetworkSpec;
  /** A name in the table of rules: "bp", "fa", "dfa", "ifa", "drtp" and others. */
  rule: string;
  /**
   * The fixed matrices by which errors come back: drawn or given. Rules that use none may have it: alignments are then
   * measured against it.
   */
  feedback?: FeedbackSpec;
  loss: 'squared' | 'cross-entropy' | 'binary-cross-entropy';
  data: DataSpec;
  /** η, or one rate for each layer; needed by training alone. */
  learningRate?: number | number[];
  /** Examples a step, or "all" of them; "all" if not given. */
  batch?: number | 'all';
  /** When training is looked at, in passes through the data or in steps; one of the two. */
  epochs?: number[] | CountGrid;
  steps?: number[] | CountGrid;
  /** When theory is looked at: t = η·steps, with η → 0. */
  time?: number[] | Grid;
  /** "sgd" if not given. */
  optimizer?: 'sgd' | OptimizerSpec;
  /** How often a unit is dropped, below 1: of the inputs, and of each hidden layer. */
  dropout?: { inputs?: number; hidden?: number };
  batchNorm?: boolean;
  weightDecay?: number;
  /** What changes while a network is trained, in the order of time. */
  schedule?: ScheduleEntry[];
  /** So many units of a hidden layer, drawn, keep their gradients; the others never learn (Launay et al. 2019, 4.2). */
  bottleneck?: { layer: number; units: number; seed: number };
  /** Trained on x + ε sgn ∂J/∂x in place of x (Goodfellow et al. 2015; Nøkland 2016). */
  adversarial?: { epsilon: number };
}

/** From a time on, in epochs or steps as the problem has them: another rule, or other layers that do not learn. */
export interface ScheduleEntry {
  from: number;
  rule?: string;
  /** Numbers of layers, from 1. */
  frozen?: number[];
}

export interface NetworkSpec {
  /** n_0 … n_L; or `layers` in their place. */
  widths?: number[];
  /** Layers one by one, from the first; the last is dense and has one unit for each output. */
  layers?: LayerSpec[];
  /** g of the hidden layers. */
  activation: ActivationSpec;
  /** Whether layers add b_l; false if not given. */
  bias?: boolean;
  /** "pytorch" if not given. */
  init?: InitSpec;
  /** From which a start is drawn; 1 if not given. Trained runs have seeds of their own. */
  seed?: number;
}

export type LayerSpec = { dense: number } | { convolution: number; kernel: number; pool?: number };

export type ActivationSpec = string | { 'leaky-relu': number };

export type InitSpec =
  | 'zero'
  | 'pytorch'
  | 'he'
  | { normal: number }
  | { weights: number[][][]; biases?: number[][] }
  /** A network that was saved: an .npz file with W_1, b_1, … */
  | { file: string };

export type OptimizerSpec =
  | { momentum: number; nesterov?: boolean }
  | { rmsprop: { decay?: number; epsilon?: number } };

export type FeedbackSpec =
  | {
      draw: 'normal' | 'uniform' | 'sign' | 'orthogonal' | 'ideal';
      /**
       * How large: a number, or the name of a convention. Of a normal draw it is the standard deviation, of a uniform one
       * the largest size, of a sign its size; orthogonal columns have this length.
       */
      scale?: number | 'width' | 'outputs' | 'launay-2019';
      /** Whether each layer takes the first rows of one matrix. */
      shared?: boolean;
      /** Of everything but the ideal limit. */
      seed?: number;
    }
  | { matrices: number[][][] }
  /** Sign-symmetric: sizes of the feedback's elements. */
  | { magnitudes: 'uniform' | 'batch-random' | 'fixed-random'; seed?: number }
  /** Perturbed back-propagation: the cosine with the gradient. */
  | { cosine: number; seed?: number };

/** A number of examples: the first ones, or drawn ones. */
export type PartSpec = number | { draw: number };

export type DataSpec = ImagesSpec | GaussianSpec | LinearTeacherSpec | ArraysSpec | FileSpec;

export interface ImagesSpec {
  set: 'digits' | 'mnist' | 'fashion-mnist' | 'cifar-10' | 'cifar-100';
  /** Resized to so many pixels a side, by the average over areas. */
  pixels?: number;
  /** To mean 0 and deviation 1 of all inputs of the training part; true if not given. */
  standardise?: boolean;
  /** The fraction of labels that are shuffled. */
  corruption?: number;
  train?: PartSpec;
  test?: PartSpec;
  seed?: number;
}

/** Normal inputs and, independent of them, two normal targets: eq. 20 of Refinetti et al. 2021. */
export interface GaussianSpec {
  set: 'gaussian';
  inputs: number;
  examples: number;
  /** The second target's deviation, where the first's is 1. */
  alpha: number;
  /** 1 − β is the targets' correlation. */
  beta: number;
  seed: number;
}

/** Targets y = T x + noise, inputs normal with covariance Σ_x. */
export interface LinearTeacherSpec {
  set: 'linear-teacher';
  T: number[][] | { draw: 'normal'; seed: number };
  /** Σ_x: a matrix, or the variances of independent inputs; 1 if not given. */
  covariance?: number[][] | number[];
  /** σ, the standard deviation of the label noise; 0 if not given. */
  noise?: number;
  /** How many are drawn; if not given, the law itself. */
  examples?: number;
  seed?: number;
}

export interface ArraysSpec {
  train: Examples;
  test?: Examples;
}

/** Inputs and targets, a row for each example. */
export interface Examples {
  x: number[][];
  y: number[][];
}

/** An .npz file of arrays x, y and, if there is a test, x_test, y_test. */
export interface FileSpec {
  file: string;
}

/**
 * The same problem with every default filled in and every grid written out. What is drawn stays a draw with its seed,
 * as the matrices of a wide network are too large for files; the same seed gives the same bits everywhere.
 */
export interface ResolvedDeepProblem extends DeepProblem {
  network: NetworkSpec & { bias: boolean; init: InitSpec; seed: number };
  batch: number | 'all';
  epochs?: number[];
  steps?: number[];
  time?: number[];
}
