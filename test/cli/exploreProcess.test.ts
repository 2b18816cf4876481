import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { get } from '../support/rawRequest.ts';

/* What only a process of its own can show. `npm test` builds dist/ first. */
const MAIN = new URL('../../dist/main.js', import.meta.url).pathname;

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** Starts it and waits for its first line, or for its end. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, 'explore', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  endings.push(() => child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  const ended = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), ended]);
  return { said, ended, child, port: Number(/:(\d+)\/\n$/.exec(said.stdout)?.[1]) };
}

/** A connection that has had an answer and is kept, as browsers do. */
async function kept(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  endings.push(() => socket.destroy());
  socket.write(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
  await once(socket, 'data');
  return socket;
}

describe('the alignode explore process', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'prints its address, answers there, and ends well when %s comes, though connections are open',
    async (signal) => {
      const { said, ended, child, port } = await start('--port', '0');
      expect(said.stdout).toBe(`http://127.0.0.1:${port}/\n`);
      expect((await get(port, '/')).body).toContain('<title>alignode explore</title>');
      const open = [connect(port, '127.0.0.1'), await kept(port)];
      const cut = open.map((socket) => once(socket.on('error', () => undefined).resume(), 'close'));
      // Programs such as npx pass a signal on that came already: at no time until the end does another do harm.
      const insist = () => child.kill(signal) && setImmediate(insist);
      insist();
      expect(await ended).toEqual([0, null]);
      await Promise.all(cut);
      expect(said.stderr).toBe('alignode: open this address in a browser; Ctrl-C ends\n');
    },
  );

  it('has a port of its own beside another', async () => {
    const [one, other] = await Promise.all([start(), start('--port', '0')]);
    expect(one.port).not.toBe(other.port);
    for (const { port } of [one, other]) expect((await get(port, '/')).status).toBe(200);
  });

  it('fails with code 1 where the port that is named is in use', async () => {
    const one = await start('--port', '0');
    const other = await start('--port', `${one.port}`);
    expect(await other.ended).toEqual([1, null]);
    expect(other.said).toEqual({
      stdout: '',
      stderr: `alignode: --port ${one.port}: it is in use; end the program that has it, or name another port; --port 0 takes one that is free\n`,
    });
  });
});
