import { Matrix, pseudoInverse } from 'ml-matrix';
import { conditionOf } from '../linear/index.ts';
import { type DeepProblem, resolveDeepProblem } from '../problem/index.ts';
import { toOutputs } from './alignment.ts';
import type { State } from './backend.ts';
import { planOf } from './plan.ts';
import { shapesWith } from './savedNetwork.ts';

/** What there is of alignment matrices in the weights of a network; index l − 1 is layer l. */
export interface AlignmentMatrices {
  /** A_1 … A_L; null for a layer that has none, as a convolution. */
  matrices: (number[][] | null)[];
  /** The largest singular value over the smallest; infinite for a singular matrix, NaN for zero. */
  condition: (number | null)[];
  /** |F_l A_l F_{l−1}ᵀ|/|W_l|: 1 where the weights are this product, NaN for zero. */
  share: (number | null)[];
}

/**
 * The alignment matrices of a trained network (Refinetti et al. 2021, eqs. 12 to 15): those for which F_1 A_1, F_l A_l F_{l−1}ᵀ
 * and A_L F_{L−1}ᵀ are nearest to W_1, W_l and W_L, with the feedback of the problem's last rule. Linear networks that learn
 * by DFA from zero weights are these products; others have a share of their weights there. Null where a rule has no
 * feedback.
 */
export function alignmentMatrices(problem: DeepProblem, network: State): AlignmentMatrices | null {
  const resolved = resolveDeepProblem(problem);
  const { rule, schedule = [] } = resolved;
  const shapes = shapesWith(resolved, network.W_1?.length);
  const L = shapes.length;
  const plan = planOf(resolved, shapes[0].fanIn, 1, { steps: 1, start: 1 }, network);
  const last = schedule.reduce((now, entry) => entry.rule ?? now, rule);
  const feedback = toOutputs(plan, network, last);
  if (feedback.every((F) => F === undefined)) return null;
  /** F_l, and 1 for the inputs and the outputs. */
  const factors = Array.from({ length: L + 1 }, (_, l): Matrix | 'one' | undefined => {
    if (l === 0 || l === L) return 'one';
    const F = feedback[l - 1];
    return F && Matrix.from1DArray(shapes[l - 1].units, shapes[L - 1].rows, Array.from(F));
  });
  const found: AlignmentMatrices = { matrices: [], condition: [], share: [] };
  shapes.forEach(({ rows, fanIn, window }, i) => {
    const [below, above] = [factors[i], factors[i + 1]];
    if (window !== undefined || below === undefined || above === undefined) {
      for (const list of Object.values(found)) list.push(null);
      return;
    }
    const W = Matrix.from1DArray(rows, fanIn, Array.from(network[`W_${i + 1}`]));
    const A = nearest(below, nearest(above, W).transpose()).transpose();
    const product = times(below, times(above, A).transpose());
    found.matrices.push(A.to2DArray());
    found.condition.push(conditionOf(A.to2DArray()));
    found.share.push(product.norm() / W.norm());
  });
  return found;
}

/** The X for which F X is nearest to W. */
function nearest(F: Matrix | 'one', W: Matrix): Matrix {
  if (F === 'one') return W;
  const inverse = F.rows < F.columns ? pseudoInverse(F.transpose()).transpose() : pseudoInverse(F);
  return inverse.mmul(W);
}

const times = (F: Matrix | 'one', A: Matrix): Matrix => (F === 'one' ? A : F.mmul(A));
