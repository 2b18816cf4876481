import type { Room } from '../break.ts';

export const students: Room = {
  name: 'students',
  breaks: [
    {
      id: 'times-rounded',
      file: 'src/shallow/students/schedule.ts',
      from: 'Math.round(a * N)',
      to: 'Math.floor(a * N)',
      wrong: 'times are rounded down to whole examples',
      by: ['test/shallow/students/options.test.ts'],
    },
    {
      id: 'standard-error',
      file: 'src/shallow/students/summary.ts',
      from: 'Math.sqrt(sum / (n - 1) / n)',
      to: 'Math.sqrt(sum / n / n)',
      wrong: 'the standard error of the mean over runs is too small',
      by: ['test/shallow/students/means.test.ts'],
    },
    {
      id: 'no-number-diverges',
      file: 'src/shallow/students/task.ts',
      from: 'if (!y.every((x) => Math.abs(x) <= bound)) {',
      to: 'if (y.some((x) => Math.abs(x) > bound)) {',
      wrong: 'a student of whom no number is left counts as one who has not diverged',
      by: ['test/shallow/students/means.test.ts', 'test/shallow/students/until.test.ts'],
    },
    {
      id: 'stuck-look',
      file: 'src/shallow/students/until.ts',
      from: 'one.alpha <= alpha / 2',
      to: 'one.alpha <= alpha',
      wrong: 'a student is found stuck by comparison with itself at the same time',
      by: ['test/shallow/students/until.test.ts'],
    },
    {
      id: 'dead-worker',
      file: 'src/shallow/students/crew.ts',
      from: 'if (again) for (const part of batchesOf(task))',
      to: 'if (!again) for (const part of batchesOf(task))',
      wrong: 'the task of a worker that died is not tried again',
      by: ['test/shallow/students/threads.test.ts'],
    },
    {
      id: 'second-layer-order',
      file: 'src/shallow/students/trained/reference.ts',
      from: 'v[k] -= (eta2 / N) * g(lambda[k]) * e + (kappa2 / N) * v[k];',
      to: 'v[k] -= (eta2 / N) * lambda[k] * e + (kappa2 / N) * v[k];',
      wrong: 'the second layer of the readable student learns from fields in place of answers',
      by: ['test/shallow/students/backends.gpu.test.ts'],
    },
  ],
};
