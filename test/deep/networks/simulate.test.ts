import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as library from '../../../src/index.ts';
import {
  type DeepProblem,
  type DeepSimulateOptions,
  type DeepSimulation,
  type NetworkState,
  networkFromNpz,
  networkToNpz,
} from '../../../src/index.ts';
import { journalOf, numbersOf, tinyNetwork } from '../../support/tinyNetworks.ts';

/* Worker threads run from dist/, which `npm test` builds first. */
const published: typeof library = await import(new URL('../../../dist/index.js', import.meta.url).href);

/** Work on several threads is done by what is published, all else by the sources. */
const simulate = ((problem: DeepProblem, options: DeepSimulateOptions = {}) =>
  ((options.threads ?? 1) > 1 ? published : library).simulate(problem, {
    threads: 1,
    ...options,
  })) as (problem: DeepProblem, options?: DeepSimulateOptions) => Promise<DeepSimulation>;

describe('simulate, networks on data', () => {
  it('gives the same bits on 1, 2 and 3 threads, and learns', async () => {
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map((threads) => simulate(tinyNetwork(), { runs: 4, threads })),
    );
    expect(numbersOf(two)).toBe(numbersOf(one));
    expect(numbersOf(three)).toBe(numbersOf(one));
    expect(one.settings.threads).toBe(1);
    expect(three.settings.threads).toBe(3);
    expect(one.mean.trainLoss[3]).toBeLessThan(one.mean.trainLoss[0]);
    expect([one.runs, one.complete, one.failed, one.notes]).toEqual([4, true, [], []]);
    expect(one.step).toEqual([0, 5, 10, 30]);
    expect(one.epoch).toEqual([0, 0.5, 1, 3]);
  });

  it('has the mean and standard errors of its runs, which all differ', async () => {
    const { mean, stderr, perRun } = await simulate(tinyNetwork(), { runs: 3, threads: 1 });
    const losses = perRun.map(({ trainLoss }) => trainLoss[3]);
    const mid = losses.reduce((a, b) => a + b) / 3;
    const squares = losses.reduce((sum, loss) => sum + (loss - mid) ** 2, 0);
    expect(new Set(losses).size).toBe(3);
    expect(mean.trainLoss[3]).toBeCloseTo(mid, 14);
    expect(stderr.trainLoss[3]).toBeCloseTo(Math.sqrt(squares / 2 / 3), 14);
  });

  it('repeats one run alone by its seed, with feedback and data of its own too', async () => {
    const problem = tinyNetwork({
      data: { set: 'digits', pixels: 4, train: { draw: 200 }, test: { draw: 100 }, corruption: 0.2, seed: 4 },
    });
    for (const redraw of [[], ['feedback'], ['feedback', 'data']] as const) {
      const all = await simulate(problem, { runs: 3, redraw, threads: 2 });
      const { run, ...third } = all.perRun[2];
      const again = await simulate(problem, { seed: third.seed, redraw });
      expect(again.perRun[0]).toEqual({ run: 1, ...third });
      expect(run).toBe(3);
    }
  });

  it('draws anew what redraw names, and nothing else', async () => {
    const problem = tinyNetwork({
      data: { set: 'digits', pixels: 4, train: { draw: 200 }, test: { draw: 100 }, seed: 4 },
      network: { ...tinyNetwork().network, init: 'zero' },
      batch: 'all',
      epochs: [0, 4],
    });
    // From zero weights, with all examples in a step, runs differ by what is redrawn alone.
    const lossesWith = async (...redraw: ('feedback' | 'data')[]) => {
      const { perRun } = await simulate(problem, { runs: 2, redraw, threads: 1 });
      return perRun.map(({ trainLoss }) => trainLoss[1]);
    };
    const [one, same] = await lossesWith();
    expect(same).toBe(one);
    for (const part of ['feedback', 'data'] as const) {
      const [first, second] = await lossesWith(part);
      expect(second).not.toBe(first);
    }
  });

  it('refuses to redraw what is not drawn', async () => {
    const given = tinyNetwork({ data: { set: 'digits', pixels: 4, train: 300 } });
    await expect(simulate(given, { redraw: ['data'] })).rejects.toMatchObject({
      code: 'invalid-option',
      path: 'redraw',
    });
  });

  it('compares weights at the end or at all times as a direct computation does', async () => {
    const problem = tinyNetwork();
    const networks: NetworkState[] = [];
    const options = {
      runs: 3,
      threads: 1,
      onNetwork: (_run: number, network: NetworkState) => {
        networks.push(network);
      },
    };
    const { weightCosine } = await simulate(problem, options);
    const cosine = (a: number[], b: number[]): number => {
      const dot = (x: number[], y: number[]) => x.reduce((sum, one, i) => sum + one * y[i], 0);
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    const flat = networks.map((of) => ['W_1', 'W_2', 'W_3'].flatMap((name) => Array.from(of[name])));
    const pairs = [cosine(flat[0], flat[1]), cosine(flat[0], flat[2]), cosine(flat[1], flat[2])];
    expect(weightCosine?.index).toEqual([3]);
    expect(weightCosine?.pairs).toBe(3);
    expect(weightCosine?.total[0]).toBeCloseTo(pairs.reduce((a, b) => a + b) / 3, 12);
    const second = networks.map((of) => Array.from(of.W_2));
    expect(weightCosine?.layers[0][1]).toBeCloseTo(
      (cosine(second[0], second[1]) + cosine(second[0], second[2]) + cosine(second[1], second[2])) / 3,
      12,
    );
    // Leaving one run out leaves one pair.
    const mid = pairs.reduce((a, b) => a + b) / 3;
    const squares = pairs.reduce((sum, one) => sum + (one - mid) ** 2, 0);
    expect(weightCosine?.stderr[0]).toBeCloseTo(Math.sqrt((2 / 3) * squares), 12);

    const all = await simulate(problem, { runs: 3, threads: 2, cosine: 'all' });
    expect(all.weightCosine?.index).toEqual([0, 1, 2, 3]);
    expect(all.weightCosine?.total[3]).toBe(weightCosine?.total[0]);
    const early = await simulate({ ...problem, epochs: [0.5] }, { runs: 3, threads: 2 });
    expect(all.weightCosine?.total[1]).toBe(early.weightCosine?.total[0]);
    expect((await simulate(problem, { runs: 2, cosine: 'none' })).weightCosine).toBeNull();
    expect((await simulate(problem)).weightCosine).toBeNull();
  });

  it.each([1, 2])('reports each measurement once, on %i threads', async (threads) => {
    const seen: string[] = [];
    const losses: Record<string, number> = {};
    const { perRun } = await simulate(tinyNetwork(), {
      runs: 3,
      threads,
      onMeasured: ({ run, index, step, trainLoss, seed }) => {
        seen.push(`${run} ${index} ${step}`);
        losses[`${seed} ${index}`] = trainLoss;
      },
    });
    const expected = [1, 2, 3].flatMap((run) => [0, 5, 10, 30].map((step, i) => `${run} ${i} ${step}`));
    expect(seen.toSorted()).toEqual(expected.toSorted());
    for (const { seed, trainLoss } of perRun)
      trainLoss.forEach((loss, i) => {
        expect(losses[`${seed} ${i}`]).toBe(loss);
      });
  });

  it.each([1, 2])('keeps what was finished when it is stopped, on %i threads', async (threads) => {
    const controller = new AbortController();
    const finished: number[] = [];
    const many = await simulate(tinyNetwork(), {
      runs: 500,
      threads,
      signal: controller.signal,
      onNetwork: (run) => {
        finished.push(run);
        controller.abort();
      },
    });
    expect(many.complete).toBe(false);
    expect(many.perRun.length).toBeGreaterThan(0);
    expect(many.perRun.length).toBeLessThan(500);
    expect(many.runs).toBe(many.perRun.length);
    expect(many.perRun.map(({ run }) => run)).toEqual(finished.toSorted((a, b) => a - b));
    const { run, ...one } = many.perRun[0];
    expect((await simulate(tinyNetwork(), { seed: one.seed })).perRun[0]).toEqual({ run: 1, ...one });
    expect(run).toBeGreaterThan(0);
  });

  it('tells of a run that diverged: layer, step and rate; it is in no mean', async () => {
    const violent = tinyNetwork({
      network: { widths: [16, 9, 10], activation: 'linear' },
      loss: 'squared',
      learningRate: [1e3, 3e3],
    });
    const seen: unknown[] = [];
    const { perRun, runs, mean, notes, complete, weightCosine } = await simulate(violent, {
      runs: 2,
      threads: 1,
      onMeasured: ({ index, diverged }) => seen.push([index, diverged === true]),
    });
    const { step, layer, learningRate, epoch } = perRun[0].diverged ?? expect.fail('it did not diverge');
    expect(step).toBeGreaterThan(0);
    expect(learningRate).toBe([1e3, 3e3][layer - 1]);
    expect(epoch).toBe(step / 10);
    expect([runs, complete, weightCosine]).toEqual([0, true, null]);
    expect(mean.trainLoss[3]).toBeNaN();
    expect(perRun[0].trainLoss[0]).toBeGreaterThan(0);
    expect(perRun[0].trainLoss[3]).toBeNaN();
    expect(notes[0]).toContain(`2 runs of 2 diverged and are in no mean: run 1 at step ${step}`);
    expect(notes[0]).toContain(`in layer ${layer}, whose learning rate is ${learningRate}`);
    expect(seen.filter((one) => (one as boolean[])[1])).toHaveLength(2);
  });

  it.each([1, 2])('ends with the error of a function that throws, on %i threads', async (threads) => {
    for (const name of ['onMeasured', 'onNetwork', 'onStart', 'onProgress'] as const) {
      const options = {
        runs: 3,
        threads,
        [name]: () => {
          throw new Error(`of ${name}`);
        },
      };
      await expect(simulate(tinyNetwork(), options)).rejects.toMatchObject({ message: `of ${name}` });
    }
    const { journal } = journalOf();
    journal.onFinished = () => {
      throw new Error('of the journal');
    };
    await expect(simulate(tinyNetwork(), { journal, threads })).rejects.toMatchObject({
      message: 'of the journal',
    });
  });

  it('counts exactly the steps that there are, whatever becomes of the runs', async () => {
    const violent = tinyNetwork({ network: { widths: [16, 9, 10], activation: 'relu' }, learningRate: 1e30 });
    for (const problem of [tinyNetwork(), violent]) {
      const reports: number[] = [];
      await simulate(problem, { runs: 3, threads: 1, onProgress: ({ steps }) => reports.push(steps) });
      expect(Math.max(...reports)).toBe(90);
      expect(reports.at(-1)).toBe(90);
    }
  });

  it('refuses a problem for theory alone, ideal feedback, a law without examples', async () => {
    const { epochs: _, ...rest } = tinyNetwork();
    const theory = { ...rest, time: [1] } as DeepProblem;
    await expect(simulate(theory)).rejects.toMatchObject({ code: 'invalid-problem', path: 'epochs' });
    await expect(simulate(tinyNetwork(), { cosine: 'ever' as 'all' })).rejects.toMatchObject({
      code: 'invalid-option',
    });
  });
});

describe('networks in files', () => {
  it('are read as they were written, and are those of the problem', async () => {
    const problem = tinyNetwork({ rule: 'kolen-pollack', optimizer: { momentum: 0.5 } });
    let network: NetworkState = {};
    await simulate(problem, {
      onNetwork: (_run, of) => {
        network = of;
      },
    });
    const read = networkFromNpz(problem, networkToNpz(problem, network));
    expect(Object.keys(read).toSorted()).toEqual(Object.keys(network).toSorted());
    expect(Object.keys(read)).toContain('B_1.velocity');
    for (const [name, values] of Object.entries(network))
      expect(Array.from(read[name])).toEqual(Array.from(values));
    const other = tinyNetwork({ network: { widths: [16, 9, 8, 10], activation: 'tanh', bias: true } });
    expect(() => networkFromNpz(other, networkToNpz(problem, network), 'a.npz')).toThrow(
      'a.npz: found W_2 of 7 × 9; the network has 8 × 9',
    );
  });

  it('have biases and batch normalisation where the problem has them, and there alone', async () => {
    const networkOf = async (problem: DeepProblem): Promise<Uint8Array> => {
      const files: Uint8Array[] = [];
      await simulate(problem, {
        onNetwork: (_run, network) => {
          files.push(networkToNpz(problem, network));
        },
      });
      return files[0];
    };
    const plain = tinyNetwork();
    const unbiased = tinyNetwork({ network: { widths: [16, 9, 7, 10], activation: 'tanh' } });
    const normed = tinyNetwork({ batchNorm: true });
    const [a, b, c] = [await networkOf(plain), await networkOf(unbiased), await networkOf(normed)];
    expect(() => networkFromNpz(unbiased, a, 'a.npz')).toThrow(
      'a.npz: found the array b_1; the problem has "bias": false',
    );
    expect(() => networkFromNpz(plain, b, 'b.npz')).toThrow(
      'b.npz: found the arrays W_1, W_2, W_3; b_1 is missing: the problem has "bias": true',
    );
    expect(() => networkFromNpz(plain, c, 'c.npz')).toThrow(
      'c.npz: found the array gamma_1; the problem has "batchNorm": false',
    );
    expect(() => networkFromNpz(normed, a, 'a.npz')).toThrow(
      'gamma_1 is missing: the problem has "batchNorm": true',
    );
  });

  it('go on under another optimiser without what theirs remembered', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'alignode-'));
    const file = join(folder, 'network.npz');
    const problem = tinyNetwork({ optimizer: { momentum: 0.9 } });
    const weights: Record<string, string> = {};
    for (const memory of ['kept', 'left out']) {
      await simulate(problem, {
        onNetwork: (_run, network) => {
          const some = Object.entries(network).filter(([name]) => memory === 'kept' || !name.includes('.'));
          writeFileSync(file, networkToNpz(problem, Object.fromEntries(some)));
        },
      });
      for (const optimizer of [{ rmsprop: {} }, { momentum: 0.9 }] as const) {
        const next = tinyNetwork({
          optimizer,
          learningRate: 0.001,
          network: { ...problem.network, init: { file } },
        });
        await simulate(next, {
          onNetwork: (_run, { W_1 }) => {
            weights[`${Object.keys(optimizer)[0]}, ${memory}`] = W_1.join();
          },
        });
      }
    }
    rmSync(folder, { recursive: true });
    expect(weights['rmsprop, kept']).toBe(weights['rmsprop, left out']);
    expect(weights['momentum, kept']).not.toBe(weights['momentum, left out']);
  });
});
