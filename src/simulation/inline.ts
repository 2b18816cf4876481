import type { Executor } from './executor.ts';
import { type RunRecord, trainRuns } from './task.ts';

/** Milliseconds between two turns of the event loop. */
const BREATH = 50;

/** Runs every task in this thread, letting the event loop turn now and then. */
export const inline: Executor = async (tasks, { stopped, onSteps, onFinished }) => {
  let steps = 0;
  let breath = performance.now();
  for (const task of tasks) {
    const finished: RunRecord[] = [];
    for (const done of trainRuns(task, finished)) {
      steps += done;
      if (performance.now() - breath > BREATH) {
        onSteps(steps);
        await new Promise((resolve) => setTimeout(resolve, 0));
        breath = performance.now();
      }
      if (stopped()) break;
    }
    onFinished(finished);
    if (stopped()) return;
  }
  onSteps(steps);
};
