import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conditioning, type DeepProblem, integrate } from '../../src/index.ts';
import { version } from '../../src/support/version.ts';
import { alignode, interrupted } from '../support/world.ts';

const small = (): DeepProblem => ({
  network: { widths: [4, 5, 6, 2], activation: 'linear', init: 'zero' },
  rule: 'dfa',
  feedback: { draw: 'normal', seed: 3 },
  loss: 'squared',
  data: {
    set: 'linear-teacher',
    T: [
      [1, 0, 0, 0.5],
      [0, 0.7, -0.2, 0],
    ],
    covariance: [1, 2, 0.5, 1],
    noise: 0.1,
  },
  time: [0, 0.5, 5],
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (problem: unknown): string => {
  const path = join(folder, 'problem.json');
  writeFileSync(path, JSON.stringify(problem));
  return path;
};

describe('alignode integrate, a deep problem', () => {
  it('prints CSV with the promised columns', async () => {
    const { code, stdout, stderr } = await alignode('integrate', written(small()));
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    expect(lines[0]).toBe(
      'time,train_loss,test_loss,weight_alignment_2,weight_alignment_3,weight_alignment,' +
        'gradient_alignment_1,gradient_alignment_2,gradient_alignment,condition_2,condition_3',
    );
    const curve = integrate(small());
    const { layers, total } = curve.weightAlignment;
    const gradient = curve.gradientAlignment;
    expect(lines[3].split(',').map(Number)).toEqual([
      5,
      curve.trainLoss[2],
      curve.testLoss[2],
      ...layers[2].slice(1),
      total[2],
      ...gradient.layers[2].slice(0, 2),
      gradient.total[2],
      ...(conditioning(curve)?.condition[2] ?? []),
    ]);
    // At time 0 there are no weights yet, so no alignments.
    expect(lines[1].split(',').slice(3)).toEqual(new Array(8).fill('NaN'));
  });

  it('has no condition numbers without alignment matrices', async () => {
    const full = { ...small(), rule: 'bp', network: { ...small().network, init: { normal: 0.3 } } };
    const { stdout } = await alignode('integrate', written(full));
    expect(stdout).not.toContain('condition_');
    // With feedback, BP's weights are measured against it.
    expect(stdout.trimEnd().split('\n').at(-1)).not.toContain('NaN');
  });

  it('writes JSON that is the curve, with conditioning; every NaN is null', async () => {
    const out = join(folder, 'curve.json');
    await alignode('integrate', written(small()), '--out', out);
    const curve = integrate(small());
    const text = readFileSync(out, 'utf8');
    expect(JSON.parse(text)).toEqual(
      JSON.parse(JSON.stringify({ version, ...curve, conditioning: conditioning(curve) })),
    );
    expect(Object.keys(JSON.parse(text))).toEqual([
      'version',
      'problem',
      'time',
      'trainLoss',
      'testLoss',
      'weightAlignment',
      'gradientAlignment',
      'alignmentMatrices',
      'stats',
      'conditioning',
    ]);
    expect(text).not.toContain('NaN');
  });

  it('solves its own output again, CSV or JSON', async () => {
    for (const name of ['curve.csv', 'curve.json']) {
      const out = join(folder, name);
      await alignode('integrate', written(small()), '--out', out);
      const again = await alignode('integrate', out, '--format', name.slice(6));
      expect(again.stdout).toBe(readFileSync(out, 'utf8'));
    }
  });

  it.each([
    [{ network: { widths: [4, 5, 6, 3], activation: 'linear', init: 'zero' } }, 'network.widths[3]', 2],
    [{ feedback: undefined }, 'feedback', 2],
    [{ rule: 'dfaa' }, 'did you mean "dfa"', 2],
    [{ network: { widths: [4, 5, 6, 2], activation: 'relu' } }, 'use "linear"', 1],
    [{ time: undefined, epochs: [1], learningRate: 0.1 }, 'theory needs it', 1],
    [{ data: { file: 'no.npz' } }, 'no.npz: found no such file', 2],
  ])('refuses %j', async (change, words, code) => {
    const { code: found, stdout, stderr } = await alignode('integrate', written({ ...small(), ...change }));
    expect(stderr).toContain(words);
    expect(found).toBe(code);
    expect(stdout).toBe('');
  });

  it('says of a rule whose weights grow without end what to do', async () => {
    const { code, stderr } = await alignode(
      'integrate',
      written({ ...small(), rule: 'drtp', time: [1, 1e4] }),
    );
    expect(code).toBe(1);
    expect(stderr).toContain('ask for earlier times');
  });

  it('keeps what was finished when it is interrupted', async () => {
    const points = 2000;
    const problem = {
      ...small(),
      network: { widths: [64, 40, 40, 10], activation: 'linear', init: 'zero' },
      data: { set: 'digits' },
      time: { from: 1e-3, to: 1e5, points },
    };
    const { code, stdout, stderr } = await interrupted('integrate', written(problem));
    expect(code).toBe(1);
    expect(stderr).toMatch(/interrupted; \d+ of 2000 points were finished/);
    expect(stdout.trimEnd().split('\n').length).toBeLessThan(points);
  });

  it('says what is meant where the key network was forgotten', async () => {
    const { network, ...rest } = small();
    const { code, stderr } = await alignode('integrate', written({ ...network, ...rest }));
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('network: found nothing; a problem with "data"'),
    ]);
  });

  it('says so where nothing is learned', async () => {
    const still = { ...small(), rule: 'bp', feedback: undefined };
    const { code, stderr } = await alignode('integrate', written(still));
    expect([code, stderr]).toEqual([0, expect.stringContaining('from zero weights nothing moves by "bp"')]);
  });

  it('refuses files of two layers', async () => {
    const path = written(small());
    const prefix = await alignode('integrate', path, '--prefix', 'runs/init');
    expect([prefix.code, prefix.stderr]).toEqual([2, expect.stringContaining('--prefix')]);
  });
});
