/** The times asked for as numbers of examples, n = αN rounded to whole examples, each once. */
export function schedule(alpha: readonly number[], N: number): number[] {
  const steps = alpha.map((a) => Math.round(a * N));
  return steps.filter((n, i) => i === 0 || n > steps[i - 1]);
}
