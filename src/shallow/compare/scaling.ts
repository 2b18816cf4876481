import { ln } from '../../numbers/index.ts';
import { chiSquareTail } from '../../numbers/laws.ts';
import type { Simulation } from '../students/index.ts';
import type { Deviation } from './deviation.ts';
import type { Observables } from './observables.ts';
import { type PolynomialFit, polynomialFit, widened } from './polynomialFit.ts';
import type { Scaling, SizeDeviation } from './types.ts';

/** The highest power of 1/N in the fits. */
const DEGREE = 2;
/** One more than a fit has coefficients, for an error that the points themselves confirm. */
export const LEAST_SIZES = DEGREE + 2;

/** A size is used from this many examples on: with fewer the spread is not yet that of a sum of many small steps. */
const FEW = 5;

/** Whether a student of size N has seen enough examples by a time: so early the deviation is far below the spread. */
const hasSeenEnough = (a: number, N: number): boolean => a === 0 || Math.round(a * N) >= FEW;

/** Whether there will be fits at a time if no size fails. */
export const willBeFitted = (a: number, sizes: readonly number[]): boolean =>
  sizes.filter((N) => hasSeenEnough(a, N)).length >= LEAST_SIZES;

/** One size: its simulation and mean − theory there, a row for each of its own times. */
export interface Size {
  simulation: Simulation;
  deviations: Deviation[][];
}

/** The fits at one of the times asked for. */
export interface FitsAtTime {
  /** For each observable; undefined where too few sizes have seen enough examples. */
  fits: (PolynomialFit | undefined)[];
  /** Whether the spread of the students is as the fits take it to be. */
  expands: boolean;
}

/**
 * Finite-size scaling. At dimension N the overlaps follow the theory's curve with a spread of order 1/√N around a mean
 * that is off by b(α)/N + c(α)/N² + .. (the expansion of van Kampen, Can. J. Phys. 39, 551, 1961, for steps of size
 * 1/N). So the deviations at several N lie on a curve in 1/N that meets 0 for a right theory. Its intercept a is free:
 * a wrong theory has a ≠ 0, and is not mistaken for a slope.
 *
 * At these sizes c is not seen with some hundred students: straight lines fit as well. But a c just too small to be
 * seen shifts the a of a line by two of its errors, and more right theories would be found wrong than the level states.
 * With c in the fit the error of a is half as large again.
 */
export function fitSizes(alpha: readonly number[], sizes: readonly Size[]): FitsAtTime[] {
  const good = sizes.filter(({ simulation }) => whyLeft(simulation) === undefined);
  return alpha.map((a) => {
    const here = good
      .map(({ simulation, deviations }) => ({ simulation, row: at(simulation, deviations, a) }))
      .filter(({ simulation: { settings } }) => hasSeenEnough(a, settings.N));
    const observables = (sizes[0]?.deviations[0] ?? []).map((_, i) => i);
    if (here.length < LEAST_SIZES) return { fits: observables.map(() => undefined), expands: true };
    const N = here.map(({ simulation }) => simulation.settings.N);
    const runs = here.map(({ simulation }) => simulation.runs);
    const points = observables.map((i) => here.map(({ row }) => row[i]));
    return {
      fits: points.map((y) =>
        widened(
          polynomialFit(
            N.map((n) => 1 / n),
            y,
            DEGREE,
          ),
        ),
      ),
      expands: points.every((y) => spreadsAsRoot(N, runs, y)),
    };
  });
}

/** How far from 0 the exponent of N·variance may be: corrections of order 1/N at the smallest sizes reach 0.22. */
const EXPONENT = 0.25;
/** Spreads this close to what rounding leaves say nothing. */
const RESOLVED = 10;

/**
 * Whether the spread of single students falls as 1/√N, so that N·variance is the same at every size. It does not where
 * fluctuations are amplified: at the end of a plateau, which the theory, or each student at its own time, leaves along
 * an unstable direction; nor where large learning rates make the corrections large. There, at these N, a mean over
 * students is not a curve of the theory plus b/N. This looks at the students alone, so a wrong theory cannot hide
 * behind it.
 */
function spreadsAsRoot(N: readonly number[], runs: readonly number[], y: readonly Deviation[]): boolean {
  if (y.some(({ variance, resolution }) => variance < (RESOLVED * resolution) ** 2)) return true;
  const exponent = polynomialFit(
    N.map(ln),
    // A variance with ν degrees of freedom has a relative spread of √(2/ν).
    y.map(({ variance, dof }, i) => ({
      value: ln(N[i] * runs[i] * variance),
      variance: 2 / dof,
      third: 0,
      dof,
    })),
    1,
  ).coefficients[1];
  return Math.abs(exponent.value) < EXPONENT + 2 * Math.sqrt(exponent.variance);
}

/** The row of a size at a time asked for: several times may have been rounded to one example. */
function at<Row>({ alpha, settings: { N } }: Simulation, rows: readonly Row[], asked: number): Row {
  const n = Math.round(asked * N);
  return rows[alpha.findIndex((a) => Math.round(a * N) === n)];
}

/** Students that diverged are not in the mean, which is then one over the others only. */
export function whyLeft({ perRun, settings, runs }: Simulation): string | undefined {
  if (perRun.length < settings.runs)
    return `${settings.runs - perRun.length} of ${settings.runs} runs were not finished`;
  if (runs < perRun.length) return `${perRun.length - runs} of ${perRun.length} students diverged`;
  return undefined;
}

/** What was found, in plain curves. */
export function describeScaling(
  alpha: readonly number[],
  sizes: readonly Size[],
  fits: readonly FitsAtTime[],
  { names, toCurves }: Observables,
): Scaling {
  const curves = (of: (fit: PolynomialFit) => number) =>
    toCurves(fits.map((row) => row.fits.map((fit) => (fit ? of(fit) : Number.NaN))));
  const coefficient = (k: number) => curves(({ coefficients }) => coefficients[k].value);
  const error = (k: number) => curves(({ coefficients }) => Math.sqrt(coefficients[k].variance));
  const all = fits.flatMap((row, t) =>
    row.fits.flatMap((fit, i) =>
      fit && row.expands ? [{ observable: names[i], alpha: alpha[t], fit }] : [],
    ),
  );
  const chance = ({ chiSquare, dof }: PolynomialFit): number => chiSquareTail(chiSquare, dof);
  const worst = all.reduce<(typeof all)[number] | undefined>(
    (least, one) => (least && chance(least.fit) <= chance(one.fit) ? least : one),
    undefined,
  );
  return {
    sizes: sizes.map(({ simulation, deviations }): SizeDeviation => {
      const left = whyLeft(simulation);
      return {
        N: simulation.settings.N,
        seed: simulation.settings.seed,
        runs: simulation.runs,
        ...(left !== undefined && { left }),
        alpha: simulation.alpha,
        deviation: toCurves(deviations.map((row) => row.map(({ value }) => value))),
        stderr: toCurves(deviations.map((row) => row.map(({ variance }) => Math.sqrt(variance)))),
      };
    }),
    limit: coefficient(0),
    limitError: error(0),
    slope: coefficient(1),
    slopeError: error(1),
    bend: coefficient(2),
    bendError: error(2),
    chiSquare: curves(({ chiSquare }) => chiSquare),
    worstFit: worst
      ? {
          observable: worst.observable,
          alpha: worst.alpha,
          chiSquare: worst.fit.chiSquare,
          dof: worst.fit.dof,
          p: Math.min(1, all.length * chance(worst.fit)),
        }
      : null,
  };
}
