import { run } from '../../src/cli/run.ts';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line in this process and keeps what it prints. */
export const alignode = (...args: string[]): Promise<Outcome> => start(args, () => 0);

/** The same, with Ctrl-C pressed as soon as the event loop turns after the command began to listen for it. */
export const interrupted = (...args: string[]): Promise<Outcome> =>
  start(args, (_event, listener) => setImmediate(listener));

/** The same on a terminal, which is told more. */
export const onTerminal = (...args: string[]): Promise<Outcome> => start(args, () => 0, true);

async function start(
  args: string[],
  on: (event: string, listener: () => void) => unknown,
  isTTY = false,
): Promise<Outcome> {
  const outcome: Outcome = { code: -1, stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    on: () => undefined,
    isTTY,
    write: (text: string) => {
      outcome[name] += text;
      return true;
    },
  });
  const world = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    on,
    off: () => 0,
  };
  outcome.code = await run(args, world as unknown as Parameters<typeof run>[1]);
  return outcome;
}
