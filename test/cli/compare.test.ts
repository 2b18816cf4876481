import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compare, resolveProblem } from '../../src/index.ts';
import { version } from '../../src/support/version.ts';
import { smallProblem } from '../support/problems.ts';
import {
  alignode,
  interrupted,
  interruptedOnceItSays,
  interruptedOnceItsBarSays,
  onTerminal,
} from '../support/world.ts';

const now = vi.hoisted(() => ({ mistake: 'none' }));
vi.mock('../../src/shallow/theory/equations.ts', async (original) => {
  const { broken } = await import('../support/brokenTheory.ts');
  return broken(await original(), now);
});

let folder: string;
let problem: string;
beforeEach(() => {
  now.mistake = 'none';
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  problem = join(folder, 'problem.json');
  writeFileSync(problem, JSON.stringify(smallProblem()));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const FLAGS = '--N 100 --runs 20 --seed 5 --student projected --threads 1 --scaling-runs 10'.split(' ');
const settings = {
  N: 100,
  runs: 20,
  seed: 5,
  student: 'projected',
  threads: 1,
  scalingRuns: 10,
} as const;

describe('alignode compare', () => {
  it('prints a table with mean, standard error, theory and z of everything, and the verdict beside it', async () => {
    const { code, stdout, stderr } = await alignode('compare', problem, ...FLAGS);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    const [header, ...rows] = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(','));
    const names = ['eg', 'R_1_1', 'R_1_2', 'R_2_1', 'R_2_2', 'Q_1_1', 'Q_1_2', 'Q_2_2', 'v_1', 'v_2'];
    expect(header).toEqual([
      'alpha',
      ...names.flatMap((name) => ['mean', 'stderr', 'theory', 'z'].map((suffix) => `${name}_${suffix}`)),
      ...names.flatMap((name) => ['bias', 'z_corrected', 'p'].map((suffix) => `${name}_${suffix}`)),
    ]);
    const { simulation, theory, z, verdict, bias, tests } = await compare(smallProblem(), settings);
    const row = rows[2].map(Number);
    const value = (name: string): number => row[header.indexOf(name)];
    expect(row[0]).toBe(10);
    expect(value('eg_mean')).toBe(simulation.mean.eg[2]);
    expect(value('R_2_1_stderr')).toBe(simulation.stderr.R[2][1][0]);
    expect(value('Q_1_2_theory')).toBe(theory.Q[2][0][1]);
    expect(value('v_2_z')).toBe(z.v[2][1]);
    expect(value('Q_1_2_bias')).toBe(bias?.Q[2][0][1]);
    const tested = tests.find(
      ({ of, observable, alpha }) => of === 'mean' && observable === 'v_2' && alpha === 10,
    );
    expect(value('v_2_z_corrected')).toBe(tested?.z);
    expect(value('v_2_z_corrected')).not.toBe(value('v_2_z'));
    expect(value('v_2_p')).toBe(tested?.p);
    const manifest = (name: string) =>
      JSON.parse(lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3) ?? 'null');
    expect(lines[0]).toMatch(/^# alignode \d+\.\d+\.\d+$/);
    expect(manifest('problem')).toEqual(resolveProblem(smallProblem()));
    expect(manifest('settings')).toMatchObject({ N: 100, runs: 20, seed: 5, level: 1e-3, scalingRuns: 10 });
    expect(manifest('verdict')).toEqual(JSON.parse(JSON.stringify(verdict)));
    expect(stderr).toMatch(
      /^alignode: theory and students agree; .*\nalignode: finite-size scaling: 10 projected/,
    );
  });

  it('has no bias in its table without scaling, and the same z twice', async () => {
    const { stdout } = await alignode('compare', problem, ...FLAGS, '--scaling-runs', '0');
    const [header, ...rows] = stdout
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.split(','));
    const value = (name: string): string => rows[2][header.indexOf(name)];
    expect(value('eg_bias')).toBe('NaN');
    expect(value('eg_z_corrected')).toBe(value('eg_z'));
  });

  it('writes the whole comparison as JSON, and reads its problem again', async () => {
    expect((await alignode('compare', problem, ...FLAGS, '--out', at('c.json'))).code).toBe(0);
    const read = JSON.parse(readFileSync(at('c.json'), 'utf8'));
    const made = await compare(smallProblem(), settings);
    expect(read).toEqual(JSON.parse(JSON.stringify({ version, ...made })));
    expect(read.simulation.perRun).toHaveLength(20);
    expect((await alignode('integrate', at('c.json'))).code).toBe(0);
  });

  it('writes a report that stands alone', async () => {
    const { code } = await alignode(
      'compare',
      problem,
      ...FLAGS,
      '--html',
      at('report.html'),
      '--out',
      at('c.csv'),
    );
    expect(code).toBe(0);
    const page = readFileSync(at('report.html'), 'utf8');
    expect(page.length).toBeGreaterThan(1e6);
    expect(page).toContain('class="verdict agrees"');
    expect(page).not.toMatch(/<script[^>]+src|<link(?! rel="icon" href="data:,")/);
    expect(readdirSync(folder).sort()).toEqual(['c.csv', 'problem.json', 'report.html']);
  });

  it('ends with code 1 if theory is wrong, and says where, with all results written', async () => {
    now.mistake = 'the terms of second order in the rate';
    writeFileSync(problem, JSON.stringify({ ...smallProblem(), learningRate: 0.5, alpha: [0, 1, 10] }));
    const { code, stdout, stderr } = await alignode('compare', problem, ...FLAGS, '--level', '1e-6');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^alignode: theory and students do not agree: \w+ at alpha = \d+: .* level 0\.000001\n/,
    );
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^10,/);
  });

  it('ends with code 1 if nothing is decided', async () => {
    // At alpha = 0 nothing has been learned.
    writeFileSync(problem, JSON.stringify({ ...smallProblem(), alpha: [0] }));
    const { code, stderr } = await alignode('compare', problem, ...FLAGS, '--scaling-runs', '0');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^alignode: undecided: at alpha = 0 nothing has been learned/);
    expect(stderr).toContain('without finite-size scaling');
  });

  it.each([
    ['while theory is solved', 1e6, interrupted, /interrupted while theory was being solved/],
    [
      'before a student is finished',
      1e6,
      (...args: string[]) => interruptedOnceItSays(/0 of 20 runs finished/, ...args),
      /interrupted; 0 of 20 runs and 0 of 5 sizes of the scaling were finished; nothing was written/,
    ],
  ])('writes nothing when Ctrl-C comes %s, and says how far it was', async (_when, alpha, press, message) => {
    writeFileSync(problem, JSON.stringify({ ...smallProblem(), alpha: [alpha] }));
    const files = ['--html', at('report.html'), '--out', at('c.csv')];
    const { code, stdout, stderr } = await press('compare', problem, ...FLAGS, ...files);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(readdirSync(folder)).toEqual(['problem.json']);
  });

  it('keeps the students when Ctrl-C comes within the scaling, and says on what its verdict rests', async () => {
    writeFileSync(problem, JSON.stringify({ ...smallProblem(), alpha: [1, 500] }));
    // So many students that the scaling would take minutes.
    const flags = [...FLAGS, '--scaling-runs', '3000', '--html', at('report.html'), '--out', at('c.csv')];
    const { code, stderr } = await interruptedOnceItsBarSays(/[23] of 6: N/, 'compare', problem, ...flags);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /undecided: interrupted; 20 of 20 runs and \d of 5 sizes of the scaling were finished\. By these runs, with no bias of N taken off: theory and students/,
    );
    expect(stderr).toContain(`what was finished is in ${at('c.csv')}\n`);
    expect(readFileSync(at('c.csv'), 'utf8')).toContain('"agrees":null');
    expect(readFileSync(at('report.html'), 'utf8')).toContain('class="verdict');
  });

  it('has one progress for all its students, and says before what they cost where that is much', async () => {
    const long = { ...smallProblem(), alpha: [1e6] };
    writeFileSync(problem, JSON.stringify(long));
    const { stderr } = await interruptedOnceItSays(/runs finished/, 'compare', problem, ...FLAGS);
    expect(stderr).toContain(
      'alignode: 20 projected students at N = 100 will be trained (2·10⁹ steps), and for the finite-size scaling ' +
        '10 projected students at each of N = 100, 200, 400, 800, 1600 (3.1·10¹⁰ steps; --scaling-runs says how many, or 0)\n',
    );
    writeFileSync(problem, JSON.stringify({ ...smallProblem(), alpha: [100] }));
    const short = await onTerminal('compare', problem, ...FLAGS);
    expect(short.stderr).not.toContain('will be trained');
    const shares = [...short.stderr.matchAll(/of \d+ runs finished, (\d+)%/g)].map(([, share]) =>
      Number(share),
    );
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  const bad: [string[], RegExp][] = [
    [['--level', '0'], /--level: found 0; use a number between 0 and 1/],
    [['--level', 'high'], /--level: found "high"/],
    [['--scaling-runs', '3'], /--scaling-runs: found 3; use 0,/],
    [['--runs', '0'], /--runs: found 0/],
    [
      ['--runs', '5'],
      /--runs: found 5; use a whole number from 10 to 1e7; of fewer students no standard error/,
    ],
    [['--N', '3'], /--N: found 3; use at least K \+ M = 4/],
    [['--redraw', 'student'], /--redraw: .*theory is one curve/],
    [['--html', ''], /--html: found ""/],
    [['--html', '-'], /--html: found "-"; name a file/],
    [['--html', '/nowhere/report.html'], /there is no folder \/nowhere/],
    [['--out', '/nowhere/c.csv'], /there is no folder \/nowhere/],
    [['--format', 'xml'], /--format: found "xml"/],
  ];
  it.each(bad)('refuses %j with code 2', async (flags, message) => {
    const { code, stdout, stderr } = await alignode('compare', problem, ...FLAGS, ...flags);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('refuses a report in the place of the result, or in that of a folder', async () => {
    const same = await alignode('compare', problem, ...FLAGS, '--html', at('x'), '--out', at('x'));
    expect(same.code).toBe(2);
    mkdirSync(at('reports'));
    expect((await alignode('compare', problem, ...FLAGS, '--html', at('reports'))).code).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(['problem.json', 'reports']);
  });

  it('tells its options, without the one that it cannot have', async () => {
    const { code, stdout } = await alignode('compare', '--help');
    expect(code).toBe(0);
    for (const flag of ['--N', '--level', '--scaling-runs', '--html', '--out', '--threads'])
      expect(stdout).toContain(`  ${flag} `);
    expect(stdout).toContain('50 if not given');
    expect(stdout).not.toContain('--redraw');
    expect((await alignode('--help')).stdout).toMatch(/^ {2}compare +theory against students/m);
  });
});
