import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { integrate, type Problem, resolveProblem } from '../../src/index.ts';
import { version } from '../../src/support/version.ts';
import { smallProblem, waitingProblem } from '../support/problems.ts';
import { alignode, interrupted } from '../support/world.ts';

let folder: string;
let problem: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  problem = join(folder, 'problem.json');
  writeFileSync(problem, JSON.stringify(smallProblem()));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);

describe('alignode integrate', () => {
  it('prints CSV with the promised columns and nothing else', async () => {
    const { code, stdout, stderr } = await alignode('integrate', problem);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const lines = stdout.trimEnd().split('\n');
    const table = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(','));
    expect(table[0].join(',')).toBe(
      'alpha,eg,R_1_1,R_1_2,R_2_1,R_2_2,Q_1_1,Q_1_2,Q_2_2,v_1,v_2,F_1,F_2,weight_alignment,update_alignment',
    );
    expect(table.slice(1).map((row) => Number(row[0]))).toEqual([0, 1, 10]);
    const curve = integrate(smallProblem());
    expect(table[3].map(Number)).toEqual([
      10,
      curve.eg[2],
      ...curve.R[2].flat(),
      curve.Q[2][0][0],
      curve.Q[2][0][1],
      curve.Q[2][1][1],
      ...curve.v[2],
      0.8,
      -0.5,
      curve.weightAlignment[2],
      curve.updateAlignment[2],
    ]);
  });

  it('heads the CSV with a manifest from which the run can be repeated', async () => {
    const { stdout } = await alignode('integrate', problem, '--rtol', '1e-10');
    const line = (name: string): string =>
      stdout.split('\n').find((l) => l.startsWith(`# ${name} `)) as string;
    const again = integrate(
      JSON.parse(line('problem').slice('# problem '.length)),
      JSON.parse(line('settings').slice(11)),
    );
    expect(again).toEqual(integrate(smallProblem(), { rtol: 1e-10 }));
    expect(line('alignode')).toMatch(/^# alignode \d+\.\d+\.\d+$/);
  });

  it('has the phases in the head of the CSV, or with --header none in the file beside it, as in JSON', async () => {
    for (const [name, ...args] of [['curve.json'], ['curve.csv'], ['plain.csv', '--header', 'none']])
      expect((await alignode('integrate', problem, '--out', at(name), ...args)).code).toBe(0);
    const read = (name: string): string => readFileSync(at(name), 'utf8');
    const { phases } = JSON.parse(read('curve.json'));
    expect(Object.keys(phases)).toEqual(['align', 'memorise', 'plateaus']);
    expect(JSON.parse(/^# phases (.*)$/m.exec(read('curve.csv'))?.[1] ?? 'null')).toEqual(phases);
    expect(JSON.parse(read('plain.csv.json')).phases).toEqual(phases);
  });

  it('says where rounding made a curve symmetric, and nothing of others', async () => {
    const { stderr } = await alignode('integrate', problem);
    expect(stderr).not.toContain('alike');
    writeFileSync(problem, JSON.stringify({ ...waitingProblem(), alpha: [5000] }));
    const lost = await alignode('integrate', problem);
    expect(lost.code).toBe(0);
    expect(lost.stderr).toMatch(
      /^alignode: from alpha = \d+ on two teacher units are alike to this student, .*--rtol and --atol/,
    );
  });

  it('writes JSON with exactly the promised keys, null where there is no number', async () => {
    const start: Problem = {
      ...smallProblem(),
      student: {
        Q: [
          [0, 0],
          [0, 0],
        ],
        R: [
          [0, 0],
          [0, 0],
        ],
        v: [0, 0],
      },
    };
    writeFileSync(problem, JSON.stringify(start));
    expect((await alignode('integrate', problem, '--out', at('curve.json'))).code).toBe(0);
    const curve = JSON.parse(readFileSync(at('curve.json'), 'utf8'));
    expect(curve.version).toBe(version);
    expect(Object.keys(curve)).toEqual([
      'version',
      'problem',
      'alpha',
      'eg',
      'Q',
      'R',
      'v',
      'weightAlignment',
      'updateAlignment',
      'stats',
      'phases',
    ]);
    expect(curve.problem).toEqual(resolveProblem(start));
    expect(curve.Q[2]).toHaveLength(2);
    expect(curve.weightAlignment[0]).toBeNull();
    expect(readdirSync(folder).sort()).toEqual(['curve.json', 'problem.json']);
  });

  it.each(['curve.csv', 'curve.json'])('solves the problem in its own output again: %s', async (name) => {
    await alignode('integrate', problem, '--out', at(name));
    const before = readFileSync(at(name), 'utf8');
    expect((await alignode('integrate', at(name), '--out', at(`again-${name}`))).code).toBe(0);
    expect(readFileSync(at(`again-${name}`), 'utf8')).toBe(before);
  });

  it('takes its start from the files of nn2pp with --prefix', async () => {
    const { teacher, student, feedback, ...rest } = smallProblem();
    writeFileSync(problem, JSON.stringify({ ...rest, alpha: [0] }));
    const prefix = new URL('../fixtures/nn2pp-k2m2-dfa/init', import.meta.url).pathname;
    const { code, stdout } = await alignode('integrate', problem, '--prefix', prefix);
    expect(code).toBe(0);
    expect(stdout).toContain('\n0,1.14068');
  });

  it('names the file and line that is wrong with --prefix', async () => {
    const missing = await alignode('integrate', problem, '--prefix', at('none'));
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('none_T0.dat: there is no such file');
    for (const part of ['Q0', 'R0', 'T0']) writeFileSync(at(`x_${part}.dat`), '1,0\n0,1\n');
    for (const part of ['A0', 'v0']) writeFileSync(at(`x_${part}.dat`), '1\n1\n');
    writeFileSync(at('x_vrand.dat'), '1\ntwo\n');
    const broken = await alignode('integrate', problem, '--prefix', at('x'));
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain('x_vrand.dat, line 2: found "two"');
    expect(broken.stdout).toBe('');
  });

  it('ends with code 1 and says so when the learning rate makes the curve diverge', async () => {
    const { student, ...rest } = smallProblem();
    writeFileSync(
      problem,
      JSON.stringify({
        ...rest,
        student: { ...student, v: [1, 1] },
        activation: 'linear',
        rule: 'bp',
        learningRate: 3,
        trainSecondLayer: false,
        alpha: [1000],
      }),
    );
    const { code, stdout, stderr } = await alignode('integrate', problem, '--out', at('curve.csv'));
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^alignode: the curve diverges: \w+ = \S+ at alpha = \S+; .*lower learningRate \(now 3\)/,
    );
    expect(readdirSync(folder)).toEqual(['problem.json']);
  });

  it('keeps the points that were finished when Ctrl-C comes, and says so', async () => {
    // Many relu units and a far end: work for hours, of which only the point at 0 is finished at once.
    const long = {
      ...smallProblem(),
      activation: 'relu',
      student: { draw: { K: 6, N: 500, sigma: 0.1, seed: 1 } },
      teacher: { draw: { M: 6, N: 500, seed: 2 } },
      feedback: { draw: 'normal', seed: 3 },
      alpha: [0, 1e6],
    };
    writeFileSync(problem, JSON.stringify(long));
    const { code, stdout, stderr } = await interrupted('integrate', problem, '--out', at('curve.csv'));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`alignode: interrupted; 1 of 2 points were finished and are in ${at('curve.csv')}\n`);
    const rows = readFileSync(at('curve.csv'), 'utf8').trimEnd().split('\n');
    expect(rows.filter((row) => !row.startsWith('#'))).toHaveLength(2);
    expect(readdirSync(folder).sort()).toEqual(['curve.csv', 'problem.json']);
  });

  it.each([
    ['an unknown option', ['--rtool', '1'], '--rtool'],
    ['a tolerance that is no number', ['--rtol', 'small'], '--rtol: found "small"; use a number'],
    ['a tolerance of nothing', ['--rtol', ''], '--rtol: found ""'],
    ['a tolerance out of range', ['--rtol', '1'], 'rtol: found 1; use a number from 1e-14 to 1e-4'],
    ['an unknown format', ['--format', 'xml'], '--format: found "xml"; use csv or json'],
    ['a format of nothing', ['--format', ''], '--format: found ""; use csv or json'],
    ['a folder that is not there', ['--out', '/nowhere/curve.csv'], 'there is no folder /nowhere'],
    ['a folder that is a file', ['--out', '/dev/null/curve.csv'], 'there is no folder /dev/null'],
    ['an empty name', ['--out', ''], '--out: found ""'],
    ['steps that are no number', ['--max-steps', 'many'], '--max-steps: found "many"'],
    ['a second problem', ['more.json'], 'one argument too many'],
    ['an option without its value', ['--out'], '--out'],
  ])('refuses %s with code 2', async (_what, args, message) => {
    const { code, stdout, stderr } = await alignode('integrate', problem, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('refuses a folder for --out, and a problem that is not there', async () => {
    mkdirSync(at('folder'));
    expect((await alignode('integrate', problem, '--out', at('folder'))).stderr).toContain(
      'that is a folder',
    );
    const { code, stderr } = await alignode('integrate', at('none.json'));
    expect([code, stderr]).toEqual([2, `alignode: ${at('none.json')}: there is no such file\n`]);
  });
});

describe('alignode', () => {
  it('explains itself', async () => {
    const help = await alignode('--help');
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('integrate');
    for (const command of ['integrate', 'simulate', 'doctor']) {
      const { code, stdout, stderr } = await alignode(command, '--help');
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('Example');
      expect(stdout).toContain('Usage');
    }
  });

  it('refuses no command and an unknown one with code 2', async () => {
    expect((await alignode()).code).toBe(2);
    const { code, stderr } = await alignode('integrat');
    expect(code).toBe(2);
    expect(stderr).toContain('the commands are integrate, simulate, ');
  });

  it('finds a sound installation sound', async () => {
    const { code, stdout } = await alignode('doctor');
    expect(stdout).not.toContain('FAILED');
    expect(code).toBe(0);
  });

  it('prints the version of package.json', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect((await alignode('--version')).stdout).toBe(`${version}\n`);
  });
});
