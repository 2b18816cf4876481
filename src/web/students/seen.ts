import type {
  AdapterFacts,
  Agreement,
  Curves,
  Mark,
  ResolvedProblem,
  Simulation,
  SimulationProgress,
  SimulationSettings,
} from '../../index.ts';
import type { StudentsSettings } from '../state/state.ts';
import { students as howManyStudents } from './words.ts';

/**
 * "comparing": the training is over, and they are being compared with theory. "stopped": ended early by the user.
 * "failed": for the reason in `failure`. What was measured stays in each case.
 */
export type StudentsStatus =
  | 'starting'
  | 'training'
  | 'pausing'
  | 'paused'
  | 'stopping'
  | 'comparing'
  | 'finished'
  | 'stopped'
  | 'failed';

/** Students as far as they have come. */
export interface StudentsSeen {
  /** The problem that they learn, with the times at which they are measured; the page's may have moved on. */
  problem: ResolvedProblem;
  /** Whether the page's problem has changed since: these are then students of another problem. */
  other: boolean;
  /** What was asked for when they began. */
  asked: StudentsSettings;
  status: StudentsStatus;
  progress?: Progress;
  /** What does the work, once that is chosen. */
  settings?: SimulationSettings;
  device?: AdapterFacts;
  /** What a user should know. */
  notes: string[];
  failure?: string;
  alpha: number[];
  /** At each time: how many students were measured, their mean, and its standard error (NaN for fewer than two). */
  counts: number[];
  mean: Curves;
  stderr: Curves;
  /** How many students were left out because they diverged. */
  diverged: number;
  /** Theory beside those measured so far; or why there is none. */
  agreement?: Agreement;
  noAgreement?: string;
  /** The result of `simulate`; if the students were stopped, only the finished ones are in it. */
  simulation?: Simulation;
}

export interface Progress extends SimulationProgress {
  /** Steps a second of late; NaN where that is not known yet. */
  rate: number;
}

/** How many students there are, at the time that most have reached. */
export const countOf = ({ counts }: Pick<StudentsSeen, 'counts'>): number => Math.max(0, ...counts);

/** How students are named and marked in charts: those of another problem are faint. */
export const inCharts = (students: StudentsSeen): { name: string; mark: Mark } => ({
  name: `${howManyStudents(countOf(students))}${students.other ? ' of another problem' : ''}`,
  mark: students.other ? 'open points' : 'points',
});
