import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AlignodeError } from '../support/error.ts';

/** Milliseconds between two looks for a reader; and for which a reader is waited for after Ctrl-C. */
const LOOK = 50;
const PATIENCE = 1000;

/**
 * Writes text to a pipe that has a name. Neither the wait for a reader nor that for a slow one stops the event loop, so
 * that Ctrl-C is heard.
 */
export async function writePipe(path: string, pieces: Iterable<string>, stop: AbortSignal): Promise<void> {
  const over = soonAfter(stop);
  try {
    const socket = new Socket({ fd: await openPipe(path, over), readable: false, writable: true });
    await pipeline(Readable.from(pieces), socket, { signal: over });
  } catch (error) {
    if (over.aborted)
      throw new AlignodeError('interrupted', `${path}: interrupted; this pipe was not read to the end`, {
        path,
      });
    throw error;
  }
}

/** The system refuses to open a pipe that nobody reads, if it may not wait. */
async function openPipe(path: string, over: AbortSignal): Promise<number> {
  for (;;) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      await sleep(LOOK, undefined, { signal: over });
    }
  }
}

/** A reader that is there still gets what was finished. */
function soonAfter(stop: AbortSignal): AbortSignal {
  const over = new AbortController();
  const wait = (): void => {
    setTimeout(() => over.abort(), PATIENCE).unref();
  };
  if (stop.aborted) wait();
  else stop.addEventListener('abort', wait, { once: true });
  return over.signal;
}
