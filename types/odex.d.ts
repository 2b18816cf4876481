// What alignode uses of odex 3. The package ships its TypeScript source, which does not compile under this
// project's stricter options, so tsconfig.check.json points the compiler here.
export interface SolutionSegment {
  /** The segment is [x0, x1], and y the solution at x1. */
  x0: number;
  x1: number;
  y: number[];
  /** Component c of the solution at x in [x0, x1]. */
  f: (c: number, x: number) => number;
}

export interface Options {
  rawFunction: boolean;
  relativeTolerance: number;
  /** One for all components, or an array of one for each, which is read at every step. */
  absoluteTolerance: number | number[];
  maxSteps: number;
  initialStepSize: number;
  maxStepSize: number;
  /** For how many substeps of a row odex looks whether the step is short enough to be stable; 1 if not given. */
  stabilityCheckCount: number;
}

declare class Solver {
  constructor(f: (x: number, y: number[], out: number[]) => void, n: number, options: Partial<Options>);
  solutionSegments(x: number, y0: number[], xEnd?: number): Generator<SolutionSegment, undefined>;

  // What src/ode/solver.ts computes again, and from what; private in the package.
  /** Row j of the extrapolation table; false where the step is given up. */
  protected midEx(j: number, h: number, x: number, y: number[], slope: number[]): boolean;
  /** Called once a step is accepted; returns what interpolates it. */
  protected contex(x0: number, h: number, degree: number): (component: number, x: number) => number;
  protected acceptStep(kc: number, h: number, x: number, y: number[], slope: number[]): AcceptedStep;
  protected options: {
    denseComponents: number[];
    interpolationFormulaDegree: number;
    stepSizeFac1: number;
    stepSizeFac2: number;
    stepSafetyFactor1: number;
    stepSafetyFactor2: number;
  };
  /** The error of the last row, in units of the tolerance. */
  protected err: number;
  /** For each row the best step, its work, and that work per unit of x; and the longest step. */
  protected hh: number[];
  protected a: number[];
  protected w: number[];
  protected hMax: number;
  /** The coefficients of the interpolation, the tolerances, and the factors of its error. */
  protected dens: number[];
  protected scal: number[];
  protected errfac: number[];
}

export interface AcceptedStep {
  accept: boolean;
  /** The longest next step that can be interpolated, where its error was estimated. */
  hoptde?: number | undefined;
}

declare const odex: { Solver: typeof Solver };
export default odex;
