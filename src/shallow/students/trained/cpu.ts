import { layoutOf, type ResolvedProblem } from '../../problem/index.ts';
import { type Backend, type Batch, trainedWork } from '../backend.ts';
import { kernelMissing, keyOf, numbers, startKernel } from '../kernel.ts';
import { initialWeights, readOverlaps } from './weights.ts';

/** The trained student in WebAssembly (kernel/trained.ts): the reference's numbers, but for rounding. */
function start([problem]: readonly ResolvedProblem[], N: number, [seed]: readonly number[]): Batch {
  const shape = layoutOf(problem);
  const { K, M } = shape;
  const kernel = startKernel(problem, N);
  kernel.trainedStart(N, ...keyOf(seed));
  // Rows have the kernel's order of inputs, and are padded with zeros, which change no product.
  const place = Int32Array.from({ length: N }, (_, i) => kernel.trainedPlace(i));
  const length = (kernel.trainedWeights(1) - kernel.trainedWeights(0)) / 8;
  const row = (i: number): Float64Array => numbers(kernel, kernel.trainedWeights(i), length);
  const { students, teachers } = initialWeights(problem, N, seed);
  [...students, ...teachers].forEach((weights, i) => {
    const to = row(i);
    for (let j = 0; j < N; j++) to[place[j]] = weights[j];
  });
  numbers(kernel, kernel.trainedA(), M).set(problem.teacher.A);
  numbers(kernel, kernel.trainedF(), K).set(problem.feedback ?? []);
  const W = Array.from({ length: K }, (_, k) => row(k));
  const teacher = Array.from({ length: M }, (_, m) => row(K + m));
  const v = numbers(kernel, kernel.trainedV(), K);
  v.set(problem.student.v);

  return {
    advance: (steps) => kernel.trainedAdvance(steps),
    read: (_i, y) => readOverlaps(shape, N, W, teacher, v, y),
    sampledError: (_i, count) => kernel.trainedSquares(0, count) / count,
    weights: () => ({ W: W.map((w) => Float64Array.from(place, (p) => w[p])), v }),
  };
}

export const trainedCpu: Backend = {
  lanes: 1,
  missing: kernelMissing,
  work: trainedWork,
  // The kernel's rows, and for a moment the axes and rows that they are made from.
  memory: (K, M, N) => 8 * N * (3 * (K + M) + 1),
  start,
};
