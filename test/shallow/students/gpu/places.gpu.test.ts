import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolveProblem } from '../../../../src/index.ts';
import { normals, STREAMS } from '../../../../src/random/index.ts';
import { activations } from '../../../../src/shallow/gaussian/index.ts';
import { layoutOf } from '../../../../src/shallow/problem/index.ts';
import { axesOf } from '../../../../src/shallow/students/axes.ts';
import { type Gpu, openGpu } from '../../../../src/shallow/students/gpu/device.ts';
import { gpuStudents } from '../../../../src/shallow/students/gpu/students.ts';
import { initialWeights } from '../../../../src/shallow/students/trained/weights.ts';
import { describeGpu } from '../../../support/gpu.ts';
import { drawnProblem } from '../../../support/simulations.ts';

/*
 * Steps and test inputs are counted in two words. A student would be years on its way to the second, but inputs of a
 * test set may be asked for from anywhere: their errors show the numbers that were drawn.
 */
const PLACES = [7, 2 ** 31 - 3, 2 ** 32 - 5, 2 ** 32, 3 * 2 ** 32 + 5, 2 ** 52 + 1];
const SEEDS = [0, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
const COUNT = 10;
const N = 77;

const problem = resolveProblem(drawnProblem());
const { K, M, n } = layoutOf(problem);
const { g } = activations[problem.activation];

/** ½(ŷ − y)² summed over inputs, from the vectors whose products with an input's coordinates are its fields. */
function sumOf(vectors: Float64Array[], seed: number, first: number): number {
  const x = new Float64Array(vectors[0].length);
  let sum = 0;
  for (let i = 0; i < COUNT; i++) {
    normals(x, x.length, seed, first + i, 0, STREAMS.testSet);
    const out = vectors.map((w) => g(w.reduce((s, wj, j) => s + wj * x[j], 0)));
    const y = problem.teacher.A.reduce((s, A, m) => s + A * out[K + m], 0);
    sum += 0.5 * (problem.student.v.reduce((s, v, k) => s + v * out[k], 0) - y) ** 2;
  }
  return sum;
}

const vectorsOf = {
  trained: (seed: number) => {
    const { students, teachers } = initialWeights(problem, N, seed);
    return [...students, ...teachers].map((w) => w.map((x) => x / Math.sqrt(N)));
  },
  projected: () => {
    const rows = axesOf(problem);
    return Array.from({ length: K + M }, (_, i) => rows.slice(i * n, (i + 1) * n));
  },
};

describeGpu('places beyond 32 bits', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = await openGpu({ allowSoftware: true });
  });
  afterAll(() => gpu.close());

  test.each(['trained', 'projected'] as const)(
    'a %s student draws the inputs of src/random at any place and seed',
    async (student) => {
      const batch = await gpuStudents[student].start(
        gpu,
        SEEDS.map(() => problem),
        N,
        SEEDS,
      );
      for (const first of PLACES) {
        await batch.test(0, 0, 0);
        await batch.test(first, COUNT, 0);
        const { squares } = await batch.measure()();
        SEEDS.forEach((seed, i) => {
          const truth = sumOf(vectorsOf[student](seed), seed, first);
          expect(Math.abs(squares(i) / truth - 1), `from ${first}, seed ${seed}`).toBeLessThan(1e-5);
        });
      }
      batch.close();
    },
  );
});
