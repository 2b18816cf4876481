import { expect, test } from 'vitest';
import type { Problem } from '../../../../src/index.ts';
import { settle } from '../../../../src/shallow/students/index.ts';
import { describeGpu } from '../../../support/gpu.ts';

describeGpu('students trained on a GPU until it is known what becomes of them', () => {
  test('come to what they come to on the CPU, at the same times', async () => {
    const stated: Problem = {
      activation: 'relu',
      rule: 'dfa',
      learningRate: 1,
      teacher: {
        T: [
          [1, 0],
          [0, 1],
        ],
        A: [1, 1],
      },
      student: { draw: { K: 2, N: 20, sigma: 0.01, seed: 3 } },
      feedback: { draw: 'normal', seed: 5 },
      alpha: [0, 10, 20, 40, 80, 160, 320],
    };
    const options = {
      N: 20,
      runs: 12,
      seed: 4,
      threads: 1,
      student: 'projected',
      redraw: ['student', 'feedback'],
    } as const;
    const until = { learned: 1e-3, patience: 60 };
    const cpu = await settle(stated, { ...options, backend: 'cpu' }, until);
    const gpu = await settle(stated, { ...options, backend: 'gpu', allowSoftware: true }, until);
    const told = ({ students }: typeof cpu) =>
      students.map(({ seed, outcome, alpha }) => [seed, outcome, alpha]);
    expect(told(gpu)).toEqual(told(cpu));
    expect(new Set(cpu.students.map(({ outcome }) => outcome)).size).toBeGreaterThan(1);
    gpu.students.forEach(({ eg, outcome }, i) => {
      if (outcome === 'diverged') return;
      expect(Math.abs(eg - cpu.students[i].eg)).toBeLessThan(1e-4 * Math.max(1e-2, cpu.students[i].eg));
    });
  });
});
