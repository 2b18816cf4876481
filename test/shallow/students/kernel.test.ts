import { expect, test } from 'vitest';
import { resolveProblem } from '../../../src/index.ts';
import { chiSquare, normals, STREAMS } from '../../../src/random/index.ts';
import { layoutOf, type ResolvedProblem } from '../../../src/shallow/problem/index.ts';
import { backends } from '../../../src/shallow/students/index.ts';
import { keyOf, numbers, startKernel } from '../../../src/shallow/students/kernel.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';

/* What is the WebAssembly kernel's own. Against the readable students, with every other backend: backends.gpu.test.ts. */
const { cpu, reference } = backends;

/** Every activation, rule, noise, both decays, separate rates, first layer only, K < M, K = M, K > M, T not diagonal. */
const problems = twelveProblems.map(([name, problem]) => [name, resolveProblem(problem)] as const);

const overlaps = (problem: ResolvedProblem, N: number, kind: 'trained' | 'projected', steps: number[]) =>
  [cpu, reference].map((backend) => {
    const batch = backend[kind].start([problem], N, [11]);
    const y = new Float64Array(layoutOf(problem).size);
    for (const n of steps) batch.advance(n);
    batch.read(0, y);
    return y;
  });

test('how the steps are cut into calls changes no bit', () => {
  for (const kind of ['trained', 'projected'] as const)
    for (const [, problem] of [problems[2], problems[9]]) {
      const [whole, wholeSlow] = overlaps(problem, 50, kind, [997]);
      const [cut, cutSlow] = overlaps(problem, 50, kind, [1, 2, 31, 33, 7, 640, 283]);
      expect(cut).toEqual(whole);
      expect(cutSlow).toEqual(wholeSlow);
    }
});

test('a student of the projected pair does not depend on its neighbour', () => {
  const [, problem] = problems[8];
  const y = (seeds: number[], lane: number) => {
    const batch = cpu.projected.start(
      seeds.map(() => problem),
      60,
      seeds,
    );
    batch.advance(2000);
    const out = new Float64Array(layoutOf(problem).size);
    batch.read(lane, out);
    return out;
  };
  expect(y([5, 6], 0)).toEqual(y([5], 0));
  expect(y([6, 5], 1)).toEqual(y([5], 0));
  expect(y([6, 5], 0)).not.toEqual(y([5], 0));
});

/** Places where a counter or a key is about to be full, or is beyond 32 bits. */
const PLACES = [0, 7, 2 ** 31 - 1, 2 ** 32 - 1, 2 ** 32, 3 * 2 ** 32 + 5, 2 ** 52 + 1];
const SEEDS = [0, 2 ** 31, 2 ** 32 - 1, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
const NOISY = problems[2][1];

test('the trained student draws the normals of src/random, to the last bit, at any step and seed', () => {
  const N = 77;
  const expected = new Float64Array(N);
  for (const seed of SEEDS)
    for (const place of PLACES) {
      const kernel = startKernel(NOISY, N);
      kernel.trainedStart(N, ...keyOf(seed));
      kernel.trainedInput(BigInt(place), STREAMS.inputs);
      normals(expected, N, seed, place, 0, STREAMS.inputs);
      const x = numbers(kernel, kernel.trainedX(), 80);
      expect(Float64Array.from(expected, (_, i) => x[kernel.trainedPlace(i)])).toEqual(expected);
      const beyond = [N, N + 1, N + 2].map((i) => x[kernel.trainedPlace(i)]);
      expect(beyond).toEqual([0, 0, 0]);
    }
});

test.each([0, 1, 2, 3, 50, 1e9 - 6])(
  'the projected student draws the normals, χ² of %i degrees and noise of src/random, at any step and seed',
  (degrees) => {
    const { n } = layoutOf(NOISY);
    const blocks = Math.ceil(n / 4);
    const perStep = 4 * blocks + 2;
    const z = new Float64Array(4 * blocks);
    const zeta = new Float64Array(1);
    const count = 32;
    for (const [i, seed] of SEEDS.entries())
      for (const from of PLACES) {
        const seeds = [seed, SEEDS[(i + 1) % SEEDS.length]];
        const kernel = startKernel(NOISY, n + degrees);
        kernel.projectedStart(n + degrees, ...keyOf(seeds[0]), ...keyOf(seeds[1]));
        kernel.projectedInputs(BigInt(from), count);
        const found = numbers(kernel, kernel.projectedZ(), 2 * perStep * count);
        for (let s = 0; s < count; s++)
          for (const [lane, key] of seeds.entries()) {
            normals(z, z.length, key, from + s, 0, STREAMS.inputs);
            normals(zeta, 1, key, from + s, 0, STREAMS.labelNoise);
            const chi = Math.sqrt(chiSquare(degrees, key, from + s, 0, STREAMS.projectedChiSquare, 0));
            const at = (j: number): number => found[2 * (s * perStep + j) + lane];
            expect(z.map((_, j) => at(j))).toEqual(z);
            expect(Math.abs(at(z.length) - chi)).toBeLessThan(2e-15 * Math.max(1, chi));
            expect(at(z.length + 1)).toBe(zeta[0]);
          }
      }
  },
);
