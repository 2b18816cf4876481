import type { World } from '../../src/cli/command.ts';
import { run } from '../../src/cli/run.ts';
import { withoutProgress } from './withoutProgress.ts';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line in this process and keeps what it prints, but for its progress. */
export const alignode = (...args: string[]): Promise<Outcome> => start(args, () => 0);

/** The same, with Ctrl-C pressed as soon as the event loop turns after the command began to listen for it. */
export const interrupted = (...args: string[]): Promise<Outcome> =>
  start(args, (_event, listener) => setImmediate(listener));

/** The same, with Ctrl-C pressed once standard error says what matches: progress, after some time. */
export const interruptedOnceItSays = (words: RegExp, ...args: string[]): Promise<Outcome> =>
  interruptedAt(words, args, false);

/** The same on a terminal, whose bar says more often how far it is. */
export const interruptedOnceItsBarSays = (words: RegExp, ...args: string[]): Promise<Outcome> =>
  interruptedAt(words, args, true);

function interruptedAt(words: RegExp, args: string[], isTTY: boolean): Promise<Outcome> {
  const listeners: (() => void)[] = [];
  const { world, outcome } = worldOf({ on: (_event, listener) => listeners.push(listener), isTTY });
  const write = world.stderr.write.bind(world.stderr);
  world.stderr.write = (text: string): boolean => {
    write(text);
    if (words.test(text)) for (const listener of listeners.splice(0)) setImmediate(listener);
    return true;
  };
  return finished(args, world, outcome);
}

/** The same on a terminal, which is told more. */
export const onTerminal = (...args: string[]): Promise<Outcome> => start(args, () => 0, true);

async function start(
  args: string[],
  on: (event: string, listener: () => void) => unknown,
  isTTY = false,
): Promise<Outcome> {
  const { world, outcome } = worldOf({ on, isTTY });
  return finished(args, world, outcome);
}

async function finished(args: string[], world: World, outcome: Outcome): Promise<Outcome> {
  const code = await run(args, world);
  return { ...outcome, code, stderr: withoutProgress(outcome.stderr) };
}

/** A world whose output is kept. */
export function worldOf({
  on,
  isTTY = false,
}: {
  on: (event: string, listener: () => void) => unknown;
  isTTY?: boolean;
}): { world: World; outcome: Outcome } {
  const outcome: Outcome = { code: -1, stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    on: () => undefined,
    isTTY,
    write: (text: string) => {
      outcome[name] += text;
      return true;
    },
  });
  const world = { stdout: stream('stdout'), stderr: stream('stderr'), on, off: () => 0 };
  return { world: world as unknown as World, outcome };
}
