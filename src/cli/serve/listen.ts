import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlignodeError } from '../../support/error.ts';
import { HOST } from './server.ts';

const FREE = '--port 0 takes one that is free';

/** Why the server cannot listen on a port, and what would help. A port in use is not a fault of the command line. */
const REASONS: Record<string, ['invalid-option' | 'not-available', string]> = {
  EADDRINUSE: ['not-available', `it is in use; end the program that has it, or name another port; ${FREE}`],
  EACCES: ['invalid-option', `this user may not use it; name one from 1024 on; ${FREE}`],
};

/** Starts to listen, for this machine alone; returns the port. */
export async function listen(server: Server, port: number): Promise<number> {
  try {
    await once(server.listen(port, HOST), 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    const { code = 'unknown fault' } = error as NodeJS.ErrnoException;
    const [kind, reason] = REASONS[code] ?? [
      'not-available',
      `there is no listening on it (${code}); ${FREE}`,
    ];
    throw new AlignodeError(kind, `--port ${port}: ${reason}`, { path: '--port' });
  }
}

/** Listens on the first of some ports that the system gives it; returns that one. */
export async function listenOnFirst(server: Server, [port, ...others]: readonly number[]): Promise<number> {
  try {
    return await listen(server, port);
  } catch (error) {
    if (others.length === 0) throw error;
    return listenOnFirst(server, others);
  }
}

/** Stops at once: connections that browsers keep open, and unfinished answers, are cut off. */
export async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
