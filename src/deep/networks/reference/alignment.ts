/* Alignments of dense networks, Refinetti et al. (2021), eqs. 18 and 19, by the formulas. */
import { type DeepRule, deepRules } from '../../problem/index.ts';
import { type Example, inputsOf, targetsOf } from './examples.ts';
import { linearMapOf } from './linearMap.ts';
import { cosine, joined, product, transposed } from './matrices.ts';
import type { Feedback, ReferenceNetwork, Rows } from './network.ts';
import { passOf } from './pass.ts';
import { matrixFromAbove, signals } from './signals.ts';

/** Cosines layer by layer, and of all layers stacked; null where there is none. */
export interface Alignment {
  layers: (number | null)[];
  total: number | null;
}

/**
 * Weight alignment: the cosine of W_l with F_l F_{l−1}ᵀ for 1 < l < L and of W_L with F_{L−1}ᵀ; in total, of all these
 * stacked. Where errors come layer by layer, F_l = B_l … B_{L−1}.
 */
export function weightAlignment(network: ReferenceNetwork, rule: DeepRule, feedback: Feedback): Alignment {
  const { shapes, weights } = network;
  const L = shapes.length;
  const outputs = shapes[L - 1].rows;
  const F = toOutputs(network, rule, feedback);
  const pairs = weights.map((W, i): Pair | undefined => {
    const l = i + 1;
    if (l === 1 || F[l - 2] === undefined) return undefined;
    const back = transposed(F[l - 2], outputs);
    if (l === L) return [back, W];
    return F[l - 1] && [product(F[l - 1], back, outputs), W];
  });
  return alignmentOf(pairs);
}

/** F_l of the hidden layers that have one: what would bring e to layer l in a linear network. */
function toOutputs(network: ReferenceNetwork, rule: DeepRule, feedback: Feedback): Feedback {
  if (rule.feedback !== 'layers' && rule.feedback !== 'signs') return feedback;
  const { shapes } = network;
  const L = shapes.length;
  const F: Float64Array[] = [];
  for (let l = L - 1; l >= 1; l--) {
    const { toFeedback } = linearMapOf(shapes[l]);
    const B = toFeedback(matrixFromAbove(network, rule.hidden(l).by, feedback, l));
    F[l - 1] = l === L - 1 ? B : product(B, F[l], shapes[l].rows);
  }
  return F;
}

/**
 * Gradient alignment: the cosine of δa_l by the rule with δa_l by back-propagation, stacked over the examples, for
 * l < L; in total, of all these layers stacked.
 */
export function gradientAlignment(
  network: ReferenceNetwork,
  rule: DeepRule,
  feedback: Feedback,
  examples: readonly Example[],
): Alignment {
  const pass = passOf(network, inputsOf(examples));
  const by = (one: DeepRule, matrices: Feedback): readonly Rows[] =>
    signals(network, one, matrices, pass, targetsOf(examples)).delta;
  const [byRule, byBp] = [by(rule, feedback), by(deepRules.bp, [])];
  const hidden = network.weights.slice(0, -1);
  return alignmentOf([...hidden.map((_, i): Pair => [joined(byRule[i]), joined(byBp[i])]), undefined]);
}

type Pair = readonly [Float64Array, Float64Array];

function alignmentOf(pairs: readonly (Pair | undefined)[]): Alignment {
  const there = pairs.filter((pair) => pair !== undefined);
  return {
    layers: pairs.map((pair) => (pair ? cosine(...pair) : null)),
    total: cosine(joined(there.map(([one]) => one)), joined(there.map(([, other]) => other))),
  };
}
