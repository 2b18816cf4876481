import { type ResolvedProblem, ruleName } from '../problem/index.ts';

/** A batch of students in training: all have seen the same number of examples, each with inputs of its own. */
export interface Batch {
  /** Trains every student on its next `steps` examples; results do not depend on how the steps are split into calls. */
  advance(steps: number): void;
  /** Writes the order parameters of student i to y (see `Layout`). */
  read(i: number, y: Float64Array): void;
  /** ½(ŷ − y)² of student i, without noise, averaged over the first `count` inputs of its test set. */
  sampledError(i: number, count: number): number;
  /** The weights of student i themselves, first and second layer; absent where they do not exist. */
  weights?(i: number): { W: Float64Array[]; v: Float64Array };
}

/** What must be known of a backend to plan work for it. */
export interface Costs {
  /** How many students a batch holds at most: what the backend works on at once. */
  readonly lanes: number;
  /** Arithmetic operations of a step of one student, roughly: what work is divided by. */
  work(K: number, M: number, N: number): number;
  /** Bytes for one batch. */
  memory(K: number, M: number, N: number): number;
}

/** What a backend must know of a problem beforehand. */
export type Kind = Pick<ResolvedProblem, 'activation' | 'rule'>;

/** What a fast kernel says of a rule that does not say what it `sends`. */
export const sendsNeither = (rule: Kind['rule']): string =>
  `it sends back v or F only, and the rule "${ruleName(rule)}" names neither`;

/**
 * One way to simulate one kind of student on a thread. Adding one is one file and one line in the table of
 * `backends.ts`.
 */
export interface Backend extends Costs {
  /** Why it does not run here, or not with this activation or rule; undefined if it does. */
  missing(kind: Kind): string | undefined;
  /** Students before their first example: student i learns `problems[i]` with the inputs of `seeds[i]`. */
  start(problems: readonly ResolvedProblem[], N: number, seeds: readonly number[]): Batch;
}

/** A normal takes about ten operations, a dot product or an update two for each input. */
export const trainedWork = (K: number, M: number, N: number): number => N * (10 + 4 * K + 2 * M);

export const projectedWork = (K: number, M: number): number => 100 + 30 * (K + M) + 6 * (K + M) * K;
