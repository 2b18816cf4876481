import type { Curve, Problem } from '../../index.ts';

/** What the worker is asked. A newer question ends the older one. */
export interface Question {
  id: number;
  problem: Problem;
}

/** How exact: while a slider moves, a draft comes soon, and looks the same as the exact curve. */
export type Stage = 'draft' | 'exact';

/** What cannot be solved, and how far it came. */
export interface Failure {
  code: string;
  message: string;
  path?: string;
  alpha?: number;
  component?: string;
}

/** The curve so far, of a stage. */
export interface Answer {
  kind: 'curve';
  id: number;
  stage: Stage;
  curve: Curve;
  /** The time that it has come to, of all that are asked for. */
  reached: number;
  end: number;
  /** Whether the stage is over. */
  done: boolean;
  /** Why it ends before its end. */
  failure?: Failure;
  /** Milliseconds of the worker. */
  took: number;
}

/** That there is no curve at all: the problem is refused. */
export interface Refusal {
  kind: 'refused';
  id: number;
  failure: Failure;
}

/** How far a curve that is being made exact has come, the draft being shown. */
export interface Progress {
  kind: 'progress';
  id: number;
  reached: number;
  end: number;
}

/** What there is to be known beside the curve. Each is null where theory knows of none, and says why. */
export interface About {
  kind: 'about';
  id: number;
  plateau: PlateauFound | { none: string };
  minima: MinimaFound | { none: string };
}

/** The symmetric plateau, without its function. */
export interface PlateauFound {
  student: { Q: number[][]; R: number[][]; v: number[] };
  eg: number;
  eigenvalues: { re: number; im: number }[];
  neutral: number;
  escapeRate: number;
  /**
   * The same with the terms of order η₁² and the noise, where such a student rests and few units make it quick to find.
   */
  full?: { eg: number; escapeRate: number };
}

/** The zero-error students. */
export interface MinimaFound {
  count: number;
  /** Every v that one of them has, once each; none where they are too many to be looked through. */
  v: number[][];
}

export type Message = Answer | Refusal | Progress | About;
