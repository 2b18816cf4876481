import { describe, expect, test } from 'vitest';
import { type SimulationProgress, simulate } from '../../../../src/index.ts';
import { openGpu } from '../../../../src/shallow/students/gpu/device.ts';
import { onGpu } from '../../../../src/shallow/students/gpu/executor.ts';
import { gpuStudents, lanesOf } from '../../../../src/shallow/students/gpu/students.ts';
import { backends } from '../../../../src/shallow/students/index.ts';
import type { RunRecord } from '../../../../src/shallow/students/task.ts';
import { describeGpu } from '../../../support/gpu.ts';
import { smallProblem } from '../../../support/problems.ts';
import { planned } from '../../../support/simulations.ts';

const kinds = ['trained', 'projected'] as const;
const onSoftware = { N: 20, backend: 'gpu', allowSoftware: true } as const;

describeGpu('simulate on a GPU', () => {
  describe.each(kinds)('%s students', (student) => {
    const settings = { ...onSoftware, student };

    test('tells who did it, and gives the curves of the CPU', async () => {
      const options = { N: 20, student, runs: 5, testSet: 30 };
      const gpu = await simulate(smallProblem(), { ...options, ...settings });
      const cpu = await simulate(smallProblem(), { ...options, backend: 'cpu', threads: 1 });
      const adapter = expect.stringMatching(/./);
      expect(gpu.settings).toEqual({ ...cpu.settings, backend: 'gpu', adapter, allowSoftware: true });
      // Browsers do not tell the driver.
      const driver = expect.any(String);
      expect(gpu.device).toEqual({ name: gpu.settings.adapter, driver, software: true });
      // Settings are options: with them the same is done again.
      const again = await simulate(smallProblem(), gpu.settings);
      expect(again.mean).toEqual(gpu.mean);
      expect(gpu.notes).toEqual([]);
      const close = (a: number[] = [], b: number[] = []) => {
        expect(a).toHaveLength(3);
        a.forEach((x, i) => {
          expect(Math.abs(x / b[i] - 1)).toBeLessThan(1e-5);
        });
      };
      close(gpu.mean.eg, cpu.mean.eg);
      close(gpu.mean.egSampled, cpu.mean.egSampled);
      expect(gpu.perRun.map(({ seed }) => seed)).toEqual(cpu.perRun.map(({ seed }) => seed));
    });

    test('runs that diverge are found when they are on the CPU, and are in no mean', async () => {
      const wild = {
        ...smallProblem(),
        activation: 'linear',
        learningRate: 9,
        alpha: [0, 0.5, 1, 2, 3, 4, 5, 6, 8, 12, 20, 40],
      };
      const options = { N: 20, student, runs: 12, seed: 3 };
      const gpu = await simulate(wild, { ...options, ...settings });
      const cpu = await simulate(wild, { ...options, backend: 'cpu', threads: 1 });
      const times = cpu.perRun.map(({ diverged }) => diverged);
      expect(times.every((time) => time !== undefined)).toBe(true);
      expect(gpu.perRun.map(({ diverged }) => diverged)).toEqual(times);
      expect([gpu.runs, gpu.complete, gpu.failed]).toEqual([0, true, []]);
      for (const { eg, diverged } of gpu.perRun)
        eg.forEach((x, t) => {
          expect(Number.isNaN(x)).toBe(wild.alpha[t] >= diverged!);
        });
    });

    test('progress rises to the last step, also where all diverge', async () => {
      for (const learningRate of [0.1, 100]) {
        const told: SimulationProgress[] = [];
        const runs = student === 'trained' ? 70 : 2100;
        const problem = { ...smallProblem(), activation: 'linear', learningRate };
        await simulate(problem, { ...settings, runs, onProgress: (progress) => told.push(progress) });
        expect(told.at(-1)).toMatchObject({ steps: 200 * runs, total: 200 * runs });
        told.forEach(({ steps, total }, i) => {
          expect(steps).toBeGreaterThanOrEqual(i > 0 ? told[i - 1].steps : 0);
          expect(steps).toBeLessThanOrEqual(total);
        });
      }
    });

    test('stopped in the middle, it keeps the batches that were finished', async () => {
      const controller = new AbortController();
      const { perRun, complete, failed } = await simulate(smallProblem(), {
        ...settings,
        runs: 1e5,
        onProgress: ({ finishedRuns }) => {
          if (finishedRuns > 0) controller.abort();
        },
        signal: controller.signal,
      });
      expect([complete, failed]).toEqual([false, []]);
      expect(perRun.length).toBeGreaterThan(0);
      expect(perRun.length).toBeLessThan(1e5);
      const last = perRun[perRun.length - 1];
      const alone = await simulate(smallProblem(), { ...settings, seed: last.seed });
      expect(alone.perRun[0].eg).toEqual(last.eg);
    });

    test('stopped in work, or in a test set, that would take years, it ends with nothing', async () => {
      for (const rest of [{ alpha: [1e9] }, { testSet: 1e9 }]) {
        const { alpha, ...options } = { alpha: [0], ...rest };
        const controller = new AbortController();
        const timer = setTimeout(() => controller.abort(), 300);
        const { perRun, complete } = await simulate(
          { ...smallProblem(), alpha },
          { ...settings, ...options, signal: controller.signal },
        );
        clearTimeout(timer);
        expect([perRun, complete]).toEqual([[], false]);
      }
    });
  });

  test('what onProgress throws reaches the caller', async () => {
    const broken = simulate(smallProblem(), {
      ...onSoftware,
      onProgress: () => {
        throw new Error('my own');
      },
    });
    await expect(broken).rejects.toThrow('my own');
  });

  test.each([
    [{ N: 16385 }, /16384 inputs, and N = 16385; student "projected"/],
    [{ N: 40, student: 'projected', K: 17 }, /at most 16 units .* K = 17, M = 2/],
  ] as const)(
    'what is too large is refused by name, and done on the CPU by "auto": %o',
    async (large, why) => {
      const { K = 2, ...options } = { K: 2, ...large };
      const { feedback, ...rest } = smallProblem();
      const problem = {
        ...rest,
        rule: 'bp',
        teacher: { draw: { M: 2, N: options.N, seed: 1 } },
        student: { draw: { K, N: options.N, sigma: 0.1, seed: 2 } },
        alpha: [0],
      };
      const asked = { ...onSoftware, ...options };
      await expect(simulate(problem, asked)).rejects.toMatchObject({
        code: 'invalid-option',
        path: 'backend',
        message: expect.stringMatching(why),
      });
      expect((await simulate(problem, { ...asked, backend: 'auto' })).settings.backend).toBe('cpu');
    },
  );

  test('a software adapter is refused unless it is allowed, with a word on how', async () => {
    const gpu = await openGpu({ allowSoftware: true });
    const { software, name } = gpu.adapter;
    await gpu.close();
    if (!software) return;
    await expect(simulate(smallProblem(), { ...onSoftware, allowSoftware: false })).rejects.toMatchObject({
      code: 'invalid-option',
      path: 'backend',
      message: expect.stringMatching(/computes on the CPU.*--allow-software \(allowSoftware: true\)/),
    });
    // By a part of its name, in whatever case.
    const part = name.split(' ')[0].toUpperCase();
    expect((await simulate(smallProblem(), { ...onSoftware, adapter: part })).settings.adapter).toBe(name);
  });

  test('an adapter that is not there is refused', async () => {
    await expect(simulate(smallProblem(), { ...onSoftware, adapter: 'voodoo' })).rejects.toMatchObject({
      code: 'invalid-option',
      path: 'backend',
      // Pages cannot list what there is.
      message: expect.stringMatching('document' in globalThis ? /./ : /"voodoo".*found ".*"/),
    });
  });

  test.each(kinds)(
    'a device lost in the middle: %s runs that were finished are kept, the others reported',
    async (student) => {
      const { tasks } = planned(
        { ...smallProblem(), alpha: [0, 1, 1000] },
        {
          N: 20,
          runs: 7,
          seed: 1,
          student,
          backend: 'cpu',
          threads: 1,
          redraw: [],
          testSet: 0,
        },
      );
      const [{ seeds: _, ...task }] = tasks;
      const seeds = tasks.flatMap(({ seeds }) => seeds);
      const gpu = await openGpu({ allowSoftware: true });
      const finished: RunRecord[] = [];
      const failed: string[] = [];
      await onGpu(
        gpu,
        gpuStudents,
        2,
      )([{ ...task, seeds }], {
        threads: 1,
        // Asked before the second batch: the device goes while that is begun.
        stopped: () => {
          if (finished.length === 2) gpu.device.destroy();
          return false;
        },
        onSteps: () => undefined,
        onFinished: (records) => finished.push(...records),
        onFailed: ({ first, seeds }, reason) => failed.push(`${first}+${seeds.length}: ${reason}`),
      });
      await gpu.close();
      expect(finished.map(({ run }) => run)).toEqual([0, 1]);
      expect(finished.every(({ rows }) => rows.every(Number.isFinite))).toBe(true);
      expect(failed).toEqual([
        expect.stringMatching(/^2\+2: the GPU was lost: ./),
        expect.stringMatching(/^4\+2: the GPU was lost: ./),
        expect.stringMatching(/^6\+1: the GPU was lost: ./),
      ]);
    },
  );

  test('a batch is as large as the smallest limit of the adapter allows, and holds one student at least', async () => {
    const gpu = await openGpu({ allowSoftware: true });
    const { trained } = gpuStudents;
    const lanes = (bytes: number, software: boolean) => {
      const limits = { maxStorageBufferBindingSize: bytes, maxBufferSize: 2 * bytes };
      const small = {
        ...gpu,
        adapter: { ...gpu.adapter, software },
        device: { limits } as unknown as GPUDevice,
      };
      return lanesOf(trained, small, 2, 2, 500);
    };
    const one = trained.memory(2, 2, 500);
    expect([lanes(1, true), lanes(7.5 * one, true), lanes(2 ** 30, true)]).toEqual([
      1,
      7,
      trained.enough.software,
    ]);
    expect(lanes(2 ** 40, false)).toBe(Math.min(trained.enough.hardware, Math.floor(2 ** 30 / one)));
    await gpu.close();
  });
});

test('every kind of student on a CPU has one on the GPU', () => {
  expect(Object.keys(gpuStudents)).toEqual(Object.keys(backends.cpu));
});
