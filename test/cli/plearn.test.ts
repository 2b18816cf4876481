import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plearn } from '../../src/index.ts';
import { alignode, interrupted } from '../support/world.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const FLAGS = '--M 2 --student projected --threads 1 --learning-rate 0.5 --runs 10 --seed 3'.split(' ');
const options = { M: 2, student: 'projected', threads: 1, learningRate: 0.5, runs: 10, seed: 3 } as const;
const tableOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split(','));

describe('alignode plearn', () => {
  it('prints a row for each K, exact and simulated, headed by what was asked', async () => {
    const { code, stdout, stderr } = await alignode('plearn', '--K', '2..3', ...FLAGS);
    expect(code).toBe(0);
    const [columns, ...rows] = tableOf(stdout);
    expect(columns.join(',')).toBe(
      'K,exact,runs,learned,allowed,allowed_learned,stuck,diverged,undecided,fraction,low,high,median_time,seed',
    );
    const { points, settings } = await plearn({ ...options, K: [2, 3] });
    expect(rows.map((row) => row.map(Number))).toEqual(
      points.map(
        ({
          K,
          exact,
          runs,
          learned,
          allowed,
          stuck,
          diverged,
          undecided,
          fraction,
          interval,
          medianTime,
          seed,
        }) => [
          K,
          exact,
          runs,
          learned,
          allowed.runs,
          allowed.learned,
          stuck,
          diverged,
          undecided,
          fraction,
          ...(interval ?? []),
          medianTime,
          seed,
        ],
      ),
    );
    const manifest = stdout.split('\n').find((line) => line.startsWith('# settings '));
    expect(JSON.parse(manifest?.slice('# settings '.length) ?? '')).toEqual(settings);
    expect(stderr).toMatch(/K = 2: 0\.2500 by the signs of F, \d+ of 10 students learned/);
  });

  it('prints the formula alone for no runs, in an instant, for any K', async () => {
    const { code, stdout } = await alignode('plearn', '--K', '2,3,64', '--M', '2', '--runs', '0');
    expect(code).toBe(0);
    expect(tableOf(stdout).map((row) => row.slice(0, 3))).toEqual([
      ['K', 'exact', 'runs'],
      ['2', '0.25', '0'],
      ['3', '0.5', '0'],
      ['64', '1', '0'],
    ]);
    expect(tableOf(stdout)[1].slice(9, 13)).toEqual(['', '', '', '']);
  });

  it('writes JSON with every student, and a report that asks nothing of a network', async () => {
    const result = await alignode(
      'plearn',
      '--K',
      '3',
      ...FLAGS,
      '--out',
      at('p.json'),
      '--html',
      at('p.html'),
    );
    expect([result.code, result.stdout]).toEqual([0, '']);
    const found = JSON.parse(readFileSync(at('p.json'), 'utf8'));
    const expected = await plearn({ ...options, K: 3 });
    expect(found.points).toEqual(JSON.parse(JSON.stringify(expected.points)));
    const page = readFileSync(at('p.html'), 'utf8');
    expect(page).toContain('K = 3: 0.5000 by the signs of F');
    const own = page.replace(/<script>[\s\S]*?<\/script>/g, '');
    expect(own).not.toMatch(/https?:|\bsrc=|@import/);
  });

  it.each([
    [['--M', '2'], '--K: found nothing'],
    [['--K', '2..x', '--M', '2'], '--K: found "2..x"'],
    [['--K', '10..2', '--M', '2'], '--K: found "10..2"'],
    [['--K', '3'], '--M: found nothing'],
    [['--K', '3', '--M', '2', '--learning-rate', 'fast'], '--learning-rate: found "fast"'],
    [['--K', '3', '--M', '2', '--student', 'fish'], '--student: found "fish"'],
    [['--K', '3', '--M', '2', '--html', '-'], '--html: found "-"'],
    [['--K', '3', '--M', '2', '--out', '/nowhere/at/all.csv'], 'there is no folder'],
    [['problem.json', '--K', '3', '--M', '2'], '"problem.json" is one argument too many'],
  ])('refuses %j and writes nothing', async (args, message) => {
    const { code, stdout, stderr } = await alignode('plearn', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('Ctrl-C before anybody is finished writes nothing and says so', async () => {
    const { code, stderr } = await interrupted(
      ...['plearn', '--K', '3', ...FLAGS, '--out', at('p.csv')],
      ...['--backend', 'reference'],
    );
    expect(code).toBe(1);
    expect(stderr).toContain('0 of 10 students were finished; nothing was written');
    expect(readdirSync(folder)).toEqual([]);
  });
});
