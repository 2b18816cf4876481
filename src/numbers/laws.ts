import { exp } from './exp.ts';
import { ln } from './ln.ts';
import { log1p } from './log1p.ts';

/*
 * Distribution functions of Student's t, χ² and the beta law. Densities are written as Loader has them ("Fast and
 * accurate computation of binomial probabilities", 2000): what Stirling's formula leaves out, and deviances, neither of
 * which loses digits where parameters are large. The gamma law's integral is the series of DLMF 8.7.1 or the continued
 * fraction of DLMF 8.9.2.
 */

/** Relative error at which a series or a fraction ends. */
const ENOUGH = 1e-16;
const TINY = 1e-300;

/** ln Γ(z + 1) less Stirling's (z + ½) ln z − z + ½ ln 2π, for z > 0. */
function stirlingError(z: number): number {
  // For small z by ln Γ(z + 2) = ln Γ(z + 1) + ln(z + 1).
  let below = 0;
  for (; z < 16; z++) below += (z + 0.5) * log1p(1 / z) - 1;
  const w = 1 / (z * z);
  return (
    below +
    (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * (691 / 360360)))))) / z
  );
}

/** x ln(x/m) + m − x, a deviance, to the digits that it has. */
function deviance(x: number, m: number): number {
  if (x === 0) return m;
  const d = x - m;
  // NaN ends here, too.
  if (!(Math.abs(d) <= 0.1 * (x + m))) return x * ln(x / m) - d;
  // With v = (x − m)/(x + m), ln(x/m) = 2 artanh v.
  const v = d / (x + m);
  let term = 2 * x * v;
  let sum = d * v;
  for (let k = 3; ; k += 2) {
    term *= v * v;
    const next = sum + term / k;
    if (next === sum) return sum;
    sum = next;
  }
}

const TWO_PI = 2 * Math.PI;

/** x^a y^b/B(a, b) with y = 1 − x. */
function betaWeight(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
  return exp(exponent) * Math.sqrt(((a / n) * b) / TWO_PI);
}

/** The beta law's P(X < x) for x with y = 1 − x, which may be smaller than what 1 − x resolves. */
export function betaCdf(a: number, b: number, x: number, y: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaBelow(b, a, y, x);
  return betaBelow(a, b, x, y);
}

/**
 * The same below the mean, by the continued fraction of Didonato & Morris (ACM Trans. Math. Softw. 18, 360, 1992, eq.
 * 9), which loses nothing where x or y is small, evaluated by Lentz's method (Appl. Opt. 15, 668, 1976).
 */
function betaBelow(a: number, b: number, x: number, y: number): number {
  const lambda = x < y ? a - (a + b) * x : (a + b) * y - b;
  let fraction = (a * (lambda + 1)) / (a + 1);
  let c = fraction;
  let d = 0;
  for (let n = 1; ; n++) {
    const m = a + 2 * n - 1;
    const alpha = ((a + n - 1) / m) * ((a + b + n - 1) / m) * n * (b - n) * x * x;
    const beta = n + (n * (b - n) * x) / m + ((a + n) / (m + 2)) * (lambda + 1 + n * (1 + y));
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    const step = c * d;
    fraction *= step;
    if (!(Math.abs(step - 1) > 4 * ENOUGH)) return betaWeight(a, b, x, y) / fraction;
  }
}

/** Of a law: no series ends for others. */
const isParameter = (x: number): boolean => x > 0 && x < Number.POSITIVE_INFINITY;

/** Student's P(t < −size) for so many degrees of freedom. */
export function studentTail(size: number, dof: number): number {
  if (!isParameter(dof)) return Number.NaN;
  const square = size * size;
  if (square === Number.POSITIVE_INFINITY) return 0;
  return betaCdf(dof / 2, 0.5, dof / (dof + square), square / (dof + square)) / 2;
}

/** P(χ² > x) for so many degrees of freedom. */
export function chiSquareTail(x: number, dof: number): number {
  return isParameter(dof) ? gammaTail(dof / 2, x / 2) : Number.NaN;
}

/** The gamma law's P(X > x) for the shape a. */
function gammaTail(a: number, x: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? x : 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  // x^a e^(−x)/Γ(a + 1)
  const weight = exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(TWO_PI * a);
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let k = 1; term > ENOUGH * sum; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return 1 - weight * sum;
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; ; k++) {
    const an = -k * (k - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = d * c;
    fraction *= step;
    if (!(Math.abs(step - 1) > 4 * ENOUGH)) break;
  }
  return a * weight * fraction;
}

/** The x at which the beta law's P(X < x) is p, 0 < p < 1: bisection, and Newton's step where it stays within. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!isParameter(a) || !isParameter(b)) return Number.NaN;
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (;;) {
    const off = betaCdf(a, b, x, 1 - x) - p;
    if (off < 0) low = x;
    else high = x;
    const step = (off * x * (1 - x)) / betaWeight(a, b, x, 1 - x);
    let next = x - step;
    if (!(next > low && next < high)) next = (low + high) / 2;
    // The last steps change the last bit alone.
    if (Math.abs(next - x) <= 4 * ENOUGH * x || next === low || next === high) return next;
    x = next;
  }
}
