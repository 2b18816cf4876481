import { reasonOf } from '../support/error.ts';
import { saves } from './checkpoint.ts';
import { type Crew, employ, type Perform } from './crew.ts';
import { inline } from './inline.ts';
import type { Executor, Job } from './job.ts';
import { type Thread, type Watched, watched } from './thread.ts';

/**
 * Runs tasks on threads, of Node or of a page; `employ` says what becomes of a task whose thread dies. Where none can
 * be started, everything is done in this thread.
 */
export const onThreads =
  <Task, Finished, Seen>(
    open: () => Thread,
    job: Job<Task, Finished, Seen>,
  ): Executor<Task, Finished, Seen> =>
  async (tasks, hooks) => {
    type Worker = Watched<Task, Finished, Seen>;
    const all = new Set<Worker>();
    /**
     * Of these, the ones that have not started yet; replacements of dead threads, for which a task waits, are not among
     * them.
     */
    const awaited = new Set<Worker>();
    let paused = false;
    let why = '';

    const start = (): Worker => {
      const one: Worker = watched(open);
      all.add(one);
      return one;
    };
    const begin = async (one: Worker): Promise<Worker> => {
      await one.begun;
      if (paused) one.say('pause');
      return one;
    };
    const hire = async (): Promise<Perform<Task, Finished> | undefined> => {
      let own: Worker;
      try {
        own = start();
        awaited.add(own);
        await begin(own).finally(() => awaited.delete(own));
      } catch (error) {
        why = reasonOf(error);
        return undefined;
      }
      return async (task) => {
        if (!own.alive()) own = await begin(start());
        return own.perform(task, hooks.onSeen);
      };
    };
    const say = (order: 'pause' | 'resume'): void => {
      paused = order === 'pause';
      for (const one of all) one.say(order);
    };
    const end = (): void => {
      for (const one of all) one.end();
    };
    const endSaved = (): void => {
      for (const one of all) one.endSaved();
    };
    const crew: Crew<Task, Finished> = {
      size: Math.min(hooks.threads, tasks.length),
      hire,
      enough: () => {
        for (const one of awaited) one.end();
      },
      steps: () => [...all].reduce((sum, one) => sum + one.steps(), 0),
      pause: () => say('pause'),
      resume: () => say('resume'),
      stop: saves(job, hooks) ? endSaved : end,
    };
    try {
      const left = await employ(crew, job, tasks, hooks);
      if (left.length === 0 || hooks.stopped()) return;
      hooks.onAlone?.(why);
      await inline(job)(left, hooks);
    } finally {
      end();
      await Promise.all([...all].map((one) => one.gone()));
    }
  };
