import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startedWhole } from '../support/nodeAborted.ts';
import { smallProblem } from '../support/problems.ts';
import { withoutProgress } from '../support/withoutProgress.ts';

/* What only a process of its own can show. `npm test` builds dist/ first. */
const MAIN = new URL('../../dist/main.js', import.meta.url).pathname;

let folder: string;
let problem: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  problem = at('problem.json');
  writeFileSync(problem, JSON.stringify(smallProblem()));
});
afterEach(() => rmSync(folder, { recursive: true }));

const simulateIn = (...args: string[]) =>
  startedWhole(() =>
    spawnSync(process.execPath, [MAIN, 'simulate', problem, '--N', '20', '--threads', '2', ...args], {
      encoding: 'utf8',
    }),
  );

describe('the alignode simulate process', () => {
  it('prints the same on two threads as on one', () => {
    const [two, one] = [
      ['--runs', '9'],
      ['--runs', '9', '--threads', '1'],
    ].map((args) => simulateIn(...args));
    expect([two.status, withoutProgress(two.stderr)]).toEqual([0, '']);
    expect(two.stdout.replace('"threads":2', '"threads":1')).toBe(one.stdout);
  });

  /** Sends a signal once standard error matches. */
  async function interruptedBy(signal: NodeJS.Signals, once: RegExp) {
    // The first runs are finished long before the last ones.
    writeFileSync(problem, JSON.stringify({ ...smallProblem(), alpha: [0, 1, 100] }));
    const args = ['--N', '100', '--runs', '100000', '--threads', '2', '--backend', 'cpu'];
    const child = spawn(process.execPath, [MAIN, 'simulate', problem, ...args, '--out', at('runs.json')]);
    let stderr = '';
    let interruptions = 0;
    child.stderr.on('data', (data) => {
      stderr += data;
      // Programs such as npx pass a signal on that came already: twice does no harm.
      if (once.test(stderr) && interruptions++ === 0) {
        child.kill(signal);
        child.kill(signal);
      }
    });
    const ending = await new Promise<unknown[]>((resolve) => child.on('close', (...end) => resolve(end)));
    expect(ending).toEqual([1, null]);
    expect(stderr).toMatch(/simulate \d+ of 100000 runs finished, \d+%(, .* steps\/s(, .* left)?)?\n/);
    return stderr;
  }

  it('keeps what was finished when SIGINT comes, writes it whole, and leaves nothing behind', async () => {
    const stderr = await interruptedBy('SIGINT', / [1-9]\d* of 100000 runs finished/);
    const finished = JSON.parse(readFileSync(at('runs.json'), 'utf8')).perRun.length;
    expect(finished).toBeGreaterThan(0);
    expect(stderr).toContain(`alignode: interrupted; ${finished} of 100000 runs were finished; they are in `);
    expect(stderr).toMatch(/runs\.json\n$/);
    expect(readdirSync(folder).sort()).toEqual(['problem.json', 'runs.json']);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('is interrupted by %s too', async (signal) => {
    expect(await interruptedBy(signal, /runs finished/)).toMatch(
      /alignode: interrupted; \d+ of 100000 runs were finished; /,
    );
  });

  it.skipIf(!existsSync('/dev/full')).each([['/dev/full'], ['/dev/full', '--format', 'json']])(
    'reports a full disk with code 1: %s %s %s',
    (...out) => {
      const { status, stdout, stderr } = simulateIn('--runs', '2', '--out', ...out);
      expect([status, stdout]).toEqual([1, '']);
      expect(withoutProgress(stderr)).toBe('alignode: /dev/full: the disk is full; not all was written\n');
    },
  );

  // Root may write everywhere.
  it.skipIf(process.getuid?.() === 0)('refuses a file that may not be written, before it simulates', () => {
    writeFileSync(at('kept.csv'), 'kept');
    chmodSync(at('kept.csv'), 0o400);
    const { status, stderr } = simulateIn('--out', at('kept.csv'));
    expect(status).toBe(2);
    expect(stderr).toContain('it may not be written; change the permissions');
    expect(readFileSync(at('kept.csv'), 'utf8')).toBe('kept');
  });

  it('feeds a slow reader all of a large output', async () => {
    const child = spawn(process.execPath, [
      ...[MAIN, 'simulate', problem, '--N', '10', '--runs', '3000', '--student', 'projected'],
      ...['--threads', '1', '--format', 'json'],
    ]);
    let stdout = '';
    child.stdout.on('data', (data) => {
      stdout += data;
      child.stdout.pause();
      setTimeout(() => child.stdout.resume(), 1);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    expect(JSON.parse(stdout).perRun).toHaveLength(3000);
  });
});
