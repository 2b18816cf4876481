import type { IntegrateOptions, Problem } from '../../src/index.ts';
import type { Dice } from './draw.ts';

/* Problems that are well formed and possible, over the widest ranges. */

/** The steps that one curve may take: enough to come to a plateau, and soon over. */
export const MOST_STEPS = 120;

/** A squared length, or another size: mostly ordinary, sometimes far from it. */
const size = (d: Dice): number =>
  d.chance(0.7) ? d.log(0.05, 5) : d.chance(0.7) ? d.log(1e-12, 1e4) : d.log(1e-140, 1e140);

type Matrix = number[][];

/** Weights of n vectors in `dimension` dimensions: random, collinear, equal or zero. */
function weights(d: Dice, n: number, dimension: number, like?: Matrix): Matrix {
  const length = Math.sqrt(size(d));
  const vector = (): number[] => Array.from({ length: dimension }, () => length * d.normal());
  if (like && d.chance(0.1)) return Array.from({ length: n }, (_, i) => like[i % like.length].slice());
  if (d.chance(0.08)) return Array.from({ length: n }, () => new Array<number>(dimension).fill(0));
  const first = vector();
  return Array.from({ length: n }, () => {
    if (d.chance(0.08)) return first.map((x) => x * d.normal());
    if (d.chance(0.05)) return first.map(() => 0);
    return vector();
  });
}

const overlaps = (a: Matrix, b: Matrix, dimension: number): Matrix =>
  a.map((x) => b.map((y) => x.reduce((sum, one, i) => sum + one * y[i], 0) / dimension));

/** Unit vectors, or any. */
function teacherWeights(d: Dice, M: number, dimension: number): Matrix {
  if (d.chance(0.6)) return weights(d, M, dimension);
  return Array.from({ length: M }, (_, m) =>
    Array.from({ length: dimension }, (_, i) => (i === m ? Math.sqrt(dimension) : 0)),
  );
}

function outputs(d: Dice, n: number): number[] {
  if (d.chance(0.2)) return new Array<number>(n).fill(1);
  if (d.chance(0.1)) return new Array<number>(n).fill(0);
  const scale = d.chance(0.9) ? d.log(0.05, 5) : d.log(1e-30, 1e6);
  return Array.from({ length: n }, () => scale * d.normal());
}

function times(d: Dice): Problem['alpha'] {
  const far = d.chance(0.03);
  const from = far ? d.log(1e-300, 1) : d.log(1e-6, 1);
  const to = from * (far ? d.log(10, 1e280) : d.log(2, 1e5));
  const points = 2 + d.below(20);
  if (d.chance(0.6)) return { from, to, points, ...(d.chance(0.3) && { scale: 'linear' as const }) };
  const list = [from];
  for (let i = 1; i < points; i++) list.push(list[i - 1] * (1 + d.log(1e-3, 10)));
  return d.chance(0.3) ? [0, ...list] : list;
}

export function validProblem(d: Dice): Problem {
  const activation = d.pick(['erf', 'erf', 'linear', 'relu']);
  const most = activation === 'relu' ? 2 : 4;
  const [K, M] = [1 + d.below(most), 1 + d.below(most)];
  const dimension = K + M + 2;
  const teacher = teacherWeights(d, M, dimension);
  const student = weights(d, K, dimension, teacher);
  const rate = d.chance(0.8) ? d.log(0.005, 2) : d.log(1e-8, 1e4);
  return {
    activation,
    rule: d.pick(['bp', 'dfa']),
    learningRate: d.chance(0.02) ? 0 : rate,
    ...(d.chance(0.3) && { secondLayerRate: d.chance(0.3) ? 0 : d.log(1e-3, 3) }),
    ...(d.chance(0.3) && { noise: d.log(1e-3, 3) }),
    ...(d.chance(0.3) && {
      weightDecay: [d.log(1e-4, 1), d.chance(0.5) ? 0 : d.log(1e-4, 1)] as [number, number],
    }),
    ...(d.chance(0.1) && { trainSecondLayer: false }),
    teacher: { T: overlaps(teacher, teacher, dimension), A: outputs(d, M) },
    student: {
      Q: overlaps(student, student, dimension),
      R: overlaps(student, teacher, dimension),
      v: outputs(d, K),
    },
    feedback: outputs(d, K),
    alpha: times(d),
  };
}

export function validOptions(d: Dice): IntegrateOptions {
  return {
    ...(d.chance(0.3) && { rtol: d.log(1e-13, 1e-4) }),
    ...(d.chance(0.2) && { atol: d.log(1e-18, 1e-6) }),
    maxSteps: MOST_STEPS,
  };
}
