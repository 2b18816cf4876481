import type { Room } from '../break.ts';

export const gpu: Room = {
  name: 'GPU',
  breaks: [
    {
      id: 'gpu-key',
      file: 'src/shallow/students/gpu/wgsl/threefry.ts',
      from: "'x2 += key.x;'",
      to: "'x2 += key.y;'",
      wrong: 'the third injection takes the wrong word of the key',
      by: ['test/shallow/students/gpu/maths.gpu.test.ts'],
    },
    {
      id: 'gpu-remainder',
      file: 'src/shallow/students/gpu/wgsl/logRemainder.ts',
      from: 'select(far, near, abs(t) < 0.5)',
      to: 'select(far, near, t < 0.5)',
      wrong: 'a series is used far outside the interval that it was made for',
      by: ['test/shallow/students/gpu/maths.gpu.test.ts'],
    },
    {
      id: 'gpu-second-rate',
      file: 'src/shallow/students/gpu/batch.ts',
      from: 'problem.secondLayerRate / N,',
      to: 'problem.secondLayerRate / firstRateOver,',
      wrong: 'the second layer of a trained student learns √N times too fast',
      by: ['test/shallow/students/gpu/simulate.gpu.test.ts'],
    },
    {
      id: 'gpu-one-student',
      file: 'src/shallow/students/gpu/students.ts',
      from: 'return Math.max(1, Math.min(most, Math.floor(room / memory(K, M, N))));',
      to: 'return Math.min(most, Math.floor(room / memory(K, M, N)));',
      wrong: 'where not one student fits, a batch holds none and the work never ends',
      by: ['test/shallow/students/gpu/simulate.gpu.test.ts'],
    },
  ],
};
