import type { DeepCurve } from '../linear/index.ts';
import type {
  DeepMeasured,
  DeepProgress,
  DeepSimulateOptions,
  DeepSimulation,
  LayerCurves,
} from '../networks/index.ts';
import type { ResolvedDeepProblem } from '../problem/index.ts';

/** The options of `compare` for deep linear networks: those of `simulate` that leave all runs alike, and its own. */
export interface DeepCompareOptions
  extends Pick<DeepSimulateOptions, 'runs' | 'seed' | 'backend' | 'threads' | 'data' | 'signal'> {
  /** How often, at most, a right theory is found wrong by chance, all tests together; 1e-3 if not given. */
  level?: number;
  /** Called once before the first network is trained, with what will be; nothing is until what it returns settles. */
  onPlan?: (plan: DeepComparisonPlan) => unknown;
  /** Called now and then; the networks wait for a promise that it returns. */
  onProgress?: (progress: DeepComparisonProgress) => unknown;
  /** Called once for each network at each of the times. */
  onMeasured?: (measured: DeepMeasured & { learningRate: number }) => void;
}

/** The networks of one learning rate. */
export interface RatePart {
  learningRate: number;
  runs: number;
  /** Of all runs together. */
  steps: number;
  /** Their arithmetic operations, roughly. */
  work: number;
}

/** What a comparison trains. */
export interface DeepComparisonPlan {
  /** A part for each rate: η, η/2, η/4. */
  rates: RatePart[];
  steps: number;
  work: number;
}

export interface DeepComparisonProgress extends DeepProgress {
  learningRate: number;
  /** Which of the rates, from 1. */
  part: number;
  parts: number;
  /** How much of the work of all of them is done, from 0 to 1. */
  fraction: number;
}

/** What was asked for, with every default filled in. */
export interface DeepComparisonSettings {
  runs: number;
  seed: number;
  /** That of the runs at each rate, from which those of the runs follow. */
  seeds: number[];
  backend: string;
  threads: number;
  level: number;
}

/** One value for each time, of all that is compared. */
export interface ComparedCurves {
  trainLoss: number[];
  testLoss: number[];
  weightAlignment: LayerCurves;
  gradientAlignment: LayerCurves;
}

/** mean − theory = limit + first + second at η, with the parts that fall as η and as η². */
export interface Extrapolated {
  /** What is left for η → 0: 0 for a right theory. */
  limit: ComparedCurves;
  /** Its standard error by the spread of the runs, and what rounding and the integrator leave open. */
  error: ComparedCurves;
  /** Of order η, at η. */
  first: ComparedCurves;
  /** Of order η², at η. */
  second: ComparedCurves;
  /**
   * How much of what is left may be of higher orders in η: the size of the last order that was taken off, the largest at
   * this time and those next to it.
   */
  bound: ComparedCurves;
}

/** One number that a right theory would make 0 but for chance and for what is of third order in η. */
export interface DeepDeviationTest {
  /** "trainLoss", "weightAlignment_2", "gradientAlignment". */
  observable: string;
  time: number;
  /** Extrapolated to η → 0. */
  deviation: number;
  /** See `Extrapolated`. */
  error: number;
  bound: number;
  /** By how many errors it is beyond the bound, with its sign; 0 within. */
  z: number;
  /** The chance of that, for this test alone; NaN where nothing is left to chance. */
  p: number;
}

export interface DeepVerdict {
  /** null: undecided, for the reason in `message`. */
  agrees: boolean | null;
  /**
   * "chance": mini-batches are drawn, and the tests are those of means. "bounds": with all examples in each step nothing
   * is, and what is left must be within its bound.
   */
  by: 'chance' | 'bounds';
  /** The chance that one of all tests comes out as far as the worst did (Bonferroni); null by bounds, or if nothing was tested. */
  p: number | null;
  level: number;
  /** How many tests were planned, whichever times are then left out. */
  tests: number;
  /** The |z| that decides; 1 by bounds. */
  bound: number;
  worst: DeepDeviationTest | null;
  /**
   * Deviations at η over those at η/2, and those over the ones at η/4, the medians over all that rounding and chance leave
   * visible: 2 where they fall as η; NaN where none is visible.
   */
  ratios: [number, number];
  /** The times left out: after too few steps for an expansion in η, by what the networks say. */
  untested: number[];
  /** One sentence for people. */
  message: string;
}

/** Theory beside networks trained at three rates, what is left for η → 0, every test, and what they say together. */
export interface DeepComparison {
  /** The problem, resolved; `time` holds the times compared. */
  problem: ResolvedDeepProblem;
  settings: DeepComparisonSettings;
  /** t = η·steps: those asked for, each at the end of the nearest epoch of the largest rate. */
  time: number[];
  theory: DeepCurve;
  /** η, η/2, η/4: those that were finished, or begun. */
  rates: number[];
  /** The networks at each of the rates. */
  simulations: DeepSimulation[];
  /** Null where not all the rates have networks. */
  extrapolated: Extrapolated | null;
  /** What is left over its error, with no bound taken off; null likewise. */
  z: ComparedCurves | null;
  /** What the verdict rests on. */
  tests: DeepDeviationTest[];
  verdict: DeepVerdict;
  /** Whether `signal` stopped it before everything was finished. */
  brokenOff: boolean;
  notes: string[];
}
