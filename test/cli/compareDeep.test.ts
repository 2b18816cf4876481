import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compare } from '../../src/index.ts';
import { comparedProblem } from '../support/deepComparisons.ts';
import { smallProblem } from '../support/problems.ts';
import { alignode, interruptedOnceItsBarSays } from '../support/world.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const written = (problem: unknown): string => {
  const path = at('problem.json');
  writeFileSync(path, JSON.stringify(problem));
  return path;
};
const FLAGS = '--runs 10 --seed 5 --threads 1'.split(' ');

describe('alignode compare of a deep linear network', () => {
  it('writes theory, the networks of each rate and what is left for η → 0, and the verdict beside it', async () => {
    const path = written(comparedProblem());
    const { code, stdout, stderr } = await alignode('compare', path, ...FLAGS);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(
        /^alignode: theory and networks agree; .*\nalignode: the means are over 10 networks at the learning rate 0.02, 10 networks at the learning rate 0.01, 10 networks at the learning rate 0.005\n$/,
      ),
    ]);
    const rows = stdout.split('\n').filter((line) => !line.startsWith('#'));
    const [head, , second] = rows.map((line) => line.split(','));
    const value = (name: string): number => Number(second[head.indexOf(name)]);
    const { theory, simulations, extrapolated, tests } = await compare(comparedProblem(), {
      runs: 10,
      seed: 5,
      threads: 1,
    });
    expect(head.length).toBe(1 + 8 * (1 + 6 + 3 + 2));
    expect(head).not.toContain('undefined');
    expect(value('time')).toBe(1.04);
    expect(value('train_loss_theory')).toBe(theory.trainLoss[1]);
    expect(value('weight_alignment_3_mean_eta_4')).toBe(simulations[2].mean.weightAlignment.layers[1][2]);
    expect(value('gradient_alignment_stderr_eta')).toBe(simulations[0].stderr.gradientAlignment.total[1]);
    expect(value('gradient_alignment_1_limit')).toBe(extrapolated?.limit.gradientAlignment.layers[1][0]);
    const test = tests.find(({ observable, time }) => observable === 'trainLoss' && time === 1.04);
    expect(value('train_loss_p')).toBe(test === undefined ? Number.NaN : test.p);
  });

  it('writes JSON, which compared again gives the same', async () => {
    const path = written(comparedProblem({ batch: 'all', time: [1, 2] }));
    const first = await alignode('compare', path, '--threads', '1', '--out', at('one.json'));
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('nothing left to chance')]);
    const one = JSON.parse(readFileSync(at('one.json'), 'utf8'));
    expect(one.verdict).toMatchObject({ agrees: true, by: 'bounds', p: null, untested: [] });
    expect(one.simulations.map(({ perRun }: { perRun: unknown[] }) => perRun.length)).toEqual([1, 1, 1]);
    await alignode('compare', at('one.json'), '--threads', '1', '--out', at('two.json'));
    expect(readFileSync(at('two.json'), 'utf8')).toBe(readFileSync(at('one.json'), 'utf8'));
  });

  it('exits with 1 where that is undecided', async () => {
    const path = written(comparedProblem({ time: [0] }));
    const { code, stderr } = await alignode('compare', path, ...FLAGS);
    expect([code, stderr]).toEqual([1, expect.stringContaining('undecided: at time 0')]);
  });

  it('keeps what was finished at Ctrl-C, and says so', async () => {
    const long = comparedProblem({ time: [1, 150] });
    const { code, stdout, stderr } = await interruptedOnceItsBarSays(
      /2 of 3/,
      'compare',
      written(long),
      ...FLAGS,
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /undecided: interrupted; of 10 runs at each learning rate these were finished: 10 at 0.02/,
    );
    expect(stdout.split('\n').find((line) => line.startsWith('# rates'))).toBe('# rates [0.02,0.01]');
  });

  it.each([
    ['--N', '100', 'its widths are in the problem'],
    ['--student', 'projected', 'its networks are always trained'],
    ['--scaling-runs', '0', 'three learning rates'],
    ['--match', 'none', 'no units are exchanged'],
    ['--redraw', 'data', 'theory is one curve'],
    ['--test-set', '10', 'its test examples are in its data'],
    ['--html', 'report.html', 'reports are of two layers so far'],
  ])('refuses %s, which is of two layers', async (flag, value, why) => {
    const { code, stdout, stderr } = await alignode('compare', written(comparedProblem()), flag, value);
    expect([code, stdout, stderr]).toEqual([
      2,
      '',
      expect.stringContaining(`${flag}: found a deep problem; `),
    ]);
    expect(stderr).toContain(why);
  });

  it('refuses --data of two layers, and names its own flags where they are at fault', async () => {
    const shallow = await alignode('compare', written(smallProblem()), '--N', '100', '--data', folder);
    expect([shallow.code, shallow.stderr]).toEqual([
      2,
      expect.stringContaining('--data: found a problem of two layers'),
    ]);
    const few = await alignode('compare', written(comparedProblem()), '--runs', '3');
    expect([few.code, few.stderr]).toEqual([2, expect.stringContaining('--runs: found 3; use 10 or more')]);
  });
});
