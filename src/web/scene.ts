import type { Curve, ResolvedProblem } from '../index.ts';
import type { State } from './state/state.ts';
import type { StudentsSeen } from './students/seen.ts';
import type { About, Failure, Stage } from './theory/protocol.ts';

/** All that views look at. */
export interface Scene {
  state: State;
  /** The newest curve, which may still be that of the problem before; undefined before the first. */
  theory?: TheorySeen;
  /** Whether the exact curve of the problem as it stands is still to come. */
  pending: boolean;
  /** Why the problem as it stands has no curve. */
  refused?: Failure;
  students?: StudentsSeen;
  cursor: Cursor;
}

export interface TheorySeen {
  curve: Curve;
  problem: ResolvedProblem;
  stage: Stage;
  reached: number;
  end: number;
  done: boolean;
  failure?: Failure;
  took: number;
  about?: About;
}

/** A time of the curve. */
export interface Cursor {
  /** The place in `curve.alpha`. */
  index: number;
  alpha: number;
}

/** What has changed since a view was drawn last. */
export interface Changed {
  theory: boolean;
  students: boolean;
  cursor: boolean;
  /** The room, the colours, what is looked at: everything is to be drawn anew. */
  look: boolean;
}
