import type { AdapterFacts, Agreement, Problem, Simulation, SimulationSettings } from '../../index.ts';
import type { StudentsSettings } from '../state/state.ts';
import type { Known, Measurements, Moments } from './measurements.ts';
import type { Progress } from './seen.ts';

/** What the worker is sent. It trains once. */
export type Order = { train: Problem; settings: StudentsSettings } | 'pause' | 'resume' | 'stop';

/** What does the work. */
export interface Begun {
  kind: 'begun';
  settings: SimulationSettings;
  device?: AdapterFacts;
}

/** How far they have come. */
export interface Going {
  kind: 'going';
  /** Whether they stand still from here on. */
  paused: boolean;
  progress: Progress;
  /** Where there is something new. */
  moments?: Moments;
  diverged: number;
}

export interface Agreed {
  kind: 'agreed';
  agreement?: Agreement;
  /** Why there is none. */
  none?: string;
}

/** The end of their training, early or not; what theory says of them in the end may come after it. */
export interface Over {
  kind: 'over';
  stopped: boolean;
  progress?: Progress;
  moments: Moments;
  diverged: number;
  simulation: Omit<Simulation, 'perRun'>;
  /** The runs that were finished, every student that was measured, and all that was measured. */
  finished: number[];
  students: Known[];
  measured: Measurements;
}

/** That they could not be trained, and what would do. */
export interface Failed {
  kind: 'failed';
  message: string;
}

/** That nothing more will come. */
export interface Done {
  kind: 'done';
}

export type News = Begun | Going | Agreed | Over | Failed | Done;
