import { breathing } from '../support/breath.ts';
import { reasonOf } from '../support/error.ts';
import { checkpoint, PATIENCE, saves } from './checkpoint.ts';
import type { Executor, Job } from './job.ts';

/** Does every task in this thread, part after part, letting the event loop turn now and then. */
export const inline =
  <Task, Finished, Seen>(job: Job<Task, Finished, Seen>): Executor<Task, Finished, Seen> =>
  async (tasks, hooks) => {
    const { stopped, onSteps, onSeen, onFinished, onFailed } = hooks;
    let steps = 0;
    const breathe = breathing();

    const perform = async (part: Task): Promise<void> => {
      const finished: Finished[] = [];
      const { ask, asked, given } = checkpoint();
      const working = job.work(part, finished, onSeen, asked);
      let latest: number | undefined;
      const goesOn = (): boolean => {
        if (!stopped()) return true;
        if (!saves(job, hooks)) return false;
        if (latest === undefined) {
          latest = performance.now() + PATIENCE;
          ask();
        }
        return !given() && performance.now() < latest;
      };
      while (goesOn()) {
        let next: IteratorResult<number>;
        try {
          next = working.next();
        } catch (error) {
          onFailed(part, reasonOf(error));
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
      for (const part of job.parts(task)) {
        if (stopped()) return;
        await perform(part);
      }
    await onSteps(steps);
  };
