import { betaQuantile } from '../../numbers/laws.ts';

/**
 * The interval of Clopper & Pearson (1934) for a probability, from k successes in n trials: it holds the true value
 * with a chance of at least `level`, for any n.
 */
export function binomialInterval(k: number, n: number, level: number): [number, number] {
  const tail = (1 - level) / 2;
  return [k === 0 ? 0 : betaQuantile(tail, k, n - k + 1), k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k)];
}
