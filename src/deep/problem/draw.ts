import { normals, randomBlock, STREAMS, uniform } from '../../random/index.ts';
import { type FeedbackShape, feedbackShapes } from './feedbackShapes.ts';
import { type LayerShape, shapesOf } from './shapes.ts';
import type { FeedbackSpec, InitSpec, ResolvedDeepProblem } from './types.ts';

/* Matrices are rows one after the other. Those of layer l are drawn from its own places: block numbers within step l. */

/** Biases of layer l are drawn within step BIASES + l: there are at most 64 layers. */
const BIASES = 1000;

type Draw = (rows: number, columns: number, seed: number, step: number, stream: number) => Float64Array;

/** Standard normal numbers of a place. */
const normalMatrix: Draw = (rows, columns, seed, step, stream) => {
  const out = new Float64Array(rows * columns);
  normals(out, out.length, seed, step, 0, stream);
  return out;
};

/** Uniform numbers between −1 and 1. */
const uniformMatrix: Draw = (rows, columns, seed, step, stream) => {
  const out = new Float64Array(rows * columns);
  const words = new Uint32Array(4);
  for (let i = 0; i < out.length; i++) {
    if (i % 2 === 0) randomBlock(words, 0, seed, step, 0, i / 2, stream);
    const at = 2 * (i % 2);
    out[i] = 2 * uniform(words[at], words[at + 1]) - 1;
  }
  return out;
};

const signMatrix: Draw = (...place) => uniformMatrix(...place).map(Math.sign);

/** Columns of length 1 at right angles: Gram and Schmidt's method on normal columns, twice for rounding. */
const orthogonalMatrix: Draw = (rows, columns, seed, step, stream) => {
  const F = normalMatrix(rows, columns, seed, step, stream);
  for (let j = 0; j < columns; j++)
    for (let round = 0; round < 2; round++) {
      for (let k = 0; k < j; k++) {
        let along = 0;
        for (let i = 0; i < rows; i++) along += F[i * columns + j] * F[i * columns + k];
        for (let i = 0; i < rows; i++) F[i * columns + j] -= along * F[i * columns + k];
      }
      let square = 0;
      for (let i = 0; i < rows; i++) square += F[i * columns + j] ** 2;
      const length = Math.sqrt(square);
      for (let i = 0; i < rows; i++) F[i * columns + j] /= length;
    }
  return F;
};

/** The laws of feedback of unit scale, and the scale where a problem gives none. */
const LAWS = {
  normal: { draw: normalMatrix, scale: 'width' },
  uniform: { draw: uniformMatrix, scale: 'outputs' },
  sign: { draw: signMatrix, scale: 1 },
  orthogonal: { draw: orthogonalMatrix, scale: 1 },
} as const;

/** Conventions of scale, for a matrix of which a column has n elements and a row `columns`. */
const SCALES = {
  /** F_lᵀF_l is 1 in the mean of normal elements; uniform ones are Nøkland's (2016), who calls n_l the fan-out. */
  width: (n: number) => 1 / Math.sqrt(n),
  /** Refinetti et al. 2021, appendix E.1, as their program has it. */
  outputs: (_n: number, columns: number) => 1 / Math.sqrt(columns + 1),
  /** Launay et al. 2019, eqs. 7 and 8. */
  'launay-2019': (n: number, columns: number) => 1 / Math.sqrt(n * columns),
} as const;

/**
 * The feedback matrices of the hidden layers, from the first; none where a problem has none or takes their ideal limit.
 * Layers that share a matrix take its first rows (Launay et al. 2019), each to its own scale. Of a rule that sends errors
 * layer by layer, that which comes back from a convolution has the form of the convolution's own weights.
 */
export function feedbackOf(
  problem: ResolvedDeepProblem,
  rule = problem.rule,
  shapes: readonly LayerShape[] = shapesOf(problem),
): Float64Array[] | undefined {
  const { feedback } = problem;
  if (feedback === undefined) return undefined;
  if ('matrices' in feedback) return feedback.matrices.map((F) => Float64Array.from(F.flat()));
  if (!('draw' in feedback) || feedback.draw === 'ideal') return undefined;
  return feedbackShapes(rule, shapes).map((shape, i) => drawFeedback(feedback, shape, i + 1));
}

function drawFeedback(
  { draw, scale, shared = false, seed = 0 }: Extract<FeedbackSpec, { draw: string }>,
  { rows, columns, column, row }: FeedbackShape,
  l: number,
): Float64Array {
  const law = LAWS[draw as keyof typeof LAWS];
  const chosen = scale ?? law.scale;
  const factor = typeof chosen === 'number' ? chosen : SCALES[chosen](column, row);
  // The rows of a matrix stand one after the other, so the first rows are drawn alike whatever the height.
  const F = law.draw(rows, columns, seed, shared ? 0 : l, STREAMS.deepFeedback);
  return F.map((x) => factor * x);
}

/** Weights of layers of these fan-ins: their deviation, or their largest size. */
const INITS = {
  zero: () => undefined,
  /** PyTorch's own, for weights and biases: uniform between ±1/√fan-in. */
  pytorch: (fanIn: number) => ({ draw: uniformMatrix, scale: 1 / Math.sqrt(fanIn) }),
  /** He et al. 2015: normal of variance 2/fan-in. */
  he: (fanIn: number) => ({ draw: normalMatrix, scale: Math.sqrt(2 / fanIn) }),
} as const;

const lawOf = (init: InitSpec, fanIn: number) =>
  typeof init === 'string'
    ? INITS[init](fanIn)
    : 'normal' in init
      ? { draw: normalMatrix, scale: init.normal }
      : undefined;

/** W_1 … W_L at the start; those of a file are read by whoever trains. */
export function weightsOf(
  problem: ResolvedDeepProblem,
  seed = problem.network.seed,
  shapes: readonly LayerShape[] = shapesOf(problem),
): Float64Array[] {
  const { init } = problem.network;
  if (typeof init === 'object' && 'weights' in init)
    return init.weights.map((W) => Float64Array.from(W.flat()));
  return shapes.map(({ rows, fanIn }, i) => {
    const law = lawOf(init, fanIn);
    if (law === undefined) return new Float64Array(fanIn * rows);
    return law.draw(rows, fanIn, seed, i + 1, STREAMS.deepWeights).map((x) => law.scale * x);
  });
}

/** b_1 … b_L at the start: given, drawn as PyTorch does, or zero; undefined where layers have none. */
export function biasesOf(
  problem: ResolvedDeepProblem,
  seed = problem.network.seed,
  shapes: readonly LayerShape[] = shapesOf(problem),
): Float64Array[] | undefined {
  const { init, bias } = problem.network;
  if (!bias) return undefined;
  if (typeof init === 'object' && 'weights' in init && init.biases)
    return init.biases.map((b) => Float64Array.from(b));
  return shapes.map(({ rows, fanIn }, i) =>
    init === 'pytorch'
      ? uniformMatrix(rows, 1, seed, BIASES + i + 1, STREAMS.deepWeights).map((x) => x / Math.sqrt(fanIn))
      : new Float64Array(rows),
  );
}
