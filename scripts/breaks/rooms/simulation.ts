import type { Room } from '../break.ts';

export const simulation: Room = {
  name: 'students',
  breaks: [
    {
      id: 'times-rounded',
      file: 'src/simulation/schedule.ts',
      from: 'Math.round(a * N)',
      to: 'Math.floor(a * N)',
      wrong: 'times are rounded down to whole examples',
      by: ['test/simulation/options.test.ts'],
    },
    {
      id: 'standard-error',
      file: 'src/simulation/summary.ts',
      from: 'Math.sqrt(sum / (n - 1) / n)',
      to: 'Math.sqrt(sum / n / n)',
      wrong: 'the standard error of the mean over runs is too small',
      by: ['test/simulation/means.test.ts'],
    },
    {
      id: 'no-number-diverges',
      file: 'src/simulation/task.ts',
      from: 'if (!y.every((x) => Math.abs(x) <= bound)) {',
      to: 'if (y.some((x) => Math.abs(x) > bound)) {',
      wrong: 'a student of whom no number is left counts as one who has not diverged',
      by: ['test/simulation/means.test.ts', 'test/simulation/until.test.ts'],
    },
    {
      id: 'stuck-look',
      file: 'src/simulation/until.ts',
      from: 'one.alpha <= alpha / 2',
      to: 'one.alpha <= alpha',
      wrong: 'a student is found stuck by comparison with itself at the same time',
      by: ['test/simulation/until.test.ts'],
    },
    {
      id: 'dead-worker',
      file: 'src/simulation/crew.ts',
      from: 'if (again) for (const part of batchesOf(task))',
      to: 'if (!again) for (const part of batchesOf(task))',
      wrong: 'the task of a worker that died is not tried again',
      by: ['test/simulation/threads.test.ts'],
    },
    {
      id: 'second-layer-order',
      file: 'src/simulation/trained/reference.ts',
      from: 'v[k] -= (eta2 / N) * g(lambda[k]) * e + (kappa2 / N) * v[k];',
      to: 'v[k] -= (eta2 / N) * lambda[k] * e + (kappa2 / N) * v[k];',
      wrong: 'the second layer of the readable student learns from fields in place of answers',
      by: ['test/simulation/backends.gpu.test.ts'],
    },
  ],
};
