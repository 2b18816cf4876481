import { studentTail } from './laws.ts';

/** A number known with an error: what can be said of the law of that error. */
export interface Estimate {
  value: number;
  variance: number;
  /** The third cumulant of the error: how lopsided its law is. */
  third: number;
  /** How well the variance itself is known, as the degrees of freedom of a chi-square with its relative spread. */
  dof: number;
}

/**
 * The mean of independent numbers. The spread of a sample variance of n numbers with excess kurtosis κ is
 * var(s²)/σ⁴ = κ/n + 2/(n−1), and a chi-square with ν degrees of freedom has 2/ν: so tails heavier than a normal's
 * (early times, and students on their way to perfect learning) leave fewer than n − 1. Lighter ones count as none.
 */
export function meanOf(values: ArrayLike<number>): Estimate {
  const n = values.length;
  let mean = n > 0 ? 0 : Number.NaN;
  for (let i = 0; i < n; i++) mean += (values[i] - mean) / (i + 1);
  let two = 0;
  let three = 0;
  let four = 0;
  for (let i = 0; i < n; i++) {
    const d = values[i] - mean;
    two += d * d;
    three += d * d * d;
    four += d * d * d * d;
  }
  const excess = two * two > 0 ? Math.max(0, (n * four) / (two * two) - 3) : 0;
  return {
    value: mean,
    variance: two / (n - 1) / n,
    third: three / (n * n * n),
    dof: 2 / (excess / n + 2 / (n - 1)),
  };
}

/** An error that no repetition shows, as that of rounding: bounded, and known to be about this large. */
export const systematic = (size: number): Estimate => ({
  value: 0,
  variance: size * size,
  third: 0,
  dof: Number.POSITIVE_INFINITY,
});

/** Σ_i c_i x_i of independent estimates; the degrees of freedom are those of Welch (1947) and Satterthwaite (1946). */
export function combine(terms: readonly [c: number, x: Estimate][]): Estimate {
  const sum = (of: (c: number, x: Estimate) => number): number =>
    terms.reduce((total, [c, x]) => total + of(c, x), 0);
  const variance = sum((c, x) => c * c * x.variance);
  // Shares of the variance, not squares of variances, which could be too small for a number.
  const shares = sum((c, x) => ((c * c * x.variance) / variance) ** 2 / x.dof);
  return {
    value: sum((c, x) => c * x.value),
    variance,
    third: sum((c, x) => c * c * c * x.third),
    dof: variance > 0 && shares > 0 ? 1 / shares : Number.POSITIVE_INFINITY,
  };
}

/** The same value with its error made larger by a factor. */
export const inflate = (x: Estimate, factor: number): Estimate => ({
  ...x,
  variance: x.variance * factor ** 2,
  third: x.third * factor * factor * factor,
});

/** value/error; 0 for a deviation of 0 without error. */
const ratio = (value: number, error: number): number => (value === 0 && error === 0 ? 0 : value / error);

export const zOf = ({ value, variance }: Estimate): number => ratio(value, Math.sqrt(variance));

/**
 * The probability that an estimate whose true value is 0 lies at least this far from it. The t statistic of lopsided
 * numbers is lopsided the other way, because mean and spread go together; Johnson (J. Am. Stat. Assoc. 73, 536, 1978)
 * corrects it to
 *
 *     t + γ(1 + 2t²)/6,   γ the skewness of the mean.
 *
 * It is taken where it brings t nearer to 0 and not where it takes it away, as a third moment is itself uncertain.
 */
export function pValue(x: Estimate): number {
  const t = zOf(x);
  if (!Number.isFinite(t)) return Number.isNaN(t) ? Number.NaN : 0;
  const skewness = x.variance > 0 ? x.third / x.variance / Math.sqrt(x.variance) : 0;
  const corrected = Math.sign(t) * (t + (skewness * (1 + 2 * t * t)) / 6);
  const size = Math.max(0, Math.min(Math.abs(t), corrected));
  // The normal law is the limit; beyond this the two agree to every digit that matters.
  return Math.min(1, 2 * studentTail(size, Math.min(x.dof, MOST_DOF)));
}

const MOST_DOF = 1e9;

/** The |z| that a normal number exceeds with this probability, by bisection. */
export function boundOf(p: number): number {
  let low = 0;
  let high = 40;
  for (let i = 0; i < 60; i++) {
    const value = (low + high) / 2;
    if (pValue({ value, variance: 1, third: 0, dof: Number.POSITIVE_INFINITY }) > p) low = value;
    else high = value;
  }
  return low;
}
