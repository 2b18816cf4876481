import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  type Alignment,
  gradientAlignment,
  weightAlignment,
} from '../../../../src/deep/networks/reference/alignment.ts';
import {
  type Example,
  forward,
  gradientOf,
  meanLoss,
  step,
} from '../../../../src/deep/networks/reference/examples.ts';
import type { Gradient } from '../../../../src/deep/networks/reference/gradient.ts';
import type { Feedback, ReferenceNetwork } from '../../../../src/deep/networks/reference/network.ts';
import { drawTurn } from '../../../../src/deep/networks/reference/turn.ts';
import { signSizes } from '../../../../src/deep/networks/signSizes.ts';
import { pointActivations } from '../../../../src/deep/problem/activations.ts';
import { losses } from '../../../../src/deep/problem/losses.ts';
import { deepRules } from '../../../../src/deep/problem/rules.ts';
import type { LayerShape } from '../../../../src/deep/problem/shapes.ts';
import { normals, STREAMS } from '../../../../src/random/index.ts';

const { bp, fa, dfa, ifa, drtp } = deepRules;
const kolenPollack = deepRules['kolen-pollack'];
const perturbed = deepRules['perturbed-bp'];

/** Normal numbers of this size; each k has its own. */
function draw(length: number, size: number, k: number, seed = 1): Float64Array {
  const out = new Float64Array(length);
  normals(out, length, seed, k, 0, STREAMS.studentWeights);
  return out.map((z) => size * z);
}

const denseShapes = (widths: number[]): LayerShape[] =>
  widths.slice(1).map((rows, i) => ({ rows, fanIn: widths[i], units: rows }));

interface Made {
  activation?: string;
  loss?: string;
  bias?: boolean;
  seed?: number;
}

function makeNetwork(
  widths: number[],
  { activation = 'tanh', loss = 'squared', bias = true, seed = 1 }: Made = {},
): ReferenceNetwork {
  const weights = widths.slice(1).map((n, i) => draw(n * widths[i], 1 / Math.sqrt(widths[i]), i, seed));
  const shapes = denseShapes(widths);
  const network = { shapes, activation: pointActivations[activation], loss: losses[loss], weights };
  return bias ? { ...network, biases: widths.slice(1).map((n, i) => draw(n, 0.3, 20 + i, seed)) } : network;
}

/** Targets are positive and sum to one, as cross-entropy asks. */
function makeBatch(widths: number[], count: number): Example[] {
  return Array.from({ length: count }, (_, mu) => {
    const y = draw(widths[widths.length - 1], 1, 100 + mu).map(Math.exp);
    const all = y.reduce((sum, one) => sum + one, 0);
    return { x: draw(widths[0], 1, 50 + mu), y: y.map((one) => one / all) };
  });
}

const clone = (network: ReferenceNetwork): ReferenceNetwork => ({
  ...network,
  weights: network.weights.map((W) => W.slice()),
  ...(network.biases && { biases: network.biases.map((b) => b.slice()) }),
});

const flat = ({ weights, biases = [] }: Gradient): number[] =>
  [...weights, ...biases].flatMap((one) => [...one]);

/** Largest difference over largest size. */
function farthest(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  const size = Math.max(...Array.from(expected, Math.abs));
  return Math.max(...Array.from(found, (one, i) => Math.abs(one - expected[i]))) / size;
}

const matrix = (flatOne: Float64Array, columns: number): Matrix =>
  Matrix.from1DArray(flatOne.length / columns, columns, [...flatOne]);
const rowsOf = (one: Matrix): number[] => one.to1DArray();
const toArray = (one: Matrix): Float64Array => Float64Array.from(rowsOf(one));

/* A tanh network once more, by matrix formulas on a whole batch, an example being a column; layer l at index l. */

interface Batch {
  W: Matrix[];
  H: Matrix[];
  slope: Matrix[];
  E: Matrix;
  Y: Matrix;
}

function inMatrices({ shapes, weights, biases }: ReferenceNetwork, batch: readonly Example[]): Batch {
  const columns = (of: (example: Example) => Float64Array): Matrix =>
    new Matrix(batch.map((example) => [...of(example)])).transpose();
  const W = weights.map((one, i) => matrix(one, shapes[i].fanIn));
  W.unshift(new Matrix(0, 0));
  const H = [columns(({ x }) => x)];
  const slope = [new Matrix(0, 0)];
  const Y = columns(({ y }) => y);
  for (let l = 1; l < W.length; l++) {
    const A = W[l].mmul(H[l - 1]);
    if (biases) A.addColumnVector([...biases[l - 1]]);
    const last = l === W.length - 1;
    H.push(last ? A : Matrix.tanh(A));
    slope.push(Matrix.pow(Matrix.cosh(A), -2));
  }
  return { W, H, slope, E: Matrix.sub(H[W.length - 1], Y), Y };
}

/** The signals δa_1 … δa_L of a batch, by the hidden layers' (matrix, source) of the table of rules. */
const FORMULAS: Record<string, (batch: Batch, F: Matrix[]) => Matrix[]> = {
  bp: ({ W, slope, E }) => fromAbove(slope, E, (l) => W[l + 1].transpose()),
  fa: ({ slope, E }, B) => fromAbove(slope, E, (l) => B[l]),
  dfa: ({ slope, E }, F) => direct(slope, E, (l) => F[l].mmul(E)),
  ifa({ W, slope, E }, F) {
    const D = [new Matrix(0, 0), Matrix.mul(F[1].mmul(E), slope[1])];
    for (let l = 2; l < slope.length - 1; l++) D.push(Matrix.mul(W[l].mmul(D[l - 1]), slope[l]));
    return [...D, E];
  },
  drtp: ({ slope, E, Y }, F) => direct(slope, E, (l) => F[l].mmul(Y).mul(-1)),
  'sign-symmetric': ({ W, slope, E }, sizes) =>
    fromAbove(slope, E, (l) => Matrix.mul(Matrix.sign(W[l + 1]).transpose(), sizes[l])),
  'kolen-pollack': ({ slope, E }, B) => fromAbove(slope, E, (l) => B[l]),
  'last-layer': ({ slope, E }) => direct(slope, E, (l) => Matrix.zeros(slope[l].rows, E.columns)),
};

function fromAbove(slope: Matrix[], E: Matrix, back: (l: number) => Matrix): Matrix[] {
  const D = slope.slice();
  D[slope.length - 1] = E;
  for (let l = slope.length - 2; l > 0; l--) D[l] = Matrix.mul(back(l).mmul(D[l + 1]), slope[l]);
  return D;
}

const direct = (slope: Matrix[], E: Matrix, arrives: (l: number) => Matrix): Matrix[] =>
  slope.map((one, l) => (l === slope.length - 1 ? E : l === 0 ? one : Matrix.mul(arrives(l), one)));

/** Feedback of the shape that a rule asks for, every element drawn; sizes are positive. */
function makeFeedback(widths: number[], kind: string): Float64Array[] {
  const L = widths.length - 1;
  const B = widths.slice(1, -1).map((n, i) => draw(n * widths[i + 2], 0.5, 30 + i));
  if (kind === 'layers') return B;
  if (kind === 'signs') return B.map((sizes) => sizes.map(Math.abs));
  const F = widths.slice(1, -1).map((n, i) => draw(n * widths[L], 0.6, 40 + i));
  return kind === 'outputs' ? F : kind === 'first' ? F.slice(0, 1) : [];
}

const feedbackMatrices = (widths: number[], kind: string, feedback: Feedback): Matrix[] => [
  new Matrix(0, 0),
  ...feedback.map((one, i) => {
    if (kind === 'signs') return matrix(one, widths[i + 1]).transpose();
    return matrix(one, kind === 'layers' ? widths[i + 2] : widths[widths.length - 1]);
  }),
];

const WIDTHS = [5, 4, 3, 6, 2];
const L = WIDTHS.length - 1;
const BATCH = makeBatch(WIDTHS, 7);

describe('back-propagation', () => {
  const widths = [3, 4, 5, 2];
  const batch = makeBatch(widths, 3);
  const cases = Object.keys(pointActivations).flatMap((activation) =>
    Object.keys(losses).map((loss) => ({ activation, loss })),
  );

  it.each(cases)('is the slope of the loss: $activation, $loss', ({ activation, loss }) => {
    const network = makeNetwork(widths, { activation, loss, seed: 9 });
    const h = 2e-3;
    // No hidden unit is so near a kink that a difference reaches across it.
    for (const { x } of batch)
      for (const a of forward(network, x).a.slice(0, -1))
        for (const one of a) expect(Math.abs(one)).toBeGreaterThan(8 * h);
    const slopes = [...network.weights, ...(network.biases ?? [])].flatMap((parameters) =>
      [...parameters].map((value, i) => {
        const at = (by: number): number => {
          parameters[i] = value + by;
          const found = meanLoss(network, batch);
          parameters[i] = value;
          return found;
        };
        return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      }),
    );
    expect(farthest(flat(gradientOf(network, bp, [], batch)), slopes)).toBeLessThan(1e-9);
  });
});

describe.each(Object.entries(FORMULAS))('%s', (name, formula) => {
  const rule = deepRules[name];
  const feedback = makeFeedback(WIDTHS, rule.feedback);

  it.each([true, false])('has the gradient that matrix formulas give; biases: %s', (bias) => {
    const network = makeNetwork(WIDTHS, { bias });
    const batch = inMatrices(network, BATCH);
    const D = formula(batch, feedbackMatrices(WIDTHS, rule.feedback, feedback));
    const gradient = gradientOf(network, rule, feedback, BATCH);
    for (let l = 1; l <= L; l++) {
      const expected = D[l].mmul(batch.H[l - 1].transpose()).div(BATCH.length);
      if (name === 'last-layer' && l < L)
        expect([...gradient.weights[l - 1]]).toEqual(rowsOf(expected).map(() => 0));
      else expect(farthest(gradient.weights[l - 1], rowsOf(expected)), `W_${l}`).toBeLessThan(1e-13);
      const means = D[l].mean('row');
      if (bias && !(name === 'last-layer' && l < L))
        expect(farthest(gradient.biases?.[l - 1] ?? [], means), `b_${l}`).toBeLessThan(1e-13);
    }
    expect(gradient.biases === undefined).toBe(!bias);
  });

  it('steps against it, with the weights of before the step', () => {
    const network = makeNetwork(WIDTHS);
    const before = clone(network);
    const batch = inMatrices(before, BATCH);
    const D = formula(batch, feedbackMatrices(WIDTHS, rule.feedback, feedback));
    const rates = [0.7, 0.5, 1.1, 0.3];
    const decay = 0.2;
    step(
      network,
      rule,
      feedback.map((one) => one.slice()),
      BATCH,
      rates,
      { decay },
    );
    for (let l = 1; l <= L; l++) {
      const gradient = D[l].mmul(batch.H[l - 1].transpose()).div(BATCH.length);
      if (name === 'last-layer' && l < L) gradient.mul(0);
      const W = Matrix.sub(batch.W[l], gradient.add(Matrix.mul(batch.W[l], decay)).mul(rates[l - 1]));
      expect(farthest(network.weights[l - 1], rowsOf(W)), `W_${l}`).toBeLessThan(1e-13);
      const slope = name === 'last-layer' && l < L ? D[l].mean('row').map(() => 0) : D[l].mean('row');
      const b = before.biases?.[l - 1].map((value, i) => value - rates[l - 1] * slope[i]);
      expect(farthest(network.biases?.[l - 1] ?? [], b ?? [])).toBeLessThan(1e-13);
    }
  });
});

it('every rule is compared with a formula, but for the one that turns its gradient', () => {
  expect(Object.keys(deepRules).filter((name) => !deepRules[name].turns)).toEqual(Object.keys(FORMULAS));
});

it('a pass has a_1 … a_L, h_0 … h_{L−1} and the output', () => {
  const network = makeNetwork(WIDTHS, { loss: 'cross-entropy' });
  const { H } = inMatrices(network, BATCH);
  const { a, h, output } = forward(network, BATCH[2].x);
  expect(a.map((one) => one.length)).toEqual(WIDTHS.slice(1));
  expect(h.map((one) => one.length)).toEqual(WIDTHS.slice(0, -1));
  h.forEach((one, l) => {
    expect(farthest(one, H[l].getColumn(2))).toBeLessThan(1e-14);
  });
  expect(farthest(a[L - 1], H[L].getColumn(2))).toBeLessThan(1e-14);
  const all = a[L - 1].reduce((sum, one) => sum + Math.exp(one), 0);
  expect(
    farthest(
      output,
      a[L - 1].map((one) => Math.exp(one) / all),
    ),
  ).toBeLessThan(1e-14);
});

it('the mean loss is that of the batch', () => {
  const network = makeNetwork(WIDTHS);
  const { E } = inMatrices(network, BATCH);
  expect(meanLoss(network, BATCH)).toBeCloseTo(E.norm('frobenius') ** 2 / 2 / BATCH.length, 13);
});

describe('feedback alignment', () => {
  const network = makeNetwork(WIDTHS);
  const back = network.weights.slice(1).map((W, i) => toArray(matrix(W, WIDTHS[i + 1]).transpose()));

  it('by the transposed weights is back-propagation, and by others is not', () => {
    expect(gradientOf(network, fa, back, BATCH)).toEqual(gradientOf(network, bp, [], BATCH));
    expectSame(gradientAlignment(network, fa, back, BATCH), { layers: [1, 1, 1, null], total: 1 });
    const { layers } = gradientAlignment(network, fa, makeFeedback(WIDTHS, 'layers'), BATCH);
    for (const cosine of layers.slice(0, -1)) expect(Math.abs(cosine ?? 1)).toBeLessThan(0.95);
  });

  it('is direct where there is one hidden layer', () => {
    const widths = [5, 4, 3];
    const shallow = makeNetwork(widths);
    const batch = makeBatch(widths, 4);
    const F = makeFeedback(widths, 'outputs');
    expect(gradientOf(shallow, fa, F, batch)).toEqual(gradientOf(shallow, dfa, F, batch));
    expect(gradientOf(shallow, ifa, F, batch)).toEqual(gradientOf(shallow, dfa, F, batch));
  });

  it('is direct by F_l = B_l … B_{L−1} in a linear network', () => {
    const linear = makeNetwork(WIDTHS, { activation: 'linear' });
    const B = makeFeedback(WIDTHS, 'layers');
    const [, B1, B2, B3] = feedbackMatrices(WIDTHS, 'layers', B);
    const F = [B1.mmul(B2).mmul(B3), B2.mmul(B3), B3].map(toArray);
    const byLayers = flat(gradientOf(linear, fa, B, BATCH));
    expect(farthest(byLayers, flat(gradientOf(linear, dfa, F, BATCH)))).toBeLessThan(1e-14);
    expect(weightAlignment(linear, fa, B).total).toBeCloseTo(weightAlignment(linear, dfa, F).total ?? 0, 14);
  });
});

it('kolen-pollack: feedback becomes the transposed weights, at the rate of the decay', () => {
  const network = makeNetwork(WIDTHS);
  const B = makeFeedback(WIDTHS, 'layers');
  const apart = (): number[] =>
    B.flatMap((one, i) => {
      const W = matrix(network.weights[i + 1], WIDTHS[i + 1]);
      return rowsOf(Matrix.sub(matrix(one, WIDTHS[i + 2]), W.transpose()));
    });
  const start = apart();
  const [eta, decay] = [0.1, 0.2];
  const few = 10;
  for (let i = 0; i < few; i++) step(network, kolenPollack, B, BATCH, eta, { decay });
  expect(
    farthest(
      apart(),
      start.map((one) => one * (1 - eta * decay) ** few),
    ),
  ).toBeLessThan(1e-13);
  for (let i = 0; i < 1000; i++) step(network, kolenPollack, B, BATCH, eta, { decay });
  expect(Math.max(...apart().map(Math.abs))).toBeLessThan(1e-8);
  const byFeedback = gradientOf(network, kolenPollack, B, BATCH);
  expect(farthest(flat(byFeedback), flat(gradientOf(network, bp, [], BATCH)))).toBeLessThan(1e-7);
});

it('other rules leave their feedback alone', () => {
  for (const rule of [fa, dfa, ifa, drtp, deepRules['sign-symmetric']]) {
    const feedback = makeFeedback(WIDTHS, rule.feedback);
    step(makeNetwork(WIDTHS), rule, feedback, BATCH, 0.1, { decay: 0.3 });
    expect(feedback).toEqual(makeFeedback(WIDTHS, rule.feedback));
  }
});

it('uniform sizes are the root mean square of weights that start between ±1/√fan-in', () => {
  const sizes = signSizes({ shapes: denseShapes(WIDTHS), spec: undefined, seed: 1 });
  expect(sizes.map((one) => one.length)).toEqual([4 * 3, 3 * 6, 6 * 2]);
  [4, 3, 6].forEach((fanIn, i) => {
    // ∫ w² dw √n/2 over ±1/√n, by midpoints.
    const points = Array.from({ length: 2000 }, (_, k) => (2 * (k + 0.5)) / 2000 - 1);
    const square = points.reduce((sum, u) => sum + (u * u) / fanIn, 0) / points.length;
    for (const one of sizes[i]) expect(one).toBeCloseTo(Math.sqrt(square), 6);
  });
});

describe('perturbed back-propagation', () => {
  const network = makeNetwork(WIDTHS);
  const exact = gradientOf(network, bp, [], BATCH);
  const layer = ({ weights, biases }: Gradient, i: number): Matrix =>
    Matrix.columnVector([...weights[i], ...(biases?.[i] ?? [])]);
  const hidden = (gradient: Gradient): Matrix =>
    Matrix.columnVector([0, 1, 2].flatMap((i) => rowsOf(layer(gradient, i))));
  const cosine = (one: Matrix, other: Matrix): number => one.dot(other) / (one.norm() * other.norm());

  it.each([-1, -0.4, 0, 0.25, 0.9, 1])('has the cosine %d with the gradient, and its length', (c) => {
    const turned = gradientOf(network, perturbed, [], BATCH, drawTurn(network, c, 3, 11));
    for (let i = 0; i < L - 1; i++) {
      expect(cosine(layer(turned, i), layer(exact, i)), `layer ${i + 1}`).toBeCloseTo(c, 14);
      expect(layer(turned, i).norm() / layer(exact, i).norm()).toBeCloseTo(1, 14);
    }
    expect(cosine(hidden(turned), hidden(exact))).toBeCloseTo(c, 14);
    expect(rowsOf(layer(turned, L - 1))).toEqual(rowsOf(layer(exact, L - 1)));
  });

  it('turns towards the random vector, and nowhere else', () => {
    const turn = drawTurn(network, 0.3, 3, 11);
    const turned = gradientOf(network, perturbed, [], BATCH, turn);
    for (let i = 0; i < L - 1; i++) {
      // Normal equations for turned = u G + v r.
      const basis = new Matrix([rowsOf(layer(exact, i)), [...turn.vectors[i]]]);
      const gram = basis.mmul(basis.transpose());
      const rhs = basis.mmul(layer(turned, i));
      const det = gram.get(0, 0) * gram.get(1, 1) - gram.get(0, 1) ** 2;
      const u = (gram.get(1, 1) * rhs.get(0, 0) - gram.get(0, 1) * rhs.get(1, 0)) / det;
      const v = (gram.get(0, 0) * rhs.get(1, 0) - gram.get(0, 1) * rhs.get(0, 0)) / det;
      expect(v).toBeGreaterThan(0);
      const again = basis.transpose().mmul(Matrix.columnVector([u, v]));
      expect(farthest(rowsOf(again), rowsOf(layer(turned, i)))).toBeLessThan(1e-12);
    }
  });

  it('draws the same vector for the same step, and another for every other', () => {
    const vectors = (seed: number, at: number): number[][] =>
      drawTurn(network, 0.3, seed, at).vectors.map((one) => [...one]);
    expect(vectors(3, 11)).toEqual(vectors(3, 11));
    const firsts = [vectors(3, 11), vectors(3, 12), vectors(4, 11)].flat().map(([first]) => first);
    expect(new Set(firsts).size).toBe(9);
    expect(vectors(3, 11).map((one) => one.length)).toEqual([4 * 5 + 4, 3 * 4 + 3, 6 * 3 + 6]);
  });

  it('steps by the turned gradient', () => {
    const turn = drawTurn(network, -0.5, 1, 2);
    const turned = gradientOf(network, perturbed, [], BATCH, turn);
    const moved = clone(network);
    step(moved, perturbed, [], BATCH, 0.3, { turn });
    const expected = network.weights.flatMap((W, i) => [...W.map((w, k) => w - 0.3 * turned.weights[i][k])]);
    expect(moved.weights.flatMap((W) => [...W])).toEqual(expected);
  });

  it('refuses to start without an angle, and vectors of another length', () => {
    expect(() => gradientOf(network, perturbed, [], BATCH)).toThrow('needs an angle');
    const bare = makeNetwork(WIDTHS, { bias: false });
    const turn = drawTurn(bare, 0.3, 1, 0);
    expect(() => gradientOf(network, perturbed, [], BATCH, turn)).toThrow('layer 1: 24 elements');
    expect(gradientOf(bare, perturbed, [], BATCH, turn).biases).toBeUndefined();
  });

  it('leaves a gradient of zero as it is', () => {
    const zero = clone(network);
    for (const W of zero.weights) W.fill(0);
    const turned = gradientOf(zero, perturbed, [], BATCH, drawTurn(zero, 0.3, 1, 0));
    expect(turned).toEqual(gradientOf(zero, bp, [], BATCH));
  });
});

/** Cosines by sums over elements. */
function cosines(pairs: ([Matrix, Matrix] | null)[]): Alignment {
  const of = (some: [Matrix, Matrix][]): number => {
    const sum = (i: number, j: number): number =>
      some.reduce((all, pair) => all + Matrix.mul(pair[i], pair[j]).sum(), 0);
    return sum(0, 1) / Math.sqrt(sum(0, 0) * sum(1, 1));
  };
  return {
    layers: pairs.map((pair) => pair && of([pair])),
    total: of(pairs.filter((pair) => pair !== null)),
  };
}

function expectSame(found: Alignment, expected: Alignment): void {
  expect(found.layers.length).toBe(expected.layers.length);
  [...found.layers, found.total].forEach((one, i) => {
    const other = [...expected.layers, expected.total][i];
    if (other === null) expect(one).toBeNull();
    else expect(one).toBeCloseTo(other, 13);
  });
}

const NONE = { layers: [null, null, null, null], total: null };

describe('weight alignment', () => {
  const network = makeNetwork(WIDTHS);
  const { W } = inMatrices(network, BATCH);
  const byOutputs = (F: Matrix[]): Alignment =>
    cosines([
      null,
      [F[2].mmul(F[1].transpose()), W[2]],
      [F[3].mmul(F[2].transpose()), W[3]],
      [F[3].transpose(), W[4]],
    ]);

  it.each(['dfa', 'drtp'])('of %s is that of W_l with F_l F_{l−1}ᵀ', (name) => {
    const F = makeFeedback(WIDTHS, 'outputs');
    expectSame(
      weightAlignment(network, deepRules[name], F),
      byOutputs(feedbackMatrices(WIDTHS, 'outputs', F)),
    );
  });

  it.each(['fa', 'kolen-pollack'])('of %s is that with F_l = B_l … B_{L−1}', (name) => {
    const B = makeFeedback(WIDTHS, 'layers');
    const [none, B1, B2, B3] = feedbackMatrices(WIDTHS, 'layers', B);
    const F = [none, B1.mmul(B2).mmul(B3), B2.mmul(B3), B3];
    expectSame(weightAlignment(network, deepRules[name], B), byOutputs(F));
  });

  it('of sign-symmetric feedback is that with its B_l', () => {
    const sizes = makeFeedback(WIDTHS, 'signs');
    const B = feedbackMatrices(WIDTHS, 'signs', sizes).map((M, l) =>
      l === 0 ? M : Matrix.mul(M, Matrix.sign(W[l + 1]).transpose()),
    );
    const F = [B[0], B[1].mmul(B[2]).mmul(B[3]), B[2].mmul(B[3]), B[3]];
    expectSame(weightAlignment(network, deepRules['sign-symmetric'], sizes), byOutputs(F));
  });

  it('of rules without feedback is none, or that with the F they are given', () => {
    const F = makeFeedback(WIDTHS, 'outputs');
    for (const rule of [bp, perturbed, deepRules['last-layer']]) {
      expect(weightAlignment(network, rule, [])).toEqual(NONE);
      expect(weightAlignment(network, rule, F)).toEqual(weightAlignment(network, dfa, F));
    }
  });

  it('of ifa exists with one hidden layer alone', () => {
    expect(weightAlignment(network, ifa, makeFeedback(WIDTHS, 'first'))).toEqual(NONE);
    const widths = [5, 4, 3];
    const shallow = makeNetwork(widths);
    const F = makeFeedback(widths, 'first');
    const { layers, total } = weightAlignment(shallow, ifa, F);
    expect(layers[0]).toBeNull();
    expect(layers[1]).toBe(total);
    expect(weightAlignment(shallow, dfa, F)).toEqual({ layers, total });
  });

  it('is 1 where weights are what feedback would make of them', () => {
    const F = makeFeedback(WIDTHS, 'outputs');
    const [, F1, F2, F3] = feedbackMatrices(WIDTHS, 'outputs', F);
    const aligned = clone(network);
    [F2.mmul(F1.transpose()), F3.mmul(F2.transpose()), F3.transpose()].forEach((M, i) => {
      aligned.weights[i + 1].set(rowsOf(M.mul(i + 1)));
    });
    const { layers, total } = weightAlignment(aligned, dfa, F);
    expect(layers.map((one) => one?.toFixed(12))).toEqual([undefined, ...Array(3).fill('1.000000000000')]);
    expect(total).toBeLessThan(1);
    expect(total).toBeGreaterThan(0.5);
  });

  it('of weights zero is none', () => {
    const F = makeFeedback(WIDTHS, 'outputs');
    const zero = clone(network);
    zero.weights[2].fill(0);
    const { layers, total } = weightAlignment(zero, dfa, F);
    expect(layers.map((one) => one === null)).toEqual([true, false, true, false]);
    expect(total).not.toBeNull();
    for (const one of zero.weights) one.fill(0);
    expect(weightAlignment(zero, dfa, F)).toEqual(NONE);
  });
});

describe('gradient alignment', () => {
  const network = makeNetwork(WIDTHS);

  it.each(Object.keys(FORMULAS).filter((name) => name !== 'last-layer'))(
    'of %s is that of its signals with those of back-propagation',
    (name) => {
      const rule = deepRules[name];
      const feedback = makeFeedback(WIDTHS, rule.feedback);
      const batch = inMatrices(network, BATCH);
      const D = FORMULAS[name](batch, feedbackMatrices(WIDTHS, rule.feedback, feedback));
      const byBp = FORMULAS.bp(batch, []);
      const pairs = [1, 2, 3].map((l): [Matrix, Matrix] => [D[l], byBp[l]]);
      expectSame(gradientAlignment(network, rule, feedback, BATCH), cosines([...pairs, null]));
    },
  );

  it('is none where a signal is zero: only the last layer learns, or weights are zero', () => {
    expect(gradientAlignment(network, deepRules['last-layer'], [], BATCH)).toEqual(NONE);
    const zero = clone(network);
    for (const W of zero.weights) W.fill(0);
    expect(gradientAlignment(zero, dfa, makeFeedback(WIDTHS, 'outputs'), BATCH)).toEqual(NONE);
  });

  it('is never beyond 1 by rounding', () => {
    for (let count = 1; count < 8; count++) {
      const { layers, total } = gradientAlignment(network, bp, [], BATCH.slice(0, count));
      for (const one of [...layers.slice(0, -1), total]) {
        expect(one).toBeLessThanOrEqual(1);
        expect(one).toBeGreaterThan(1 - 1e-14);
      }
    }
  });
});
