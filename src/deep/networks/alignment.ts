import { product, productT } from '../../numbers/matrix.ts';
import { deepRules } from '../problem/index.ts';
import type { NetworkPlan, State } from './backend.ts';
import { addNumbers, addSums, cosineOf, noSums } from './cosine.ts';
import { placeOf } from './layout.ts';
import { signSizes } from './signSizes.ts';

/**
 * Weight alignment, Refinetti et al. (2021), eqs. 18 and 19: the cosine of W_l with F_l F_{l−1}ᵀ for 1 < l < L and of W_L
 * with F_{L−1}ᵀ; in total, of all these stacked. Where errors come layer by layer, F_l = B_l … B_{L−1}. Convolutions have
 * none: their weights are no matrix from units to units.
 */
export function weightAlignment(row: Float64Array, plan: NetworkPlan, state: State, rule: string): void {
  const { shapes } = plan;
  const L = shapes.length;
  const outputs = shapes[L - 1].rows;
  const F = toOutputs(plan, state, rule);
  const all = noSums();
  for (let l = 2; l <= L; l++) {
    const { rows, fanIn, window } = shapes[l - 1];
    const below = F[l - 2];
    const own = l === L ? undefined : F[l - 1];
    if (window !== undefined || below === undefined || (l < L && own === undefined)) continue;
    const back = new Float64Array(rows * fanIn);
    if (own === undefined)
      for (let i = 0; i < fanIn; i++)
        for (let k = 0; k < rows; k++) back[k * fanIn + i] = below[i * rows + k];
    else productT(back, own, below, rows, outputs, fanIn);
    const sums = noSums();
    addNumbers(sums, state[`W_${l}`], back);
    addSums(all, sums);
    row[placeOf('weightAlignment', L, l)] = cosineOf(sums);
  }
  row[placeOf('weightAlignment', L)] = cosineOf(all);
}

/** F_l of the hidden layers that have one: what would bring e to the units of layer l in a linear network. */
export function toOutputs(plan: NetworkPlan, state: State, rule: string): (ArrayLike<number> | undefined)[] {
  const { shapes, feedback } = plan;
  const { feedback: kind, trainsFeedback } = deepRules[rule];
  const matrices = feedback[rule] ?? [];
  if (kind !== 'layers' && kind !== 'signs') return [...matrices];
  const L = shapes.length;
  const outputs = shapes[L - 1].rows;
  const sizes = kind === 'signs' ? signSizes(plan) : [];
  const F: (ArrayLike<number> | undefined)[] = [];
  for (let l = L - 1; l >= 1; l--) {
    const { rows, fanIn, window } = shapes[l];
    // Through a convolution a matrix from the outputs is none of units alone.
    if (window !== undefined) break;
    const B =
      kind === 'signs'
        ? signed(state[`W_${l + 1}`], sizes[l - 1], rows, fanIn)
        : trainsFeedback
          ? state[`B_${l}`]
          : matrices[l - 1];
    if (l === L - 1) F[l - 1] = B;
    else {
      const down = new Float64Array(fanIn * outputs);
      product(down, B, F[l] as ArrayLike<number>, fanIn, rows, outputs);
      F[l - 1] = down;
    }
  }
  return F;
}

/** sgn(W)ᵀ with these sizes. */
function signed(W: ArrayLike<number>, sizes: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const B = new Float64Array(rows * columns);
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++)
      B[i * rows + j] = sizes[j * columns + i] * Math.sign(W[j * columns + i]);
  return B;
}
