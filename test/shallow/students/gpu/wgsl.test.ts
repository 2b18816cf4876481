import { expect, test } from 'vitest';
import { projectedWgsl } from '../../../../src/shallow/students/gpu/wgsl/projected.ts';
import type { Shape } from '../../../../src/shallow/students/gpu/wgsl/shape.ts';
import { spreadOf, trainedWgsl } from '../../../../src/shallow/students/gpu/wgsl/trained.ts';

/* What the generators write, kept to be read and so that no change of it goes unseen (vitest -u takes new ones). */
const dfa: Shape = {
  K: 2,
  M: 2,
  N: 500,
  activation: 'erf',
  ownSignal: false,
  trainSecondLayer: true,
  noise: false,
  decay: [false, false],
};
const noisy: Partial<Shape> = { ownSignal: true, noise: true, decay: [true, true] };
const of = (rest: Partial<Shape>): Shape => ({ ...dfa, ...rest });
const trained = (shape: Shape, subgroupSize: number) => trainedWgsl(shape, spreadOf(shape, subgroupSize));

test.each([
  ['trained-erf-dfa-subgroups', trained(dfa, 32)],
  ['trained-relu-bp-noise-decay', trained(of({ K: 3, M: 1, N: 5000, activation: 'relu', ...noisy }), 1)],
  ['trained-in-memory', trained(of({ K: 8, M: 4, N: 5000 }), 32)],
  ['projected-erf-dfa', projectedWgsl(dfa)],
  ['projected-smallest-N-noise-decay', projectedWgsl(of({ K: 3, M: 2, N: 5, ...noisy }))],
])('the kernel %s is as it was', async (name, source) => {
  await expect(source).toMatchFileSnapshot(`./snapshots/${name}.wgsl`);
});

test('no kernel has gaps or trailing spaces', () => {
  for (const source of [trained(dfa, 32), trained(of(noisy), 1), projectedWgsl(of(noisy))])
    expect(source).not.toMatch(/[ \t]\n|\n\n\n|\{\n\n|\n\n *\}/);
});
