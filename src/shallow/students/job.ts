import type * as crew from '../../crew/job.ts';
import { batchesOf, type Measurement, type RunRecord, type Task, trainRuns } from './task.ts';

/** What a crew does for students; `src/crew` knows nothing else of them. */
export const job: crew.Job<Task, RunRecord, Measurement> = { work: trainRuns, parts: batchesOf };

export type Hooks = crew.Hooks<Task, RunRecord, Measurement>;

export type Executor = crew.Executor<Task, RunRecord, Measurement>;
