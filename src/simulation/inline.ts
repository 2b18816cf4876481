import { type Executor, reasonOf } from './executor.ts';
import { batchesOf, type RunRecord, type Task, trainRuns } from './task.ts';

/** Milliseconds between two turns of the event loop. */
const BREATH = 50;

/** Runs every task in this thread, batch after batch, letting the event loop turn now and then. */
export const inline: Executor = async (tasks, { stopped, onSteps, onFinished, onFailed }) => {
  let steps = 0;
  let breath = performance.now();

  const runBatch = async (batch: Task): Promise<void> => {
    const finished: RunRecord[] = [];
    const training = trainRuns(batch, finished);
    while (!stopped()) {
      let next: IteratorResult<number>;
      try {
        next = training.next();
      } catch (error) {
        onFailed(batch, reasonOf(error));
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
  };

  for (const task of tasks)
    for (const batch of batchesOf(task)) {
      if (stopped()) return;
      await runBatch(batch);
    }
  onSteps(steps);
};
