import { odex } from './solver.ts';
import { stallWatch } from './stall.ts';
import { stepLengths } from './stepLengths.ts';

/** dy/dt at the state y, written into dy; allocates nothing. */
export type Motion = (y: ArrayLike<number>, dy: { [i: number]: number }) => void;

/** A method for initial-value problems, with the options that are set for each of its starts. */
export interface SolverOptions {
  relativeTolerance: number;
  /** Read at every step. */
  absoluteTolerance: number[];
  maxSteps: number;
  maxStepSize: number;
  initialStepSize: number;
  /** For odex. */
  stabilityCheckCount: number;
}

/** A step, from x0 to x1, to the state y. */
export interface SolverSegment {
  x0: number;
  x1: number;
  y: ArrayLike<number>;
  /** dy/dt there, if the method knows it. */
  dy?: ArrayLike<number>;
}

export interface Solver {
  /** Steps from a state; an error "maximum allowed steps exceeded" ends them. */
  solutionSegments(x: number, y: number[], end: number): Generator<SolverSegment, undefined>;
  /** The longest step from here on. */
  limitStep(most: number): void;
  /** Writes the state at a time within the last step into out. */
  stateAt(x: number, out: Float64Array): void;
}

/** odex or DOP853, for equations that throw where they meet what is no number. */
export type Method = (
  equations: (t: number, y: ArrayLike<number>, out: { [i: number]: number }) => void,
  size: number,
  options: SolverOptions,
) => Solver;

/** What the integrator did, counted as it goes. */
export interface Counts {
  steps: number;
  evaluations: number;
  /** The time from which the state was held; null while it moves. */
  heldFrom: number | null;
}

/** What is integrated, and everything about it that odex does not know. */
export interface Course {
  /** odex if not given. */
  method?: Method;
  size: number;
  motion: Motion;
  /** The time and the state to start from, and the last time asked for. */
  from: number;
  start: ArrayLike<number>;
  end: number;
  rtol: number;
  maxSteps: number;
  counts: Counts;
  /** Writes the absolute tolerance of each component at y into out. */
  absolute(y: ArrayLike<number>, out: number[]): void;
  /** The longest step from y, where the motion is dy. */
  longestStep(y: ArrayLike<number>, dy: ArrayLike<number>): number;
  /** Whether the state has stopped, to rounding. */
  isStill(y: ArrayLike<number>, dy: ArrayLike<number>): boolean;
  /** Whether it has stopped to the tolerance, for good; asked where odex stalls. */
  isAtRest(y: ArrayLike<number>, dy: ArrayLike<number>): boolean;
  /** Looks at the state after each step; throws if it is none. */
  check(y: ArrayLike<number>, time: number): void;
  tooManySteps(time: number): Error;
  noNumber(y: ArrayLike<number>, time: number): Error;
}

/** The solution from x0 to x1: the state at x1, and, until the next one is asked for, that in between. */
export interface Segment {
  x0: number;
  x1: number;
  y: ArrayLike<number>;
  /** Writes the state at x into out. */
  at(x: number, out: Float64Array): void;
}

/** No step takes more evaluations than this. */
const MOST_EVALUATIONS = 200;
/** Steps in a row at which the state must be still before it is held. */
const STILL_STEPS = 3;

/** Thrown out of a trial step that met NaN. */
class NoNumber extends Error {}

/**
 * The pieces of the solution up to the last time asked for: odex, under watch. odex takes a NaN for a small error and
 * creeps at a state that has stopped, so both are caught here. A trial step that meets NaN is tried again with a
 * shorter step; a state that is still to rounding is held to the end. Where odex stalls (see `stallWatch`), a state
 * that is at rest to the tolerance is held too, and any other goes on at its previous pace, without odex's test of
 * stability.
 */
export function* segments(course: Course): Generator<Segment> {
  const { size, motion, end, rtol, maxSteps, counts, absolute, longestStep, isStill, isAtRest } = course;
  const watch = stallWatch();
  const lengths = stepLengths(end, watch.pace);
  const dy = new Float64Array(size);
  /** odex reads them at each step. */
  const tolerances = new Array<number>(size);
  let time = course.from;
  let y: ArrayLike<number> = Array.from(course.start);
  let still = 0;

  const equations = (_time: number, y: ArrayLike<number>, out: { [i: number]: number }): void => {
    // odex does not count the trials of a first or last step that it rejects.
    if (++counts.evaluations > MOST_EVALUATIONS * maxSteps) throw course.tooManySteps(time);
    motion(y, out);
    for (let i = 0; i < size; i++) if (!Number.isFinite(out[i])) throw new NoNumber();
  };
  const most = (): number => Math.min(lengths.most(), longestStep(y, dy));
  const method = course.method ?? odex;
  const begun = (): Solver =>
    method(equations, size, {
      relativeTolerance: rtol,
      absoluteTolerance: tolerances,
      maxSteps: maxSteps - counts.steps + 1,
      maxStepSize: most(),
      ...lengths.now(),
    });

  /** Steps to the end, or until their lengths are to be chosen again. Returns whether the state is to be held. */
  function* steps(): Generator<Segment, boolean> {
    motion(y, dy);
    if (isStill(y, dy)) return true;
    absolute(y, tolerances);
    const solver = begun();
    for (const segment of solver.solutionSegments(time, Array.from(y), end)) {
      counts.steps++;
      // Sums of steps may miss the end by a rounding.
      const x1 = Math.abs(end - segment.x1) <= 1e-12 * end ? end : segment.x1;
      course.check(segment.y, x1);
      yield { x0: segment.x0, x1, y: segment.y, at: solver.stateAt };
      const before = y;
      const length = x1 - segment.x0;
      time = x1;
      y = segment.y;
      absolute(y, tolerances);
      if (time >= end) return false;
      if (segment.dy === undefined) motion(y, dy);
      else dy.set(segment.dy);
      still = isStill(y, dy) ? still + 1 : 0;
      if (still >= STILL_STEPS) return true;
      if (counts.steps >= maxSteps) throw course.tooManySteps(time);
      if (!lengths.arePrescribed() && watch.stalls(length, before, y)) {
        if (isAtRest(y, dy)) return true;
        lengths.prescribe();
        return false;
      }
      if (lengths.endAfter(length)) return false;
      solver.limitStep(most());
    }
    return false;
  }

  while (time < end) {
    try {
      const isHeld = yield* steps();
      if (isHeld) {
        counts.heldFrom = time;
        const state = y;
        yield { x0: time, x1: end, y: state, at: (_x, out) => out.set(state) };
        return;
      }
      lengths.free();
    } catch (error) {
      if (error instanceof NoNumber) {
        if (!lengths.shorten()) throw course.noNumber(y, time);
      } else if (error instanceof Error && error.message.startsWith('maximum allowed steps')) {
        throw course.tooManySteps(time);
      } else throw error;
    }
  }
}
