/** Milliseconds over which a rate is taken. */
const SPAN = 3000;
/** Less says nothing: students begin slowly. */
const LEAST = 1000;

/** Steps a second of late, NaN before there is a second to measure: the time of pauses does not count. */
export function rateMeter(): { at(ms: number, steps: number): number; restart(): void } {
  let reports: { ms: number; steps: number }[] = [];
  return {
    at: (ms, steps) => {
      reports.push({ ms, steps });
      while (reports.length > 2 && ms - reports[1].ms > SPAN) reports.shift();
      const took = ms - reports[0].ms;
      return took >= LEAST ? (1000 * (steps - reports[0].steps)) / took : Number.NaN;
    },
    restart: () => {
      reports = [];
    },
  };
}
