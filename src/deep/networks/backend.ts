import type { Examples32 } from '../data/index.ts';
import type {
  ActivationSpec,
  DeepProblem,
  ImageShape,
  LayerShape,
  ResolvedDeepProblem,
} from '../problem/index.ts';

/*
 * What every implementation of networks shares. Layer l, from 1 to L, is
 *
 *     z_l = W_l h_{l−1} + b_l,   a_l = z_l or, with batch normalisation, γ_l (z_l − mean)/√(variance + ε) + β_l,
 *     h_l = dropped(pooled(g(a_l))) for l < L,   output f(z_L),
 *
 * where h_0 is the input, dropped if the problem says so. Dropout keeps a unit with probability 1 − p and then divides it
 * by 1 − p. A signal arrives at h_l, by the rule, and goes back through dropout, pooling (to the first of the largest),
 * g' and batch normalisation (by the statistics of its batch, as the gradient does) to δ_l, which is ∂J/∂z_l for
 * back-propagation. The gradient of a batch is the mean over its examples of δ_l h_{l−1}ᵀ, for a convolution summed over
 * positions. When a network is looked at, nothing is dropped and batch normalisation goes by running statistics.
 */

/**
 * What a network consists of, by name: W_l (rows × fan-in, row by row), b_l, gamma_l, beta_l, mean_l and variance_l (running
 * statistics), B_l where feedback learns (as in the problem: n_l × n_{l+1}, or the form of a convolution's weights), and
 * for each of these that learns what the optimiser remembers of it, W_l.velocity or W_l.meanSquare and so on. Complete: a network that is given all of
 * them goes on as if it had never stopped.
 */
export type State = Record<string, Float32Array | Float64Array>;

/** Everything about a network in training that does not change while it is trained. */
export interface NetworkPlan {
  shapes: readonly LayerShape[];
  inputs: number;
  /** Of inputs that are images. */
  image?: ImageShape;
  /** Most examples in a step. */
  batch: number;
  activation: ActivationSpec;
  loss: DeepProblem['loss'];
  /** η_l, from the first layer. */
  rates: readonly number[];
  optimizer: Exclude<DeepProblem['optimizer'], undefined>;
  /** λ: weights and learning feedback change by −η(gradient + λ W) where plain steps are taken, biases without it. */
  decay: number;
  dropout: { inputs: number; hidden: number };
  batchNorm: boolean;
  /** For each layer, which rows learn; undefined if all do. */
  learns: readonly (Uint8Array | undefined)[];
  /** ε of adversarial examples; 0 for none. */
  epsilon: number;
  /** W_l and b_l at the start. */
  start: State;
  /** The matrices of each rule that is used, as in the problem: of signs, none. */
  feedback: Readonly<Record<string, readonly Float64Array[]>>;
  spec: ResolvedDeepProblem['feedback'];
  /** From which what is random in steps is drawn, but for what `spec` has a seed of its own. */
  seed: number;
}

/** What a network does in a step: its rule, and which layers do not learn. */
export interface Phase {
  rule: string;
  /** From 1. */
  frozen: readonly number[];
}

/** A network in training. What it returns is its own memory, and lasts until it is called again. */
export interface Network {
  /**
   * One step on the chosen examples. `number` counts the steps from 0: what is random in one is drawn for its number.
   * Returns the first layer of which an a_l is not finite, from 1, or 0.
   */
  step(examples: Examples32, chosen: Uint32Array, number: number, phase: Phase): number;
  /** z_L of `count` examples from `from` on, row by row; at most `LOOK` at a time, as everything that looks at it. */
  outputs(examples: Examples32, from: number, count: number): Float32Array | Float64Array;
  /** δ_1 … δ_{L−1} of these examples by a rule, row by row. */
  signals(examples: Examples32, from: number, count: number, rule: string): (Float32Array | Float64Array)[];
  read(): State;
  write(state: State): void;
}

/** One way to train networks. Adding one is one file and one line in the table of `backends.ts`. */
export interface Backend {
  /** Why it does not run here; undefined if it does. */
  missing(): string | undefined;
  start(plan: NetworkPlan): Network;
}

/** Most examples that a network is looked at with at a time. */
export const LOOK = 128;

/** ε of batch normalisation, and how much of the running statistics a batch replaces; as in PyTorch. */
export const BATCH_NORM = { epsilon: 1e-5, momentum: 0.1 } as const;

/** Numbers of optimisers that a problem leaves out. */
export const RMSPROP = { decay: 0.99, epsilon: 1e-8 } as const;

/** What an optimiser remembers of each parameter, by its name in `State`; another optimiser has no use for it. */
export function memoryOf(optimizer: NetworkPlan['optimizer']): 'velocity' | 'meanSquare' | undefined {
  if (optimizer === 'sgd') return undefined;
  return 'momentum' in optimizer ? 'velocity' : 'meanSquare';
}

/** From which sizes of signs and turns of gradients are drawn. */
export const feedbackSeed = ({ spec, seed }: Pick<NetworkPlan, 'spec' | 'seed'>): number =>
  spec !== undefined && 'seed' in spec ? (spec.seed ?? seed) : seed;
