import type { ResolvedProblem } from '../problem/index.ts';
import type {
  Curves,
  Measured,
  Run,
  SimulateOptions,
  Simulation,
  SimulationProgress,
  SimulationSettings,
  StudentKind,
} from '../students/index.ts';
import type { Curve } from '../theory/index.ts';

/** The options of `compare`: those of `simulate` but `redraw`, and its own. */
export interface CompareOptions
  extends Omit<SimulateOptions, 'redraw' | 'onStart' | 'onProgress' | 'onMeasured'> {
  /**
   * How often, at most, a right theory is found wrong by chance, all times and observables together; 1e-3 if not given.
   */
  level?: number;
  /**
   * Runs at each size of the finite-size scaling, 0 for no scaling. If not given, 100, or fewer where these would cost
   * more than the students that are compared and more than half a minute; none where that leaves fewer than ten.
   */
  scalingRuns?: number;
  /** Called once before the first student begins, with what will be trained; nothing is until what it returns settles. */
  onPlan?: (plan: ComparisonPlan) => unknown;
  /** Called now and then, in every stage; the students wait for a promise that it returns. */
  onProgress?: (progress: ComparisonProgress) => unknown;
  /** Called with the students that are compared, as by `simulate`; not with those of the scaling. */
  onMeasured?: (measured: Measured) => void;
}

/** Some of the students of a comparison. */
export interface ComparisonPart {
  N: number;
  runs: number;
  student: StudentKind;
  /** Of all runs together. */
  steps: number;
  /** Their arithmetic operations, roughly. */
  work: number;
}

/** What a comparison trains. */
export interface ComparisonPlan {
  /** Those that are compared. */
  students: ComparisonPart;
  /** A part for each size of the finite-size scaling; none without it. */
  scaling: ComparisonPart[];
  scalingRuns: number;
  /** Whether there is no scaling because, unasked, it would cost too much. */
  leftOut: boolean;
}

/** The progress of one simulation among those of a comparison. */
export interface ComparisonProgress extends SimulationProgress {
  N: number;
  /** Which of the simulations, from 1. */
  part: number;
  parts: number;
  /** How much of the work of all of them is done, from 0 to 1. */
  fraction: number;
}

/** What was asked for, with every default filled in. */
export interface ComparisonSettings extends SimulationSettings {
  level: number;
  scalingRuns: number;
}

/** Mean − theory at one size. */
export interface SizeDeviation {
  N: number;
  seed: number;
  runs: number;
  /** Why it is in no fit: that students diverged there, say. */
  left?: string;
  /** The times asked for, each at this size's nearest whole number of examples; theory is taken at these. */
  alpha: number[];
  deviation: Curves;
  stderr: Curves;
}

/**
 * a + b/N + c/N² through the deviations of several sizes, for each time and observable; NaN where too few sizes have
 * seen enough examples.
 */
export interface Scaling {
  sizes: SizeDeviation[];
  /** a: what is left at N → ∞, 0 for a right theory. */
  limit: Curves;
  limitError: Curves;
  /** b: a right theory's deviation is b/N where N is large. */
  slope: Curves;
  slopeError: Curves;
  /** c */
  bend: Curves;
  bendError: Curves;
  chiSquare: Curves;
  /** Of all the fits, the one that its points are farthest from; `p` counts how many fits there are. */
  worstFit: { observable: string; alpha: number; chiSquare: number; dof: number; p: number } | null;
}

/** One number that a right theory would make 0 but for chance. */
export interface DeviationTest {
  /**
   * "mean": the mean at the N of the simulation less theory, with the bias of a finite N taken off where the
   * scaling has measured it; "limit": what the scaling leaves for N → ∞.
   */
  of: 'mean' | 'limit';
  /** As R_1_2, counted from 1. */
  observable: string;
  alpha: number;
  deviation: number;
  /** What was taken off the mean for the finite N; absent where nothing was. */
  bias?: number;
  error: number;
  z: number;
  /** The chance of a deviation as large, for this test alone. */
  p: number;
}

/** What all tests together say. */
export interface Verdict {
  /** null: undecided, for the reason in `message`. */
  agrees: boolean | null;
  /**
   * The chance that at least one of all tests comes out as far as the worst did (Bonferroni); null if nothing was
   * tested.
   */
  p: number | null;
  level: number;
  /**
   * How many tests `p` is corrected for: those planned, whichever times were then left out. `compare` plans two of each
   * number at each time (one where the scaling has no fit), `agreementWith` one where enough students were measured.
   */
  tests: number;
  /** The |z| that decides, where spreads are well known and not lopsided. */
  bound: number;
  worst: DeviationTest | null;
  /**
   * The times left out. By `compare`: those at which the spread of the students does not fall as 1/√N (the end of a
   * plateau), as found by the scaling, and those from which on a student is renumbered (see `match`); at these N no mean over students is a curve of theory plus b/N. By
   * `agreementWith`: those at which too few students have been measured so far, and those from which on a student is
   * renumbered.
   */
  untested: number[];
  /** One sentence for people. */
  message: string;
}

/** The options of `agreementWith`. */
export interface AgreementOptions {
  /** The input dimension of the students. */
  N: number;
  /** How often, at most, a right theory is found wrong by chance at one look; 1e-3 if not given. */
  level?: number;
  /** Breaks off solving the theory, with an error. */
  signal?: AbortSignal;
}

/** Students as they are compared with theory: those of a simulation, finished or not. */
export interface Students {
  /** A student has a number for each time; where it has not been measured yet, all of them are NaN. */
  perRun: readonly Run[];
  /**
   * Students that were lost, and are not among the others. The remaining ones may be a selection, so the verdict is
   * left open.
   */
  failed?: Simulation['failed'];
  /** With "auto", what does the work is not known before the end: a GPU is then assumed, which rounds more. */
  settings: Pick<SimulationSettings, 'N' | 'backend'>;
}

/** Theory beside the students there are so far. */
export interface Agreement {
  /** At exactly the times at which the students are measured. */
  theory: Curve;
  /** (mean − theory)/standard error, over those measured at each time; NaN where there are fewer than two. */
  z: Curves;
  /** What the verdict rests on: the times at which ten students or more were measured. */
  tests: DeviationTest[];
  /** `untested` are the other times. */
  verdict: Verdict;
}

/** Theory beside students, every test, and what they say together. */
export interface Comparison {
  /** The problem, resolved; `alpha` holds the times compared. */
  problem: ResolvedProblem;
  settings: ComparisonSettings;
  /** At exactly the times simulated. */
  theory: Curve;
  simulation: Simulation;
  /**
   * (mean − theory)/standard error; the error holds what rounding and the integrator leave open, so that it is never 0.
   */
  z: Curves;
  /** b/N + c/N²: how far a right theory is from the mean at this N; null without scaling. */
  bias: Curves | null;
  scaling: Scaling | null;
  /** What the verdict rests on. */
  tests: DeviationTest[];
  verdict: Verdict;
  /**
   * Whether `signal` stopped it before everything was finished. The rest is of the runs that were, and the verdict says
   * so; it is open unless all the students and four sizes of the scaling were.
   */
  brokenOff: boolean;
  /** Notes for the user. */
  notes: string[];
}
