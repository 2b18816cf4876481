import { expect, it } from 'vitest';
import { type SimulationStart, simulate } from '../../../src/index.ts';
import { smallProblem } from '../../support/problems.ts';

it('who does the work is told once, before the first student is measured', async () => {
  const heard: (SimulationStart | 'measured')[] = [];
  const { settings } = await simulate(smallProblem(), {
    N: 30,
    runs: 3,
    threads: 1,
    onStart: (start) => heard.push(start),
    onMeasured: () => heard.push('measured'),
  });
  expect(heard[0]).toEqual({ settings });
  expect(settings.backend).toBe('cpu');
  expect(new Set(heard.slice(1))).toEqual(new Set(['measured']));
});

it.each([
  ['throws', throws],
  ['is rejected with', async () => throws()],
])('what it %s reaches the caller, and nobody is trained', async (_what, onStart) => {
  let measured = 0;
  const running = simulate(smallProblem(), {
    N: 30,
    onStart,
    onMeasured: () => measured++,
  });
  await expect(running).rejects.toThrow('my own');
  expect(measured).toBe(0);
});

it('it is not told where nothing can be done', async () => {
  let told = 0;
  const running = simulate(smallProblem(), { N: 1, onStart: () => told++ });
  await expect(running).rejects.toThrow('N: found 1; use at least K + M');
  expect(told).toBe(0);
});

it('the first student waits for it', async () => {
  const heard: string[] = [];
  await simulate(smallProblem(), {
    N: 30,
    threads: 1,
    onStart: async () => {
      await new Promise((resolve) => setTimeout(resolve));
      heard.push('begun');
    },
    onMeasured: () => heard.push('measured'),
  });
  expect(heard[0]).toBe('begun');
});

it('an end that comes while it waits ends the waiting too', async () => {
  const controller = new AbortController();
  const { perRun } = await simulate(smallProblem(), {
    N: 30,
    signal: controller.signal,
    onStart: () => {
      setTimeout(() => controller.abort());
      return new Promise(() => {});
    },
  });
  expect(perRun).toEqual([]);
});

function throws(): never {
  throw new Error('my own');
}
