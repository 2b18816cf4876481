import { type Executor, reasonOf } from './executor.ts';
import { batchesOf, type RunRecord, trainRuns } from './task.ts';

/** Milliseconds between two turns of the event loop. */
const BREATH = 50;

/** Runs every task in this thread, batch after batch, letting the event loop turn now and then. */
export const inline: Executor = async (tasks, { stopped, onSteps, onFinished, onFailed }) => {
  let steps = 0;
  let breath = performance.now();
  for (const task of tasks.flatMap(batchesOf)) {
    const finished: RunRecord[] = [];
    const training = trainRuns(task, finished);
    while (!stopped()) {
      let next: IteratorResult<number>;
      try {
        next = training.next();
      } catch (error) {
        onFailed(task, reasonOf(error));
        break;
      }
      if (next.done) break;
      steps += next.value;
      if (performance.now() - breath > BREATH) {
        onSteps(steps);
        await new Promise((resolve) => setTimeout(resolve, 0));
        breath = performance.now();
      }
    }
    onFinished(finished);
    if (stopped()) return;
  }
  onSteps(steps);
};
