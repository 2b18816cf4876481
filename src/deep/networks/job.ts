import type { Job } from '../../crew/job.ts';
import { type RunRecord, type Seen, type Task, trainRun } from './task.ts';

/** What workers do for networks: one run after the other. */
export const job: Job<Task, RunRecord, Seen> = {
  work: trainRun,
  parts: (task) => [task],
  savesWhenStopped: true,
};
