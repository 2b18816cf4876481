import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallProblem } from '../support/problems.ts';

/* What only a process of its own can show. `npm test` builds build/ first. */
const modules = new URL('../../build/', import.meta.url);

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  mkdirSync(at('tmp'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Two figures; the second trains students for as long as it is let. */
const PROGRAM = `
import { reproduce } from '${new URL('cli/reproduce.js', modules)}';
const problem = ${JSON.stringify(smallProblem())};
const figure = (name, work) => ({
  name, title: name, source: '', script: '', seconds: { quick: 1, full: 1 },
  make: async (workshop) => {
    const y = await workshop.piece('begin', { name }, async () => {
      console.error('begins ' + name);
      return [1, 2];
    });
    await workshop.piece('end', { name }, work);
    const traces = [{ name: 'a', mark: 'line', colour: 0, x: [1, 2], y }];
    const panel = { name, title: name, x: { label: 'x' }, y: { label: 'y' }, traces };
    return { caption: name, parameters: {}, panels: [panel], claims: [] };
  },
});
const short = async () => 1;
const long = async ({ simulate }) => {
  console.error('trains');
  const { runs } = await simulate(problem, { N: 50, runs: 1e6, backend: 'reference', threads: 2 });
  return runs;
};
const figures = [figure('one', short), figure('two', process.argv[2] === 'long' ? long : short)];
process.exitCode = await reproduce({ out: process.argv[3] }, [], process, { figures, book: '' });
`;

/** Runs it; `on` is told what it says, and may interrupt it. */
async function start(length: string, on: (stderr: string, kill: (signal: NodeJS.Signals) => void) => void) {
  writeFileSync(at('program.mjs'), PROGRAM);
  const child = spawn(process.execPath, [at('program.mjs'), length, at('out')], {
    env: { ...process.env, TMPDIR: at('tmp') },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (data) => {
      said[name] += data;
      on(said.stderr, (signal) => child.kill(signal));
    });
  const ending = await new Promise<unknown[]>((resolve) => child.on('close', (...end) => resolve(end)));
  return { ...said, ending };
}

describe('the alignode reproduce process', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops when %s comes, keeps what was finished, leaves nothing behind, and goes on from there',
    async (signal) => {
      let sent = false;
      const first = await start('long', (stderr, kill) => {
        // Programs such as npx pass a signal on that came already: twice does no harm.
        if (sent || !stderr.includes('trains')) return;
        sent = true;
        kill(signal);
        kill(signal);
      });
      expect(first.ending).toEqual([1, null]);
      expect(first.stderr).toMatch(
        /alignode: interrupted; 1 of 2 figures were finished; the work done for others is kept in /,
      );
      expect(first.stdout).toBe(`${at('out/index.html')}\n`);
      expect(readdirSync(at('out')).sort()).toEqual([
        ...['.pieces', 'index.html', 'manifest.json', 'one', 'plotly.min.js'],
      ]);
      expect(readdirSync(at('tmp'))).toEqual([]);

      const again = await start('short', () => undefined);
      expect(again.ending).toEqual([0, null]);
      expect(again.stderr).not.toContain('begins');
      expect(readdirSync(at('out')).sort()).toEqual([
        ...['index.html', 'manifest.json', 'one', 'plotly.min.js', 'two'],
      ]);
      expect(readdirSync(at('tmp'))).toEqual([]);
    },
  );
});
