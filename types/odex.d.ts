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
  absoluteTolerance: number;
  maxSteps: number;
  initialStepSize: number;
  maxStepSize: number;
  /** For how many substeps of a row odex looks whether the step is short enough to be stable; 1 if not given. */
  stabilityCheckCount: number;
}

declare class Solver {
  constructor(f: (x: number, y: number[], out: number[]) => void, n: number, options: Partial<Options>);
  solutionSegments(x: number, y0: number[], xEnd?: number): Generator<SolutionSegment, undefined>;
}

declare const odex: { Solver: typeof Solver };
export default odex;
