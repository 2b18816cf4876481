import { type RunRecord, trainRuns } from './task.ts';
import type { Order } from './threads.ts';

/** What a worker thread does with what it is sent: the runs that it finished, though it be told to stop. */
export default function work({ task, stop, done }: Order): RunRecord[] {
  const finished: RunRecord[] = [];
  for (const steps of trainRuns(task, finished)) {
    done[0] += steps;
    if (Atomics.load(stop, 0) === 1) break;
  }
  return finished;
}
