import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallProblem } from '../support/problems.ts';
import { withoutProgress } from '../support/withoutProgress.ts';

/* What only a process of its own can show. `npm test` builds dist/ first. */
const MAIN = new URL('../../dist/main.js', import.meta.url).pathname;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(problem: unknown): string {
  const path = join(folder, 'problem.json');
  writeFileSync(path, JSON.stringify(problem));
  return path;
}

describe('the alignode process', () => {
  it('reads a problem from standard input and writes to a pipe', () => {
    const stdout = execFileSync(process.execPath, [MAIN, 'integrate', '-'], {
      input: JSON.stringify(smallProblem()),
      encoding: 'utf8',
    });
    expect(stdout.trimEnd().split('\n')).toHaveLength(9);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const path = write({ ...smallProblem(), alpha: { from: 1, to: 2, points: 20_000 } });
    const child = spawn(process.execPath, [MAIN, 'integrate', path]);
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, withoutProgress(stderr)]).toEqual([0, '']);
  });

  it('shows in doctor nothing that drivers of GPUs write', () => {
    // A driver that does not exist, of which the loader and Dawn complain.
    const driver = join(folder, 'driver.json');
    const ICD = { library_path: join(folder, 'none.so'), api_version: '1.2.0' };
    writeFileSync(driver, JSON.stringify({ file_format_version: '1.0.0', ICD }));
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'doctor'], {
      encoding: 'utf8',
      env: {
        ...process.env,
        VK_DRIVER_FILES: driver,
        VK_ICD_FILENAMES: driver,
        CHROMIUM: join(folder, 'chromium'),
      },
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.match(/^none {4}GPU: /gm)).toHaveLength(1);
  });

  it.skipIf(!existsSync('/dev/full'))('reports a full disk with code 1', () => {
    try {
      execFileSync(process.execPath, [MAIN, 'integrate', write(smallProblem()), '--out', '/dev/full'], {
        stdio: 'pipe',
        encoding: 'utf8',
      });
      expect.unreachable();
    } catch (error) {
      const { status, stderr, stdout } = error as { status: number; stderr: string; stdout: string };
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain('/dev/full: the disk is full');
    }
  });
});
