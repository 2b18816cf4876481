/** Milliseconds that a dispatch should take: some drivers end those that take seconds, and Ctrl-C has to wait for it. */
const WANTED = 150;
/** How many times longer than the last one a dispatch may be, whose length is not known. */
const GROWTH = 4;
/** A dispatch is looked for somewhat before it should be done. */
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
    /** Milliseconds that so many should take. */
    expected: (steps: number): number => EARLY * perStep * steps,
    /** Whether it knows: what was done until then says little of what comes. */
    steady: (): boolean => steady,
    /** To be called with how long it took. */
    took: (steps: number, ms: number): void => {
      if (first) {
        // That was the compiler's time, mostly.
        first = false;
        return;
      }
      // Done before it was looked for, it took less: nobody knows how much.
      const seen = ms > 1.1 * EARLY * perStep * steps;
      perStep = seen ? ms / steps : perStep / GROWTH;
      const fitting = Math.max(1, Math.floor(WANTED / perStep));
      steady ||= most * GROWTH >= fitting;
      most = Math.min(fitting, GROWTH * Math.max(most, steps), MOST);
    },
  };
}
