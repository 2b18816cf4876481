import { cursorOn } from '../cursor.ts';
import { isLog } from '../state/problem.ts';
import type { Tools } from '../views/view.ts';
import { axisTime } from './axisTime.ts';

/** Seconds from one end of the axis to the other, at speed 1. */
const WHOLE = 12;
/** Where motion is to be reduced the cursor goes in so many steps. */
const CALM_STEPS = 24;
/** After a pause of the page it goes on from where it was: no frame counts for more milliseconds than this. */
const LONGEST_FRAME = 100;

const reduced = matchMedia('(prefers-reduced-motion: reduce)');

/** Moves the cursor along the axis until its end, or until it is stopped; `changed` is called at both. */
export function playerOf({ scene, seek }: Pick<Tools, 'scene' | 'seek'>, changed: () => void) {
  let speed = 1;
  let frame: number | undefined;
  let place = 0;
  let before: number | undefined;

  const stop = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    before = undefined;
    changed();
  };
  /** Whether it goes on. */
  const advance = (now: number): boolean => {
    const { theory, state, cursor } = scene();
    if (!theory || theory.curve.alpha.length === 0) return false;
    const { curve } = theory;
    const log = isLog(state.problem.alpha);
    const axis = axisTime(curve.alpha, log);
    // If the cursor was moved meanwhile, it goes on from there.
    if (cursor.index !== cursorOn(curve, axis.at(shown(place)), log).index) place = axis.place(cursor.alpha);
    place += (speed * Math.min(LONGEST_FRAME, now - (before ?? now))) / (1000 * WHOLE);
    before = now;
    const alpha = axis.at(shown(place));
    if (cursorOn(curve, alpha, log).index !== cursor.index) seek(alpha);
    return place < 1;
  };
  const step = (now: number): void => {
    if (advance(now)) frame = requestAnimationFrame(step);
    else stop();
  };
  return {
    playing: () => frame !== undefined,
    /** From the beginning, if the cursor is at the end. */
    play(): void {
      const { theory, state, cursor } = scene();
      if (!theory || theory.curve.alpha.length === 0 || frame !== undefined) return;
      const { alpha } = theory.curve;
      const atEnd = cursor.index === alpha.length - 1;
      if (atEnd) seek(alpha[0]);
      place = atEnd ? 0 : axisTime(alpha, isLog(state.problem.alpha)).place(cursor.alpha);
      frame = requestAnimationFrame(step);
      changed();
    },
    stop,
    setSpeed(times: number): void {
      speed = times;
    },
  };
}

const shown = (place: number): number =>
  reduced.matches ? Math.floor(place * CALM_STEPS) / CALM_STEPS : place;
