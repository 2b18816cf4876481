/** Milliseconds over which a rate is taken. */
const SPAN = 3000;
/** Less says nothing: students begin slowly. */
const LEAST = 1000;

/** Steps a second of late, NaN before there is a second to measure: the time of pauses does not count. */
export function rateMeter(): { at(ms: number, steps: number): number; restart(): void } {
  let told: { ms: number; steps: number }[] = [];
  return {
    at: (ms, steps) => {
      told.push({ ms, steps });
      while (told.length > 2 && ms - told[1].ms > SPAN) told.shift();
      const took = ms - told[0].ms;
      return took >= LEAST ? (1000 * (steps - told[0].steps)) / took : Number.NaN;
    },
    restart: () => {
      told = [];
    },
  };
}
