import { reasonOf } from '../../support/error.ts';
import { type Crew, employ, type Perform } from './crew.ts';
import type { Executor } from './executor.ts';
import { inline } from './inline.ts';
import { type Thread, type Watched, watched } from './thread.ts';

/**
 * Runs tasks on threads, of Node or of a page; `employ` says what becomes of a task whose thread dies. Where none can
 * be started, everything is done in this thread.
 */
export const onThreads =
  (open: () => Thread): Executor =>
  async (tasks, hooks) => {
    const { onMeasured } = hooks;
    const all = new Set<Watched>();
    /**
     * Of these, the ones that have not started yet; replacements of dead threads, for which a task waits, are not among
     * them.
     */
    const awaited = new Set<Watched>();
    let paused = false;
    let why = '';

    const start = (): Watched => {
      const one = watched(open);
      all.add(one);
      return one;
    };
    const begin = async (one: Watched): Promise<Watched> => {
      await one.begun;
      if (paused) one.say('pause');
      return one;
    };
    const hire = async (): Promise<Perform | undefined> => {
      let own: Watched;
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
        return own.perform({ task, listened: onMeasured !== undefined }, onMeasured);
      };
    };
    const say = (order: 'pause' | 'resume'): void => {
      paused = order === 'pause';
      for (const one of all) one.say(order);
    };
    const end = (): void => {
      for (const one of all) one.end();
    };
    const crew: Crew = {
      size: Math.min(hooks.threads, tasks.length),
      hire,
      enough: () => {
        for (const one of awaited) one.end();
      },
      steps: () => [...all].reduce((sum, one) => sum + one.steps(), 0),
      pause: () => say('pause'),
      resume: () => say('resume'),
      stop: end,
    };
    try {
      const left = await employ(crew, tasks, hooks);
      if (left.length === 0 || hooks.stopped()) return;
      hooks.onAlone?.(why);
      await inline(left, hooks);
    } finally {
      end();
      await Promise.all([...all].map((one) => one.gone()));
    }
  };
