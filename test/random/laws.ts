/**
 * Distribution functions and distances for the tests of this room. The functions are good to about 2e-7, far
 * below what 10^5 draws can resolve; @stdlib/stats-kstest needs minutes for the p-value of a sample that size.
 */

/** The two-sided Kolmogorov–Smirnov distance between a sample and a distribution function. */
export function ksDistance(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const p = cdf(sorted[i]);
    distance = Math.max(distance, p - i / n, (i + 1) / n - p);
  }
  return distance;
}

/** P(distance > bound) ≤ p for n true draws, at any n: Massart's constant in the bound of Dvoretzky, Kiefer & Wolfowitz. */
export function ksBound(n: number, p: number): number {
  return Math.sqrt(Math.log(2 / p) / (2 * n));
}

/** The standard normal distribution function: Abramowitz & Stegun 7.1.26 (error below 1.5e-7). */
export function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const upper = (poly * Math.exp(-z * z)) / 2;
  return x > 0 ? 1 - upper : upper;
}

/** The chi-square distribution function, by the finite sum over k, k - 2, …: A&S 26.4.4 and 26.4.5. */
export function chiSquareCdf(k: number, x: number): number {
  const odd = k % 2 === 1;
  let upper = odd ? 2 * normalCdf(-Math.sqrt(x)) : Math.exp(-x / 2);
  let logTerm = odd ? 0.5 * Math.log((2 * x) / Math.PI) - x / 2 : Math.log(x / 2) - x / 2;
  for (let j = odd ? 1 : 2; j < k; j += 2) {
    upper += Math.exp(logTerm);
    logTerm += Math.log(x / (j + 2));
  }
  return 1 - upper;
}

/** Wilson & Hilferty (1931): the cube root is nearly normal, with an error of order 1/k. For huge k. */
export function hugeChiSquareCdf(k: number, x: number): number {
  return normalCdf((Math.cbrt(x / k) - 1 + 2 / (9 * k)) / Math.sqrt(2 / (9 * k)));
}

/** The mean of f over the sample in standard errors from the value it should have. */
export function zOfMean(
  sample: Float64Array,
  f: (x: number) => number,
  mean: number,
  variance: number,
): number {
  let sum = 0;
  for (const x of sample) sum += f(x) - mean;
  return sum / Math.sqrt(sample.length * variance);
}
