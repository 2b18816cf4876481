import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalFor } from '../../src/cli/journal.ts';
import { recordFromNpz } from '../../src/deep/networks/index.ts';
import { type DeepMeasured, type DeepProblem, networkFromNpz, simulate } from '../../src/index.ts';
import { smallProblem } from '../support/problems.ts';
import { sharedData } from '../support/sharedData.ts';
import { tinyNetwork } from '../support/tinyNetworks.ts';
import { alignode, interrupted } from '../support/world.ts';

/* Worker threads run from dist/, which `npm test` builds first: here all is done in one thread, but by processes of dist/. */
const MAIN = new URL('../../dist/main.js', import.meta.url).pathname;
const ONE = ['--threads', '1'];

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stored = (problem: unknown, name = 'problem.json'): string => {
  writeFileSync(at(name), JSON.stringify(problem));
  return at(name);
};
const json = (name: string) => JSON.parse(readFileSync(at(name), 'utf8'));
const rowsOf = (csv: string): string[] =>
  csv
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'));

describe('alignode simulate, networks', () => {
  it('prints CSV: a head, the promised columns, a row for each time', async () => {
    const { code, stdout, stderr } = await alignode('simulate', stored(tinyNetwork()), '--runs', '3', ...ONE);
    expect([code, stderr]).toEqual([0, '']);
    const measured =
      'train_loss,test_loss,weight_alignment_2,weight_alignment_3,weight_alignment,gradient_alignment_1,' +
      'gradient_alignment_2,gradient_alignment,train_accuracy,test_accuracy,example_alignment_1,example_alignment_2,' +
      'example_deviation_1,example_deviation_2,update_norm_1,update_norm_2,update_norm_3';
    const rows = rowsOf(stdout);
    expect(rows[0]).toBe(
      `epoch,step,${measured},${measured.replaceAll(/\b(?=[a-z])/g, 'stderr_')},weight_cosine,stderr_weight_cosine`,
    );
    const {
      mean,
      stderr: errors,
      weightCosine,
      epoch,
      step,
    } = await simulate(tinyNetwork(), { runs: 3, threads: 1 });
    const column = (name: string): number[] => {
      const place = rows[0].split(',').indexOf(name);
      return rows.slice(1).map((row) => Number(row.split(',')[place]));
    };
    expect(column('epoch')).toEqual(epoch);
    expect(column('step')).toEqual(step);
    expect(column('test_accuracy')).toEqual(mean.testAccuracy);
    expect(column('weight_alignment_3')).toEqual(mean.weightAlignment.layers.map((layers) => layers[2]));
    expect(column('gradient_alignment_1')).toEqual(mean.gradientAlignment.layers.map((layers) => layers[0]));
    expect(column('stderr_gradient_alignment')).toEqual(errors.gradientAlignment.total);
    expect(column('example_deviation_2')).toEqual(mean.exampleAlignment.deviation.map((layers) => layers[1]));
    expect(column('update_norm_3')).toEqual(mean.updateNorm.map((layers) => layers[2]));
    expect(column('weight_cosine')).toEqual([Number.NaN, Number.NaN, Number.NaN, weightCosine?.total[0]]);
    expect(stdout).toMatch(
      /^# alignode .*\n# problem \{.*\n# settings \{"runs":3,.*\n# runs 3\n# seeds \[1,/,
    );
  });

  it('writes JSON that is what simulate() returns, NaN as null; each output is a problem again', async () => {
    const problem = stored(tinyNetwork());
    await alignode('simulate', problem, '--runs', '2', ...ONE, '--cosine', 'all', '--out', at('runs.json'));
    const { version, ...written } = json('runs.json');
    const simulation = await simulate(tinyNetwork(), { runs: 2, threads: 1, cosine: 'all' });
    expect(written).toEqual(JSON.parse(JSON.stringify(simulation)));
    expect(version).toMatch(/^\d/);
    expect(written.mean.weightAlignment.layers[0][0]).toBeNull();
    await alignode('simulate', problem, ...ONE, '--out', at('one.csv'));
    for (const output of ['runs.json', 'one.csv']) {
      const again = await alignode('simulate', at(output), ...ONE);
      expect(rowsOf(again.stdout)).toEqual(rowsOf(readFileSync(at('one.csv'), 'utf8')));
    }
    expect(readdirSync(folder).sort()).toEqual(['one.csv', 'problem.json', 'runs.json']);
  });

  it('passes its options on', async () => {
    const problem = tinyNetwork({
      data: { set: 'digits', pixels: 4, train: { draw: 200 }, test: 100, seed: 1 },
    });
    const args = [
      '--runs',
      '2',
      '--seed',
      '7',
      '--backend',
      'cpu',
      '--redraw',
      'feedback,data',
      '--examples',
      '50',
    ];
    await alignode('simulate', stored(problem), ...ONE, ...args, '--cosine', 'none', '--out', at('a.json'));
    const { settings, weightCosine } = json('a.json');
    expect(settings).toEqual({
      runs: 2,
      seed: 7,
      backend: 'cpu',
      threads: 1,
      redraw: ['feedback', 'data'],
      examples: 50,
      cosine: 'none',
    });
    expect(weightCosine).toBeNull();
  });

  it('says which runs diverged, and ends with 1', async () => {
    const violent = tinyNetwork({
      network: { widths: [16, 9, 10], activation: 'linear' },
      loss: 'squared',
      learningRate: 1e3,
    });
    const { code, stderr } = await alignode('simulate', stored(violent), ...ONE, '--out', at('a.csv'));
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^alignode: 1 run of 1 diverged and is in no mean: run 1 at step \d+ .* learning rate is 1000;/,
    );
    expect(readFileSync(at('a.csv'), 'utf8')).toContain('"learningRate":1000}]');
    expect(readdirSync(folder).sort()).toEqual(['a.csv', 'problem.json']);
  });

  it('saves networks, from which others start', async () => {
    const problem = tinyNetwork({ epochs: [0, 3] });
    const { code } = await alignode(
      ...[
        'simulate',
        stored(problem),
        '--runs',
        '2',
        ...ONE,
        '--out',
        at('a.json'),
        '--save',
        at('deep/nets'),
      ],
    );
    expect(code).toBe(0);
    expect(readdirSync(at('deep/nets')).sort()).toEqual(['run-001.npz', 'run-002.npz']);
    const file = at('deep/nets/run-002.npz');
    expect(networkFromNpz(problem, readFileSync(file)).W_1).toHaveLength(9 * 16);
    const next = { ...problem, network: { ...problem.network, init: { file } } };
    await alignode('simulate', stored(next), ...ONE, '--out', at('b.json'));
    expect(json('b.json').mean.testLoss[0]).toBe(json('a.json').perRun[1].testLoss[1]);
  });

  it.each([
    [
      '--N',
      '10',
      'deep',
      '--N: found a deep problem; this option is for students of two layers: leave it out',
    ],
    ['--match', 'none', 'deep', '--match: found a deep problem'],
    [
      '--cosine',
      'end',
      'shallow',
      '--cosine: found a problem of two layers; this option is for networks on data: leave it out',
    ],
    ['--save', 'x', 'shallow', '--save: found a problem of two layers'],
    ['--data', 'x', 'shallow', '--data: found a problem of two layers'],
    ['--runs', '0', 'deep', '--runs: found 0; use a whole number from 1'],
    ['--cosine', 'ever', 'deep', '--cosine: found "ever"; use one of'],
    ['--redraw', 'student', 'deep', '--redraw'],
    ['--redraw', 'data', 'deep', '--redraw: the problem does not draw its data'],
    ['--backend', 'gpux', 'deep', '--backend: found "gpux"'],
  ])('refuses %s %s of a %s problem', async (flag, value, kind, message) => {
    const problem = stored(kind === 'deep' ? tinyNetwork() : smallProblem());
    const out = ['--out', at('a.csv')];
    const { code, stdout, stderr } = await alignode('simulate', problem, flag, value, ...out);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`alignode: ${message}`);
    expect(readdirSync(folder)).toEqual(['problem.json']);
  });

  it('refuses a folder for networks that cannot be, and --resume without a file', async () => {
    const problem = stored(tinyNetwork());
    const { code, stderr } = await alignode('simulate', problem, '--save', problem);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('problem.json: there is something of that name'),
    ]);
    const resumed = await alignode('simulate', problem, '--resume');
    expect([resumed.code, resumed.stderr]).toEqual([
      2,
      'alignode: --resume: found no --out FILE; unfinished work is kept beside the file that it is for\n',
    ]);
  });

  // Root may write everywhere.
  it.skipIf(process.getuid?.() === 0)('refuses a folder that may not be written', async () => {
    mkdirSync(at('nets'));
    chmodSync(at('nets'), 0o500);
    const { code, stderr } = await alignode('simulate', stored(tinyNetwork()), '--save', at('nets'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('it may not be written')]);
  });

  it('keeps a checkpoint when it is stopped before anything was finished, where there is a file for it', async () => {
    const endless = stored({ ...tinyNetwork(), steps: [0, 1e9], epochs: undefined });
    const nothing = 'alignode: interrupted; 0 of 2 runs were finished; nothing was written\n';
    const { code, stderr } = await interrupted('simulate', endless, '--runs', '2', ...ONE);
    expect([code, stderr]).toEqual([1, nothing]);
    const kept = await interrupted('simulate', endless, '--runs', '2', ...ONE, '--out', at('a.json'));
    expect([kept.code, kept.stderr]).toEqual([
      1,
      `${nothing}alignode: ${at('a.json.parts')} holds 0 finished runs and 1 checkpoint: the same command with --resume goes on\n`,
    ]);
    expect(readdirSync(at('a.json.parts')).sort()).toEqual(['about.json', 'checkpoint-001.npz']);
    const again = await interrupted(
      'simulate',
      endless,
      '--runs',
      '2',
      ...ONE,
      '--resume',
      '--out',
      at('a.json'),
    );
    expect(again.stderr).toContain('alignode: goes on with 0 finished runs and 1 checkpoint in ');
    expect(readdirSync(folder).sort()).toEqual(['a.json.parts', 'problem.json']);
  });
});

/** More runs than are finished while a test looks on. */
const RUNS = ['--runs', '100000', '--threads', '2'];

/** Starts a process, does something when its journal holds finished runs, and waits for its end. */
async function disturbed(args: string[], disturb: (child: ReturnType<typeof spawn>) => void) {
  const child = spawn(process.execPath, [MAIN, 'simulate', ...args, '--out', at('a.json')]);
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.on('close', (code, signal) => resolve([code, signal])),
  );
  const over = ended.then(() => true);
  while (finishedIn('a.json.parts').length < 3)
    if (await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 5, false))]))
      throw new Error(`it ended: ${stderr}`);
  disturb(child);
  return { ended: await ended, stderr };
}

const finishedIn = (name: string): string[] =>
  existsSync(at(name)) ? readdirSync(at(name)).filter((one) => /^run-\d+\.npz$/.test(one)) : [];

describe('work that was broken off', () => {
  it('by kill -9: no finished run is lost, nothing is overwritten, and --resume takes them up', async () => {
    const problem = stored(tinyNetwork());
    const { ended } = await disturbed([problem, ...RUNS], (child) => child.kill('SIGKILL'));
    expect(ended).toEqual([null, 'SIGKILL']);
    expect(existsSync(at('a.json'))).toBe(false);
    const finished = finishedIn('a.json.parts');
    expect(finished.length).toBeGreaterThanOrEqual(3);

    const refused = await alignode('simulate', problem, ...RUNS, '--out', at('a.json'));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      `a.json.parts: found ${finished.length} finished runs and 0 checkpoints of 100000 runs of an interrupted simulation (rule "dfa", data "digits", network [16,9,7,10]); go on with it by --resume, or remove this folder to begin anew`,
    );
    expect(finishedIn('a.json.parts')).toEqual(finished);

    const args = ['simulate', problem, '--runs', '100000', ...ONE, '--resume', '--out', at('a.json')];
    const resumed = await interrupted(...args, '--save', at('nets'));
    expect(resumed.code).toBe(1);
    expect(resumed.stderr).toContain(
      `alignode: goes on with ${finished.length} finished runs and 0 checkpoints in ${at('a.json.parts')}\n`,
    );
    const { perRun } = json('a.json');
    expect(perRun.length).toBeGreaterThanOrEqual(finished.length);
    expect(readdirSync(at('nets'))).toHaveLength(perRun.length);
    for (const name of finished) {
      const { run, rows } = recordFromNpz(readFileSync(at(`a.json.parts/${name}`)), name);
      const { trainLoss, seed } = perRun.find((one: { run: number }) => one.run === run + 1);
      expect(trainLoss).toEqual(rows.map((row) => row[0]));
      if (name !== finished[0]) continue;
      const alone = await simulate(tinyNetwork(), { seed, threads: 1 });
      expect(trainLoss).toEqual(alone.perRun[0].trainLoss);
    }
  });

  it('by Ctrl-C: what was finished is written, and the folder stays with all that is needed to go on', async () => {
    const problem = stored(tinyNetwork());
    const { ended, stderr } = await disturbed([problem, ...RUNS], (child) => child.kill('SIGINT'));
    expect(ended).toEqual([1, null]);
    const { perRun, complete } = json('a.json');
    expect(complete).toBe(false);
    expect(finishedIn('a.json.parts')).toHaveLength(perRun.length);
    expect(stderr).toContain(
      `alignode: interrupted; ${perRun.length} of 100000 runs were finished; they are in `,
    );
    expect(stderr).toMatch(
      /a\.json\.parts holds \d+ finished runs and \d+ checkpoints?: the same command with --resume goes on\n$/,
    );
  });

  describe('in mid-run', () => {
    /** Two runs finished, and the third at its second look. */
    const begun = async (problem: DeepProblem): Promise<void> => {
      const { journal } = journalFor(
        at('a.json'),
        false,
        () => {},
        () => {},
      );
      const controller = new AbortController();
      const onMeasured = ({ run, index }: DeepMeasured) => {
        if (run === 3 && index === 1) controller.abort();
      };
      const { signal } = controller;
      await simulate(problem, { runs: 5, threads: 1, cosine: 'all', journal, onMeasured, signal });
      expect(readdirSync(at('a.json.parts')).sort()).toEqual([
        'about.json',
        'checkpoint-003.npz',
        'run-001.npz',
        'run-002.npz',
      ]);
    };
    const problem = tinyNetwork({ optimizer: { momentum: 0.9 } });
    const goOn = (of: DeepProblem, ...args: string[]) =>
      alignode(
        ...['simulate', stored(of), '--runs', '5', '--cosine', 'all', ...ONE],
        ...['--resume', '--out', at('a.json'), ...args],
      );

    it('goes on to the same bits, and removes the folder when all is written', async () => {
      await begun(problem);
      const { code, stderr } = await goOn(problem, '--save', at('nets'));
      expect([code, stderr]).toEqual([
        0,
        `alignode: goes on with 2 finished runs and 1 checkpoint in ${at('a.json.parts')}\n`,
      ]);
      const { version: _, ...written } = json('a.json');
      const whole = await simulate(problem, { runs: 5, threads: 1, cosine: 'all' });
      expect(written).toEqual(JSON.parse(JSON.stringify(whole)));
      expect(readdirSync(folder).sort()).toEqual(['a.json', 'nets', 'problem.json']);
      expect(readdirSync(at('nets'))).toHaveLength(5);
    });

    it('refuses other settings and other problems, but for threads, and names the difference', async () => {
      await begun(problem);
      const seed = await goOn(problem, '--seed', '2');
      expect([seed.code, seed.stderr]).toEqual([
        2,
        'alignode: --resume: found 2 for settings.seed, and 1 in a.json.parts; use the same problem and options, or remove that folder to begin anew\n',
      ]);
      const rate = await goOn({ ...problem, learningRate: 0.3 });
      expect(rate.stderr).toContain('found 0.3 for problem.learningRate, and 0.2 in a.json.parts');
      const plain = await goOn(tinyNetwork());
      expect(plain.stderr).toContain(
        'found nothing for problem.optimizer, and {"momentum":0.9} in a.json.parts',
      );
      expect(finishedIn('a.json.parts')).toHaveLength(2);
    });

    it('refuses data that is no longer the same', async () => {
      const saved = tinyNetwork({ network: { ...problem.network, init: { file: at('start.npz') } } });
      const network = { ...problem, epochs: [0, 1] };
      await alignode('simulate', stored(network), ...ONE, '--out', at('b.json'), '--save', at('nets'));
      copyFileSync(at('nets/run-001.npz'), at('start.npz'));
      await begun(saved);
      await alignode(
        'simulate',
        stored(network),
        '--seed',
        '2',
        ...ONE,
        '--out',
        at('c.json'),
        '--save',
        at('others'),
      );
      copyFileSync(at('others/run-001.npz'), at('start.npz'));
      const { code, stderr } = await goOn(saved);
      expect([code, stderr]).toEqual([
        2,
        'alignode: --resume: the data, or the network from which runs start, are not what they were when a.json.parts was made; bring back the files as they were, or remove that folder to begin anew\n',
      ]);
      copyFileSync(at('nets/run-001.npz'), at('start.npz'));
      expect((await goOn(saved)).code).toBe(0);
    });

    it('says which file is damaged', async () => {
      await begun(problem);
      writeFileSync(at('a.json.parts/run-002.npz'), 'PK');
      const { code, stderr } = await goOn(problem);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/a\.json\.parts\/run-002\.npz: found 2 bytes/),
      ]);
      rmSync(at('a.json.parts/run-002.npz'));
      writeFileSync(at('a.json.parts/checkpoint-003.npz'), 'PK');
      expect((await goOn(problem)).stderr).toContain(
        'checkpoint-003.npz: this checkpoint is damaged; remove it, and its run begins anew',
      );
      writeFileSync(at('a.json.parts/about.json'), '{');
      expect((await goOn(problem)).stderr).toContain(
        'about.json: found something else than problem and settings',
      );
    });
  });

  it('because its folder was removed: it says so, and writes what was finished', async () => {
    const problem = stored(tinyNetwork());
    const { ended, stderr } = await disturbed([problem, ...RUNS], () =>
      rmSync(at('a.json.parts'), { recursive: true, force: true, maxRetries: 100 }),
    );
    expect(ended).toEqual([1, null]);
    expect(stderr).toMatch(/alignode: .*a\.json\.parts\/.*\.npz: it could not be written \(ENOENT\)/);
    expect(json('a.json').perRun.length).toBeGreaterThanOrEqual(3);
  });

  it('--resume where there is nothing begins, and says so', async () => {
    const { code, stderr } = await alignode(
      ...['simulate', stored(tinyNetwork()), ...ONE, '--resume', '--out', at('a.json')],
    );
    expect([code, stderr]).toEqual([
      0,
      `alignode: there is no unfinished work in ${at('a.json.parts')}; all runs are trained from their start\n`,
    ]);
    expect(existsSync(at('a.json.parts'))).toBe(false);
  });

  it('refuses a folder of that name with other things in it', async () => {
    mkdirSync(at('a.json.parts'));
    writeFileSync(at('a.json.parts/thesis.tex'), '');
    for (const resume of [[], ['--resume']]) {
      const { code, stderr } = await alignode(
        'simulate',
        stored(tinyNetwork()),
        ...resume,
        '--out',
        at('a.json'),
      );
      expect([code, stderr]).toEqual([2, expect.stringContaining('found files that are no simulation')]);
    }
    expect(readdirSync(at('a.json.parts'))).toEqual(['thesis.tex']);
  });
});

describe('the examples', () => {
  const cut = (name: string, epochs: number[], data: object = {}): string => {
    const problem = JSON.parse(readFileSync(join(import.meta.dirname, '../../examples', name), 'utf8'));
    return stored({ ...problem, epochs, data: { ...problem.data, ...data } });
  };

  it('digits-dfa.json learns', async () => {
    const { code } = await alignode(
      'simulate',
      cut('digits-dfa.json', [0, 3]),
      ...ONE,
      '--out',
      at('a.json'),
    );
    const { mean } = json('a.json');
    expect(code).toBe(0);
    expect(mean.testAccuracy[1]).toBeGreaterThan(0.8);
    expect(mean.gradientAlignment.total[1]).toBeGreaterThan(0.2);
  });

  const { folder: data, missing } = sharedData('mnist/train-images-idx3-ubyte.gz');
  it.skipIf(missing)(`mnist-dfa.json learns${missing ? `: ${missing}` : ''}`, async () => {
    const problem = cut('mnist-dfa.json', [0, 1], { train: 5000, test: 1000 });
    const { code } = await alignode('simulate', problem, ...ONE, '--data', data, '--out', at('a.json'));
    expect(code).toBe(0);
    expect(json('a.json').mean.testAccuracy[1]).toBeGreaterThan(0.6);
  });
});
