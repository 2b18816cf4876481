import type { AcceptedStep } from 'odex';
import { power } from '../numbers/index.ts';
import { Solver as Odex } from './odexSolver.ts';
import type { Method } from './segments.ts';

/** In place of a function for each step: see `stateAt`. */
const nothing = (): number => Number.NaN;

/**
 * odex with its two powers of fractions, which set the lengths of steps, taken from src/numbers: those of `Math.pow`
 * differ from engine to engine in their last bits, and the whole curve with them. The formulas are those of Hairer,
 * Nørsett and Wanner, Solving Ordinary Differential Equations I, section II.9 (the subroutines MIDEX and the dense
 * output of ODEX).
 *
 * Other powers in odex are squares and whole powers of small odd numbers, which are exact in every engine. Its
 * logarithm of the tolerance is rounded down to a whole number of columns.
 */
export class Solver extends Odex {
  /** The longest step from here on, in place of the option `maxStepSize`. */
  limitStep(h: number): void {
    this.hMax = h;
  }

  /** The interpolation of the last step: where it began, its length, and its degree. */
  private x0 = 0;
  private h = 0;
  private degree = 0;

  /**
   * The whole state at a time within the last step, written into out: odex's own interpolation, whose coefficients stay
   * until the next step, without its copy of them and its search for each component.
   */
  stateAt(x: number, out: { [i: number]: number }): void {
    const { dens: c, degree } = this;
    const n = this.options.denseComponents.length;
    const theta = (x - this.x0) / this.h;
    const rest = 1 - theta;
    const fromMiddle = theta - 0.5;
    const weight = (theta * rest) ** 2;
    const last = n * (degree + 4);
    for (let i = 0; i < n; i++) {
      const cubic = c[i] + theta * (c[n + i] + rest * (c[2 * n + i] * theta + c[3 * n + i] * rest));
      if (degree < 0) {
        out[i] = cubic;
        continue;
      }
      let more = c[last + i];
      for (let j = degree; j >= 1; j--) more = c[n * (j + 3) + i] + (more * fromMiddle) / j;
      out[i] = cubic + weight * more;
    }
  }

  protected override contex(x0: number, h: number, degree: number): (component: number, x: number) => number {
    this.x0 = x0;
    this.h = h;
    this.degree = degree;
    return nothing;
  }

  protected override midEx(j: number, h: number, x: number, y: number[], slope: number[]): boolean {
    const goesOn = super.midEx(j, h, x, y, slope);
    if (goesOn && j > 0) {
      const { stepSizeFac1, stepSizeFac2, stepSafetyFactor1, stepSafetyFactor2 } = this.options;
      const order = 1 / (2 * j + 1);
      const least = power(stepSizeFac1, order);
      const wanted = power(this.err / stepSafetyFactor1, order) / stepSafetyFactor2;
      const factor = 1 / Math.min(stepSizeFac2 / least, Math.max(least, wanted));
      this.hh[j] = Math.min(Math.abs(h) * factor, this.hMax);
      this.w[j] = this.a[j] / this.hh[j];
    }
    return goesOn;
  }

  protected override acceptStep(
    kc: number,
    h: number,
    x: number,
    y: number[],
    slope: number[],
  ): AcceptedStep {
    const step = super.acceptStep(kc, h, x, y, slope);
    if (step.hoptde !== undefined) {
      const { denseComponents, interpolationFormulaDegree } = this.options;
      const n = denseComponents.length;
      const degree = 2 * kc - interpolationFormulaDegree + 1;
      const last = (degree + 4) * n;
      let squares = 0;
      denseComponents.forEach((component, i) => {
        squares += (this.dens[last + i] / this.scal[component]) ** 2;
      });
      const error = Math.sqrt(squares / n) * this.errfac[degree - 1];
      step.hoptde = h / Math.max(power(error, 1 / (degree + 4)), 0.01);
    }
    return step;
  }
}

/** odex as a method of `segments`. */
export const odex: Method = (equations, size, options) => {
  const solver = new Solver(equations, size, { rawFunction: true, ...options });
  return {
    solutionSegments: (x, y, end) => solver.solutionSegments(x, y, end),
    limitStep: (most) => solver.limitStep(most),
    stateAt: (x, out) => solver.stateAt(x, out),
  };
};
