import type { World } from './command.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that Ctrl-C does not kill but asks to stop. The work should include writing what was finished: a program
 * such as npx passes the signal on, so that it comes twice, and the second must not find a file half written.
 */
export async function interruptible<T>(world: World, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort();
  for (const signal of SIGNALS) world.on(signal, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) world.off(signal, interrupt);
  }
}

/**
 * Resolves when Ctrl-C is pressed, for a command that is meant to end this way. It keeps listening: the second signal,
 * which npx passes on, must not kill a process that is about to end well.
 */
export const untilInterrupted = (world: World): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of SIGNALS) world.on(signal, resolve);
  });
