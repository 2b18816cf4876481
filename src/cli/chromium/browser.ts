import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { AlignodeError } from '../../support/error.ts';
import { devTools } from './devtools.ts';

/** Milliseconds: far more than starting, loading a page or drawing a picture takes. */
const LIMIT = 60_000;
/** Milliseconds that a browser is given to end by itself. */
const GRACE = 2000;
/** Milliseconds for the last that it said to arrive. */
const LAST_WORDS = 300;

const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-extensions',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-gpu',
  // Containers tend to have little of it.
  '--disable-dev-shm-usage',
  // A new profile else asks for the user's key ring.
  '--password-store=basic',
  '--use-mock-keychain',
  // Nothing leaves the machine, whatever a browser would like to ask of the world.
  '--disable-background-networking',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-quic',
];

/** A page that is open. */
export interface Page {
  /** The value of an expression, of a promise when it has come. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Browser {
  /** Opens a file, and waits until all of it is there. */
  open(file: string, options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface OpenOptions {
  width?: number;
  height?: number;
  /** Told of what the page reports: messages on its console, faults, requests. */
  watch?: Watch;
}

/** An event of the DevTools protocol and its details. */
export type Watch = (event: string, details: Record<string, unknown>) => void;

export interface BrowserOptions {
  signal?: AbortSignal;
  /** Milliseconds for each thing asked of it; a minute if not given. */
  limit?: number;
}

/**
 * Starts a Chromium that nobody sees, with a profile of its own, which ends with it. Whatever goes wrong, a limit of
 * time and the signal too, ends the process and fails with a sentence.
 */
export async function openBrowser(
  chromium: string,
  { signal, limit = LIMIT }: BrowserOptions = {},
): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'alignode-chromium-'));
  const child = spawn(
    chromium,
    [
      ...FLAGS,
      // Chromium refuses to start for root with one.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    // A process group of its own: it ends as a whole, and Ctrl-C on the terminal is ours alone to hear.
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
  );
  let said = '';
  child.stderr?.on('data', (data: Buffer) => {
    said = (said + data.toString('utf8')).slice(-4000);
  });
  const [, , , questions, answers] = child.stdio;
  const watchers = new Map<string, Watch>();
  const tools = devTools(questions as Writable, answers as Readable, (event, details, page) =>
    watchers.get(page)?.(event, details),
  );
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      tools.close(fault(`Chromium (${chromium}) could not be started: ${error.message}`));
      resolve();
    });
    child.once('exit', async () => {
      // What it said last may still be on its way; helpers that it left behind may hold the pipe open.
      await Promise.race([once(child, 'close'), sleep(LAST_WORDS)]);
      tools.close(fault(`Chromium (${chromium}) ended by itself${lastWords(said)}`));
      resolve();
    });
  });
  const stop = (reason: Error): void => {
    tools.close(reason);
    kill(child);
  };
  const abort = (): void => stop(new AlignodeError('interrupted', 'stopped'));
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  // Ctrl-C twice, or a fault elsewhere: nothing may outlive the program.
  const last = (): void => {
    kill(child);
    removeProfile(profile);
  };
  process.once('exit', last);

  const end = async (): Promise<void> => {
    signal?.removeEventListener('abort', abort);
    const late = setTimeout(() => kill(child), GRACE);
    tools.send('Browser.close').catch(() => undefined);
    await gone;
    clearTimeout(late);
    // Its helpers, if any were left behind.
    kill(child);
    process.removeListener('exit', last);
    removeProfile(profile);
  };

  /** Within the limit, or the browser is stopped: one that hangs is of no further use. */
  const inTime = async <T>(what: string, work: Promise<T>): Promise<T> => {
    const timer = setTimeout(
      () => stop(fault(`Chromium (${chromium}) did not ${what} within ${limit / 1000} s`)),
      limit,
    );
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  };

  async function openPage(file: string, { width = 1280, height = 800, watch }: OpenOptions): Promise<Page> {
    const { targetId } = await tools.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await tools.send('Target.attachToTarget', { targetId, flatten: true });
    const session = sessionId as string;
    const ask = (method: string, params?: Record<string, unknown>) => tools.send(method, params, session);
    const loaded = new Promise<void>((resolve) => {
      watchers.set(session, (event, details) => {
        if (event === 'Page.loadEventFired') resolve();
        watch?.(event, details);
      });
    });
    for (const domain of ['Page', ...(watch ? ['Runtime', 'Network', 'Log'] : [])])
      await ask(`${domain}.enable`);
    await ask('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    const { errorText } = await ask('Page.navigate', { url: pathToFileURL(file).href });
    if (errorText !== undefined) throw fault(`Chromium (${chromium}) could not open ${file}: ${errorText}`);
    // Asked once more, a browser that is gone says why.
    await Promise.race([loaded, gone.then(() => ask('Page.enable'))]);
    return {
      evaluate: (expression) => inTime('answer', evaluate(ask, expression)),
      close: async () => {
        watchers.delete(session);
        await tools.send('Target.closeTarget', { targetId });
      },
    };
  }

  try {
    await inTime('start', tools.send('Browser.getVersion'));
  } catch (error) {
    await end();
    throw error;
  }
  return {
    open: (file, options = {}) => inTime('open a page', openPage(file, options)),
    close: end,
  };
}

async function evaluate(
  ask: (method: string, params: Record<string, unknown>) => Promise<Record<string, unknown>>,
  expression: string,
): Promise<unknown> {
  const answer = await ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  const { result, exceptionDetails } = answer as {
    result: { value?: unknown; description?: string };
    exceptionDetails?: { text: string; exception?: { description?: string } };
  };
  if (exceptionDetails)
    throw fault(
      `a page failed in Chromium: ${(exceptionDetails.exception?.description ?? exceptionDetails.text).split('\n')[0]}`,
    );
  return result.value;
}

function kill({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    // The group too outlives its first member; on Windows there is none, and children end with their parent.
    if (process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
    else if (exitCode === null && signalCode === null) process.kill(pid);
  } catch {
    // Gone already.
  }
}

function removeProfile(profile: string): void {
  try {
    // One that was killed leaves a folder beside its profile too, to which the profile has a link.
    const socket = readlinkSync(join(profile, 'SingletonSocket'));
    if (dirname(dirname(socket)) === tmpdir()) rmSync(dirname(socket), { recursive: true, force: true });
  } catch {
    // It ended by itself, and tidied up.
  }
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch {
    // It lies among the temporary files, where it does no harm.
  }
}

const fault = (message: string): AlignodeError => new AlignodeError('not-available', message);

/** What it said last on standard error, where that may help. */
function lastWords(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const telling =
    lines.findLast((line) => /FATAL|ERROR|error|cannot|denied|sandbox/.test(line)) ?? lines.at(-1);
  return telling === undefined ? '' : `: ${telling.replace(/^\[[^\]]*\]\s*/, '').trim()}`;
}
