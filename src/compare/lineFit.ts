import { combine, type Estimate, inflate } from './estimate.ts';

/** y = a + b x through points with errors. */
export interface LineFit {
  a: Estimate;
  b: Estimate;
  chiSquare: number;
  /** Points less two. */
  dof: number;
}

/** Weighted least squares. */
export function lineFit(x: readonly number[], y: readonly Estimate[]): LineFit {
  const w = y.map(({ variance }) => 1 / variance);
  const sum = (of: (i: number) => number): number => x.reduce((total, _, i) => total + w[i] * of(i), 0);
  const S = sum(() => 1);
  const centre = sum((i) => x[i]) / S;
  const Sxx = sum((i) => (x[i] - centre) ** 2);
  // Both are linear in y: b = Σ_i w_i (x_i − x̄) y_i / Sxx and a = Σ_i w_i y_i / S − b x̄.
  const slope = x.map((_, i) => (w[i] * (x[i] - centre)) / Sxx);
  const a = combine(y.map((point, i) => [w[i] / S - slope[i] * centre, point]));
  const b = combine(y.map((point, i) => [slope[i], point]));
  const chiSquare = sum((i) => (y[i].value - a.value - b.value * x[i]) ** 2);
  const dof = x.length - 2;
  return { a, b, chiSquare, dof };
}

/**
 * The fit with the errors of a and b larger by √(χ²/dof) where that is above 1, as in the tables of the Particle Data
 * Group. What the line cannot follow, a bend above all, then moves a and b by a few of their errors at most, however
 * large it is.
 */
export function widened({ a, b, chiSquare, dof }: LineFit): LineFit {
  const factor = Math.sqrt(Math.max(1, chiSquare / dof));
  return { a: inflate(a, factor), b: inflate(b, factor), chiSquare, dof };
}
