import type * as Alignode from '../../src/index.ts';
import { twelveProblems } from './twelveProblems.ts';

/*
 * What the library promises to be the same to the last bit, for a problem and a seed, on every engine, in any number of threads
 * and in every release of a major version.
 */

export type Library = typeof Alignode;

const drawn = (activation: string, rule = 'dfa'): Alignode.Problem => ({
  activation,
  rule,
  learningRate: 0.3,
  noise: 0.1,
  teacher: { draw: { M: 2, N: 60, seed: 1 } },
  student: { draw: { K: 2, N: 60, sigma: 0.5, seed: 2 } },
  ...(rule === 'dfa' && { feedback: { draw: 'normal', seed: 3 } }),
  alpha: { from: 0.1, to: 20, points: 30, scale: 'log' },
});

const ZERO = [
  [0, 0],
  [0, 0],
];

const still: Alignode.Problem = {
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.1,
  teacher: {
    T: [
      [1, 0.2],
      [0.2, 1],
    ],
    A: [1, 0.6],
  },
  student: { Q: ZERO, R: ZERO, v: [0, 0] },
  feedback: [0.7, -0.4],
  alpha: [1],
};

/** Machine and times are left out of simulations: what is promised is the rest. */
const measured = ({ mean, stderr, perRun, failed }: Alignode.Simulation) => ({
  mean,
  stderr,
  perRun,
  failed,
});

export const PROMISES: Record<string, (library: Library) => unknown> = {
  'curves of the twelve problems': ({ integrate }) =>
    twelveProblems.map(([, problem]) => integrate({ ...problem, alpha: [0.1, 1, 8] })),
  'a curve to rest, and one at a loose tolerance': ({ integrate }) => [
    integrate({ ...twelveProblems[0][1], alpha: { from: 0.1, to: 1e5, points: 40 } }),
    integrate(twelveProblems[0][1], { rtol: 1e-4, atol: 1e-7 }),
  ],
  'drawn problems': ({ resolveProblem }) =>
    ['erf', 'relu', 'linear'].map((activation) => resolveProblem(drawn(activation))),
  'grids of times': ({ resolveProblem }) =>
    [7, 50, 333].map((points) => resolveProblem({ ...still, alpha: { from: 0.1, to: 700, points } }).alpha),
  'activations and their averages': ({ activations }) => {
    const C = [
      [1.1, 0.3, 0.2, -0.4],
      [0.3, 0.9, 0.5, 0.1],
      [0.2, 0.5, 1.3, 0.6],
      [-0.4, 0.1, 0.6, 0.8],
    ];
    return Object.values(activations).map(({ g, dg, I2, I3, I4, J2 }) => [
      [-2, -0.3, 0, 0.1, 0.9, 3].flatMap((x) => [g(x), dg(x)]),
      I2(C, 0, 2),
      I3(C, 0, 1, 2),
      I4(C, 0, 1, 2, 3),
      J2(C, 0, 1),
    ]);
  },
  'the plateau, with how long it takes': ({ plateau }) => {
    const problem = { ...twelveProblems[0][1] };
    const { length, ...found } = plateau(problem);
    const { Q, R, v } = found.student;
    return { ...found, length: length({ Q, R: R.map((row, k) => row.map((x) => x + 0.01 * (k + 1))), v }) };
  },
  'early times': ({ earlyTimes }) => {
    const { at, ...rest } = earlyTimes({
      ...still,
      weightDecay: [0, 0.1],
      student: { Q: ZERO, R: ZERO, v: [0.3, 0.1] },
    });
    return { ...rest, at: at(0.3) };
  },
  'minima, and where a student ends': ({ degenerateMinima, bestAligned, endsIn, integrate }) => {
    const problem = twelveProblems[0][1];
    const { Q, R, v } = integrate({ ...problem, alpha: [3000] });
    const student = { Q: Q[0], R: R[0], v: v[0] };
    return [degenerateMinima(problem), bestAligned(problem), endsIn(problem, student)];
  },
  'the formula for P(learn)': ({ learnProbability }) => [
    learnProbability({ K: 7, positive: 3, negative: 1, p: 0.3 }),
    learnProbability({ K: 300, positive: 30 }),
  ],
  'students of every kind and backend': async ({ simulate }) => {
    const kinds = (['trained', 'projected'] as const).flatMap((student) =>
      (['cpu', 'reference'] as const).flatMap((backend) =>
        ['erf', 'relu'].map((activation) => ({ student, backend, activation })),
      ),
    );
    const found = [];
    for (const { student, backend, activation } of kinds)
      found.push(
        measured(
          await simulate(
            { ...drawn(activation), alpha: [1, 3] },
            {
              N: 60,
              runs: 2,
              seed: 5,
              student,
              backend,
              threads: 1,
              testSet: student === 'trained' ? 100 : 0,
            },
          ),
        ),
      );
    return found;
  },
  'students drawn anew': async ({ simulate }) =>
    measured(
      await simulate(
        { ...drawn('erf'), alpha: [1, 3] },
        { N: 60, runs: 3, seed: 5, threads: 1, backend: 'cpu', redraw: ['teacher', 'student', 'feedback'] },
      ),
    ),
  'a comparison': async ({ compare }) => {
    const { z, bias, tests, verdict, scaling } = await compare(
      { ...drawn('erf'), alpha: [0.5, 1, 2] },
      { N: 60, runs: 20, scalingRuns: 20, threads: 1, backend: 'cpu' },
    );
    return { z, bias, tests, verdict, scaling };
  },
  'P(learn) by students': async ({ plearn }) => {
    const { points } = await plearn({
      K: [2, 3],
      M: 2,
      N: 60,
      runs: 6,
      learningRate: 0.5,
      student: 'projected',
      threads: 1,
      backend: 'cpu',
      alpha: 200,
    });
    return points;
  },
  'networks on data, of every rule and layer': async ({ simulate }) => {
    const network = { widths: [64, 13, 9, 10], bias: true };
    const layers = [{ convolution: 3, kernel: 3, pool: 2 }, { dense: 9 }, { dense: 10 }];
    const problem = (rule: string, change: object): Alignode.DeepProblem => ({
      network: { ...network, activation: 'tanh' },
      rule,
      ...(rule !== 'bp' && { feedback: { draw: 'normal', seed: 3 } }),
      loss: 'cross-entropy',
      data: { set: 'digits', train: 200, test: 50 },
      learningRate: 0.05,
      batch: 32,
      epochs: [0, 1, 3],
      ...change,
    });
    const cases = [
      problem('bp', {
        network: { ...network, activation: 'erf' },
        loss: 'squared',
        optimizer: { momentum: 0.9 },
      }),
      problem('dfa', { dropout: { inputs: 0.1, hidden: 0.3 }, optimizer: { rmsprop: {} } }),
      problem('fa', { network: { layers, activation: 'swish' }, batchNorm: true }),
      problem('kolen-pollack', { network: { ...network, activation: 'logistic' }, weightDecay: 0.01 }),
      problem('drtp', { adversarial: { epsilon: 0.1 }, loss: 'binary-cross-entropy' }),
      problem('perturbed-bp', { feedback: { cosine: 0.4, seed: 2 } }),
    ];
    const found = [];
    for (const one of cases) {
      const { mean, stderr, perRun, weightCosine, failed } = await simulate(one, {
        runs: 2,
        threads: 1,
        examples: 40,
      });
      found.push({ mean, stderr, perRun, weightCosine, failed });
    }
    return found;
  },
  'deep linear networks: draws, data and curves': ({
    integrate,
    resolveProblem,
    deepEndPoint,
    conditioning,
  }) => {
    const deep = (change: object): Alignode.DeepProblem => ({
      network: { widths: [64, 9, 8, 10], activation: 'linear', init: 'zero' },
      rule: 'dfa',
      feedback: { draw: 'normal', seed: 3 },
      loss: 'squared',
      data: { set: 'digits', corruption: 0.1, train: { draw: 300 }, seed: 4 },
      time: [0, 0.1, 2],
      ...change,
    });
    const started = { widths: [5, 4, 3, 2], activation: 'linear', init: 'pytorch', seed: 6 };
    const teacher = {
      set: 'linear-teacher',
      T: { draw: 'normal', seed: 7 },
      noise: 0.3,
      examples: 40,
      seed: 8,
    };
    const reduced = integrate(deep({}));
    return [
      resolveProblem(deep({ time: { from: 0.1, to: 7, points: 5 } })),
      reduced,
      conditioning(reduced),
      ...['bp', 'fa', 'dfa', 'ifa', 'drtp'].map((rule) =>
        integrate(
          deep({
            rule,
            network: started,
            data: teacher,
            feedback: { draw: rule === 'dfa' ? 'uniform' : 'normal', seed: 9 },
          }),
        ),
      ),
      deepEndPoint(
        deep({
          data: { set: 'gaussian', inputs: 64, examples: 80, alpha: 0.5, beta: 0.4, seed: 2 },
          network: { ...started, widths: [64, 9, 8, 2], init: 'zero' },
        }),
      ),
    ];
  },
};

/** 64 bits of a value: of every number its bits, of every key and text its letters (Fowler, Noll & Vo, FNV-1a, twice). */
export function hashOf(value: unknown): string {
  let a = 0x811c9dc5;
  let b = 0x050c5d1f;
  const number = new Float64Array(1);
  const bytes = new Uint8Array(number.buffer);
  const take = (byte: number): void => {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte ^ 0x55, 0x01000193);
  };
  const walk = (x: unknown): void => {
    if (typeof x === 'number') {
      // NaN has many bits.
      number[0] = Number.isNaN(x) ? Number.NaN : x;
      for (const byte of bytes) take(byte);
    } else if (typeof x === 'object' && x !== null) {
      const entries = ArrayBuffer.isView(x)
        ? [...(x as Float64Array)].entries()
        : x instanceof Map || Symbol.iterator in x
          ? [...(x as Iterable<unknown>)].entries()
          : Object.entries(x).filter(([, part]) => typeof part !== 'function');
      for (const [key, part] of entries) {
        walk(String(key));
        walk(part);
      }
    } else for (const letter of String(x)) take(letter.codePointAt(0)! & 0xff);
    take(0);
  };
  walk(value);
  return [a, b].map((x) => (x >>> 0).toString(16).padStart(8, '0')).join('');
}
