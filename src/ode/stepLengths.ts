/** Times that one step may be tried again, each time shorter, after a trial that met NaN. */
const TRIES = 8;
/** Steps taken past a stall of odex before it chooses their lengths again. */
const STEPS_PAST_STALL = 100;
/** The first step, before anything is known of the curve. */
const FIRST = 1e-4;

/** The limits that odex gets for its step lengths: it chooses them itself, except in two cases. */
export interface StepLengths {
  /** For the next start of odex. */
  now(): { initialStepSize: number; stabilityCheckCount: number };
  /** The longest step. */
  most(): number;
  /** Past a stall: for a hundred steps at most as long as steps were before, without odex's test of stability. */
  prescribe(): void;
  arePrescribed(): boolean;
  /** After a trial that met NaN: a tenth of the length at most. Returns whether there is a trial left. */
  shorten(): boolean;
  /** Whether odex is to be started again after a step of this length, to choose freely. */
  endAfter(length: number): boolean;
  /** Lets odex choose its steps freely again after such trials. */
  free(): void;
}

/** Steps up to the time `end`; `pace` is their mean length of late. */
export function stepLengths(end: number, pace: () => number): StepLengths {
  let longest = end;
  let tries = 0;
  let hasStalled = false;
  let prescribed = 0;
  return {
    now: () => ({
      initialStepSize: Math.min(hasStalled ? pace() : FIRST, longest),
      stabilityCheckCount: prescribed > 0 ? 0 : 1,
    }),
    most: () => (prescribed > 0 ? Math.min(pace(), longest) : longest),
    prescribe() {
      hasStalled = true;
      prescribed = STEPS_PAST_STALL;
    },
    arePrescribed: () => prescribed > 0,
    shorten() {
      longest = Math.min(longest, 1) / 10;
      return ++tries <= TRIES;
    },
    endAfter(length) {
      if (prescribed > 0 && --prescribed === 0) return true;
      // After such a trial, some short steps come first.
      return tries > 0 && length > 0.5 * longest;
    },
    free() {
      tries = 0;
      longest = end;
    },
  };
}
