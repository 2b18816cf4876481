/**
 * Milliseconds that a dispatch should take: some drivers end those that take seconds, and Ctrl-C has to wait for it.
 */
const WANTED = 150;
/** How many times longer than the last one a dispatch may be, whose length is not known. */
const GROWTH = 4;
/** Polling starts after this part of the expected time of a dispatch. */
const EARLY = 0.8;
/** Steps of a dispatch are counted in 32 bits. */
const MOST = 2 ** 30;

/** How work is cut into dispatches: it begins with one step, and learns from each how long the next may be. */
export function pace() {
  let most = 1;
  let perStep = 0;
  let first = true;
  let steady = false;
  return {
    /** How many of the steps left to do at once. */
    take: (left: number): number => Math.min(left, most),
    /** Milliseconds to wait before polling for so many steps. */
    expected: (steps: number): number => EARLY * perStep * steps,
    /** Whether the pace is known: before that, the work done says little about what is left. */
    steady: (): boolean => steady,
    /** To be called with the time that so many steps took. */
    took: (steps: number, ms: number): void => {
      if (first) {
        // The first dispatch mostly measures the compiler.
        first = false;
        return;
      }
      // A dispatch that was done before polling began took less time, but it is not known how much less.
      const seen = ms > 1.1 * EARLY * perStep * steps;
      perStep = seen ? ms / steps : perStep / GROWTH;
      const fitting = Math.max(1, Math.floor(WANTED / perStep));
      steady ||= most * GROWTH >= fitting;
      most = Math.min(fitting, GROWTH * Math.max(most, steps), MOST);
    },
  };
}
