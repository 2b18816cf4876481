import { breathing } from '../../support/breath.ts';
import { reasonOf } from '../../support/error.ts';
import type { Executor } from './executor.ts';
import { batchesOf, type RunRecord, type Task, trainRuns } from './task.ts';

/** Runs every task in this thread, batch after batch, letting the event loop turn now and then. */
export const inline: Executor = async (tasks, { stopped, onSteps, onMeasured, onFinished, onFailed }) => {
  let steps = 0;
  const breathe = breathing();

  const runBatch = async (batch: Task): Promise<void> => {
    const finished: RunRecord[] = [];
    const training = trainRuns(batch, finished, onMeasured);
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
      const turn = breathe();
      if (turn === undefined) continue;
      await onSteps(steps);
      await turn;
    }
    onFinished(finished);
  };

  for (const task of tasks)
    for (const batch of batchesOf(task)) {
      if (stopped()) return;
      await runBatch(batch);
    }
  await onSteps(steps);
};
