import { expect, it } from 'vitest';
import { type SimulationStart, simulate } from '../../src/index.ts';
import { smallProblem } from '../support/problems.ts';

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

it('what it throws reaches the caller, and nobody is trained', async () => {
  let measured = 0;
  const running = simulate(smallProblem(), {
    N: 30,
    onStart: () => {
      throw new Error('my own');
    },
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
