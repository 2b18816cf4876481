import { type Crew, employ, type Hand } from './crew.ts';
import { type Executor, reasonOf } from './executor.ts';
import { inline } from './inline.ts';
import { type PageHand, type PageWorker, pageHand } from './pageHand.ts';

declare const Worker: new (url: URL, options: { type: 'module' }) => PageWorker;

export const cores = (): number =>
  (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 1;

/** Written so that bundlers see it, and take the script along; that of the sources ends in .ts, and they know that too. */
const openWorker = (): PageWorker =>
  new Worker(new URL('./pageWorker.js', import.meta.url), { type: 'module' });

/**
 * Runs tasks on workers of a page, or of one of its workers; `employ` says what becomes of a task whose worker dies.
 * Where none can be started, everything is done in this thread.
 */
export const onPageThreads =
  (open: () => PageWorker = openWorker): Executor =>
  async (tasks, hooks) => {
    const { onMeasured } = hooks;
    const hands = new Set<PageHand>();
    /** Of these, those who are hired and have not begun. */
    const awaited = new Set<PageHand>();
    let paused = false;
    let why = '';

    const start = (): PageHand => {
      const one = pageHand(open);
      hands.add(one);
      return one;
    };
    const begin = async (one: PageHand): Promise<PageHand> => {
      await one.begun;
      if (paused) one.say('pause');
      return one;
    };
    const hire = async (): Promise<Hand | undefined> => {
      let own: PageHand;
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
    const say = (word: 'pause' | 'resume'): void => {
      paused = word === 'pause';
      for (const one of hands) one.say(word);
    };
    const end = (): void => {
      for (const one of hands) one.end();
    };
    const crew: Crew = {
      size: Math.min(hooks.threads, tasks.length),
      hire,
      enough: () => {
        for (const one of awaited) one.end();
      },
      steps: () => [...hands].reduce((sum, one) => sum + one.steps(), 0),
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
    }
  };
