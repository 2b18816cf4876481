// The public API.
export {
  type CompareOptions,
  type Comparison,
  type ComparisonProgress,
  type ComparisonSettings,
  compare,
  type DeviationTest,
  type Scaling,
  type SizeDeviation,
  type Verdict,
} from './compare/index.ts';
export { AlignodeError, type ErrorCode, type ErrorDetails } from './error.ts';
export type { Mark } from './figures/index.ts';
export {
  type Activation,
  activations,
  type Covariance,
  erf,
  type FieldSums,
  linear,
  relu,
  type SumKernel,
} from './gaussian/index.ts';
export {
  type PLearn,
  type PLearnOptions,
  type PLearnPoint,
  type PLearnProgress,
  type PLearnSettings,
  type PLearnStudent,
  plearn,
} from './plearn/index.ts';
export {
  type AlphaGrid,
  defineRule,
  type FeedbackDraw,
  type PartialProblem,
  type Problem,
  type ResolvedProblem,
  type Rule,
  resolveProblem,
  type Student,
  type StudentDraw,
  type Teacher,
  type TeacherDraw,
  withPrefix,
} from './problem/index.ts';
export {
  type ChartAxis,
  curveToCsv,
  type LineChart,
  lineChart,
  type PanelPlot,
  type Plot,
  plot,
  type Series,
} from './report/index.ts';
export {
  type AdapterFacts,
  type Curves,
  type Outcome,
  type Part,
  type Run,
  type SimulateOptions,
  type Simulation,
  type SimulationProgress,
  type SimulationSettings,
  type StudentKind,
  simulate,
} from './simulation/index.ts';
export {
  bestAligned,
  type Curve,
  type CurveStats,
  countMinima,
  degenerateMinima,
  type EarlyTimes,
  type Ending,
  earlyTimes,
  endsIn,
  type IntegrateOptions,
  integrate,
  type LearnProbabilityOptions,
  learnProbability,
  type Minimum,
  type Plateau,
  type PlateauOptions,
  plateau,
  studentAt,
  type Unit,
  units,
} from './theory/index.ts';
export { version } from './version.ts';
