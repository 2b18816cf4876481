import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { integrate, simulate } from '../../src/index.ts';
import { alignmentsOf } from '../../src/shallow/students/index.ts';
import { version } from '../../src/support/version.ts';
import { smallProblem } from '../support/problems.ts';
import { drawnProblem } from '../support/simulations.ts';
import { alignode, interrupted, onTerminal } from '../support/world.ts';

let folder: string;
let problem: string;
const at = (name: string): string => join(folder, name);
const store = (value: unknown): void => writeFileSync(problem, JSON.stringify(value));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  problem = at('problem.json');
  store(smallProblem());
});
afterEach(() => rmSync(folder, { recursive: true }));

/** One thread, as worker threads run from dist/ only. */
const SMALL = ['--N', '20', '--runs', '4', '--seed', '3', '--threads', '1', '--backend', 'reference'];
const settings = { N: 20, runs: 4, seed: 3, threads: 1, backend: 'reference' };
const read = (name: string): string => readFileSync(at(name), 'utf8');
const manifest = (csv: string, name: string): unknown =>
  JSON.parse(
    csv
      .split('\n')
      .find((line) => line.startsWith(`# ${name} `))!
      .slice(name.length + 3),
  );
const tableOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split(','));

describe('alignode simulate', () => {
  it('prints the mean and its standard errors as CSV, and nothing else', async () => {
    const { code, stdout, stderr } = await alignode('simulate', problem, ...SMALL, '--test-set', '5');
    expect([code, stderr]).toEqual([0, '']);
    const [columns, ...rows] = tableOf(stdout);
    expect(columns.join(',')).toBe(
      'alpha,eg,R_1_1,R_1_2,R_2_1,R_2_2,Q_1_1,Q_1_2,Q_2_2,v_1,v_2,F_1,F_2,' +
        'stderr_eg,stderr_R_1_1,stderr_R_1_2,stderr_R_2_1,stderr_R_2_2,stderr_Q_1_1,stderr_Q_1_2,stderr_Q_2_2,' +
        'stderr_v_1,stderr_v_2,eg_sampled,stderr_eg_sampled,' +
        'weight_alignment,update_alignment,stderr_weight_alignment,stderr_update_alignment',
    );
    const { mean, stderr: error } = await simulate(smallProblem(), { ...settings, testSet: 5 });
    const values = ({ eg, R, Q, v }: typeof mean): number[] =>
      [eg[2], R[2], Q[2][0], Q[2][1][1], v[2]].flat(2);
    expect(rows.map(([alpha]) => Number(alpha))).toEqual([0, 1, 10]);
    expect(rows[2].slice(0, -4).map(Number)).toEqual([
      10,
      ...values(mean),
      0.8,
      -0.5,
      ...values(error),
      mean.egSampled?.[2],
      error.egSampled?.[2],
    ]);
  });

  it("has both alignments: the mean of the students' own and its standard error, NaN where none has an angle", async () => {
    store({ ...smallProblem(), student: { ...smallProblem().student, v: [0, 0] } });
    const { stdout } = await alignode('simulate', problem, ...SMALL);
    const [columns, ...rows] = tableOf(stdout);
    const value = (row: number, name: string): number => Number(rows[row][columns.indexOf(name)]);
    const { problem: solved, perRun } = await simulate(manifest(stdout, 'problem') as never, settings);
    // Theory at a student's own overlaps, from which no time passes.
    const at = perRun.map(({ Q, R, v }) =>
      integrate({ ...solved, student: { Q: Q[2], R: R[2], v: v[2] }, alpha: [0] }),
    );
    for (const [name, key] of [
      ['weight_alignment', 'weightAlignment'],
      ['update_alignment', 'updateAlignment'],
    ] as const) {
      const own = at.map((curve) => curve[key][0]);
      const mean = own.reduce((sum, x) => sum + x, 0) / 4;
      const variance = own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 3;
      expect(value(2, name)).toBeCloseTo(mean, 12);
      expect(value(2, `stderr_${name}`)).toBeCloseTo(Math.sqrt(variance / 4), 12);
      expect(value(0, name)).toBeNaN();
    }
  });

  it('measures the alignment of each student with the feedback that was drawn for it', async () => {
    store(drawnProblem());
    const { stdout } = await alignode('simulate', problem, ...SMALL, '--redraw', 'feedback');
    const [columns, ...rows] = tableOf(stdout);
    const { perRun } = await simulate(drawnProblem(), { ...settings, redraw: ['feedback'] });
    const cosines = perRun.map(({ v, feedback }) => {
      const dot = (a: number[], b: number[]): number => a.reduce((sum, x, k) => sum + x * b[k], 0);
      const [last, F] = [v.at(-1)!, feedback!];
      return dot(last, F) / Math.sqrt(dot(last, last) * dot(F, F));
    });
    expect(Number(rows.at(-1)?.[columns.indexOf('weight_alignment')])).toBeCloseTo(
      cosines.reduce((sum, x) => sum + x, 0) / 4,
      12,
    );
  });

  it('heads the CSV with a manifest from which every run can be repeated', async () => {
    const { stdout } = await alignode('simulate', problem, ...SMALL, '--student', 'projected');
    expect(stdout).toMatch(/^# alignode \d+\.\d+\.\d+\n/);
    const asked = manifest(stdout, 'settings');
    expect(asked).toEqual({ ...settings, student: 'projected', redraw: [], testSet: 0 });
    const again = await simulate(manifest(stdout, 'problem') as never, asked as never);
    expect(tableOf(stdout)[3][1]).toBe(String(again.mean.eg[2]));
    expect(manifest(stdout, 'seeds')).toEqual(again.perRun.map(({ seed }) => seed));
    expect(['runs', 'diverged', 'failed'].map((name) => manifest(stdout, name))).toEqual([4, [], []]);
  });

  it('writes the object of simulate() as JSON, null where there is no number', async () => {
    const args = ['--N', '20', '--runs', '1', '--threads', '1', '--backend', 'reference'];
    expect((await alignode('simulate', problem, ...args, '--out', at('runs.json'))).code).toBe(0);
    const expected = await simulate(smallProblem(), { ...settings, runs: 1, seed: 1 });
    const found = JSON.parse(read('runs.json'));
    const { mean, stderr } = alignmentsOf(expected);
    const withAlignments = {
      ...expected,
      mean: { ...expected.mean, ...mean },
      stderr: { ...expected.stderr, ...stderr },
    };
    expect(found).toEqual(JSON.parse(JSON.stringify({ version, ...withAlignments })));
    expect(Object.keys(found.mean)).toEqual(['eg', 'Q', 'R', 'v', 'weightAlignment', 'updateAlignment']);
    expect(found.mean.weightAlignment[2]).toBe(mean.weightAlignment[2]);
    expect(Object.keys(found).slice(0, 3)).toEqual(['version', 'problem', 'settings']);
    expect(found.stderr.eg).toEqual([null, null, null]);
    expect(found.perRun[0].Q[2]).toHaveLength(2);
    expect(readdirSync(folder).sort()).toEqual(['problem.json', 'runs.json']);
  });

  it.each(['runs.csv', 'runs.json'])(
    'takes its own output as a problem, and so does integrate: %s',
    async (name) => {
      await alignode('simulate', problem, ...SMALL, '--out', at(name));
      const before = read(name);
      expect((await alignode('simulate', at(name), ...SMALL, '--out', at(`again-${name}`))).code).toBe(0);
      expect(read(`again-${name}`)).toBe(before);
      const { stdout } = await alignode('integrate', at(name));
      expect(stdout).toBe((await alignode('integrate', problem)).stdout);
    },
  );

  it('takes N from a problem that draws its student, unless it is given', async () => {
    store(drawnProblem());
    const args = ['simulate', problem, '--threads', '1', '--backend', 'reference'];
    expect(manifest((await alignode(...args)).stdout, 'settings')).toMatchObject({ N: 30, runs: 1, seed: 1 });
    expect(manifest((await alignode(...args, '--N', '12')).stdout, 'settings')).toMatchObject({ N: 12 });
  });

  it('draws parts anew for each run with --redraw', async () => {
    store(drawnProblem());
    const args = [...SMALL, '--redraw', 'student, feedback', '--out', at('runs.json')];
    expect((await alignode('simulate', problem, ...args)).code).toBe(0);
    const { perRun, settings: asked } = JSON.parse(read('runs.json'));
    expect(asked.redraw).toEqual(['student', 'feedback']);
    expect(new Set(perRun.map((run: { feedback: number[] }) => String(run.feedback))).size).toBe(4);
  });

  it('names and counts the runs that diverged, says what to change, and ends with code 1', async () => {
    store({
      ...smallProblem(),
      student: { ...smallProblem().student, v: [1, 1] },
      activation: 'linear',
      rule: 'bp',
      learningRate: 50,
      trainSecondLayer: false,
    });
    const { code, stdout, stderr } = await alignode('simulate', problem, ...SMALL);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^alignode: 4 of 4 runs diverged, the first by alpha = (1|10): runs 1, 2, 3, 4; .*lower learningRate \(now 50\)/,
    );
    expect(manifest(stdout, 'runs')).toBe(0);
    const diverged = manifest(stdout, 'diverged') as { run: number; alpha: number }[];
    expect(diverged.map(({ run }) => run)).toEqual([1, 2, 3, 4]);
    expect(Object.keys(diverged[0])).toEqual(['run', 'seed', 'alpha']);
    expect(tableOf(stdout)[3][1]).toBe('NaN');
  });

  it('writes nothing and says so when Ctrl-C comes before a run is finished', async () => {
    store({ ...smallProblem(), alpha: [0, 1e9] });
    const { code, stdout, stderr } = await interrupted(
      'simulate',
      problem,
      ...SMALL,
      '--out',
      at('runs.csv'),
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe('alignode: interrupted; 0 of 4 runs were finished; nothing was written\n');
    expect(readdirSync(folder)).toEqual(['problem.json']);
  });

  it('draws the mean on a terminal', async () => {
    const { stdout, stderr } = await onTerminal('simulate', problem, ...SMALL);
    expect(stderr).toContain('test error eg, mean of 4\n');
    expect(stderr).toContain('•');
    expect(stdout).not.toContain('•');
  });
});

describe('alignode simulate refuses, with code 2, the flag, what was found and what would do', () => {
  it.each([
    ['a dimension that is no number', ['--N', 'many'], '--N: found "many"; use a whole number from 1 to 1e9'],
    ['a dimension of nothing', ['--N', ''], '--N: found ""; use a whole number'],
    ['a dimension below K + M', ['--N', '3'], '--N: found 3; use at least K + M = 4'],
    ['a dimension beyond memory', ['--N', '1e9'], '--N: 1000000000 inputs would take'],
    ['a misspelt option', ['--run', '3'], "Unknown option '--run' (did you mean --runs?)"],
    ['no runs', ['--runs', '0'], '--runs: found 0; use a whole number from 1 to 1e7'],
    ['runs that are no number', ['--runs', 'x'], '--runs: found "x"; use a whole number'],
    ['runs beyond memory', ['--runs', '1e7'], '--runs: 10000000 runs at 3 times would take'],
    ['half a seed', ['--seed', '0.5'], '--seed: found 0.5; use a whole number from 0'],
    [
      'an unknown student',
      ['--student', 'deep'],
      '--student: found "deep"; use one of "trained", "projected"',
    ],
    ['a misspelt student', ['--student', 'trainde'], '"trained", "projected" (did you mean "trained"?)'],
    ['a misspelt part', ['--redraw', 'teacher,studnet'], '"feedback" (did you mean "student"?)'],
    ['a format in capitals', ['--format', 'JSON'], 'use csv or json (did you mean json?)'],
    ['an unknown backend', ['--backend', 'tpu'], '--backend: found "tpu"; use one of "auto"'],
    ['no threads', ['--threads', '0'], '--threads: found 0; use a whole number from 1'],
    [
      'an unknown part',
      ['--redraw', 'student,inputs'],
      '--redraw: found ["student","inputs"]; use a list of',
    ],
    ['a part that is given', ['--redraw', 'teacher'], '--redraw: the problem gives its teacher'],
    ['half a test set', ['--test-set', '1.5'], '--test-set: found 1.5; use a whole number from 0'],
    ['an unknown format', ['--format', 'xml'], '--format: found "xml"; use csv or json'],
    ['an empty name', ['--out', ''], '--out: found ""; name a file'],
    ['a folder that is not there', ['--out', '/nowhere/runs.csv'], 'there is no folder /nowhere; make it'],
    ['an unknown flag', ['--run', '5'], '--run'],
    ['a flag without its value', ['--runs'], '--runs'],
    ['a second problem', ['more.json'], 'one argument too many'],
  ])('%s', async (_what, args, message) => {
    const { code, stdout, stderr } = await alignode('simulate', problem, ...SMALL, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^alignode: .*\n$/);
  });

  it('no dimension, where the problem draws no student', async () => {
    const { code, stderr } = await alignode('simulate', problem);
    expect([code, stderr]).toEqual([
      2,
      'alignode: --N: found nothing, and the problem does not draw its student; give the input dimension, as --N 500\n',
    ]);
  });

  it('a malformed problem, a missing one, and a folder for --out', async () => {
    mkdirSync(at('folder'));
    const folderAsOut = await alignode('simulate', problem, ...SMALL, '--out', at('folder'));
    expect([folderAsOut.code, folderAsOut.stderr]).toEqual([
      2,
      `alignode: ${at('folder')}: that is a folder; name a file\n`,
    ]);
    expect((await alignode('simulate', at('none.json'), ...SMALL)).stderr).toContain('there is no such file');
    store({ ...smallProblem(), noise: -1 });
    const { code, stderr } = await alignode('simulate', problem, ...SMALL);
    expect(code).toBe(2);
    expect(stderr).toContain('noise: found -1');
    for (const nonsense of [null, 3, []]) {
      store(nonsense);
      expect((await alignode('simulate', problem, ...SMALL)).code).toBe(2);
    }
  });
});

it('takes a negative number for the value of the flag before it, and says what would do', async () => {
  for (const args of [['--N', '-5'], ['--N=-5']]) {
    const { code, stderr } = await alignode('simulate', problem, ...args);
    expect([code, stderr]).toEqual([
      2,
      'alignode: --N: found -5; use a whole number from 1 to 1e9, the input dimension\n',
    ]);
  }
});

it('shows no feedback in the table where every run has its own', async () => {
  store(drawnProblem());
  const { stdout } = await alignode('simulate', problem, ...SMALL, '--redraw', 'feedback');
  const [columns, ...rows] = tableOf(stdout);
  const F = columns.indexOf('F_1');
  expect(F).toBeGreaterThan(0);
  for (const row of rows) expect(row[F]).toBe('NaN');
});
