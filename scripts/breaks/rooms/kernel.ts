import type { Room } from '../break.ts';

export const kernel: Room = {
  name: 'kernel',
  breaks: [
    {
      id: 'kernel-axes',
      file: 'kernel/boxMuller.ts',
      from: 'i32x4.shr_s(i32x4.shl(b, 1), 31)',
      to: 'i32x4.shr_s(i32x4.shl(b, 2), 31)',
      wrong: 'the kernel exchanges the axes of its normals by another bit',
      by: ['test/shallow/students/kernel.test.ts'],
    },
    {
      id: 'kernel-noise-sign',
      file: 'kernel/trained.ts',
      from: 'e -= sigma * labelNoise(step);',
      to: 'e += sigma * labelNoise(step);',
      wrong: 'label noise has the wrong sign in the kernel, which no law shows',
      by: ['test/shallow/students/backends.gpu.test.ts'],
    },
    {
      id: 'kernel-rotation',
      file: 'kernel/projected.ts',
      from: 'f64x2.sub(f64x2.mul(cos, q), f64x2.mul(sin, p))',
      to: 'f64x2.add(f64x2.mul(cos, q), f64x2.mul(sin, p))',
      wrong: 'what turns the axes of the projected student is no rotation',
      by: ['test/shallow/students/projected.test.ts'],
    },
    {
      id: 'kernel-last-inputs',
      file: 'kernel/trained.ts',
      from: 'for (let i = inputs - GROUP; i < N; i++)',
      to: 'for (let i = inputs - GROUP; i < inputs; i++)',
      wrong: 'inputs beyond the last one are not nothing',
      by: ['test/shallow/students/kernel.test.ts'],
    },
  ],
};
