import type { State } from '../../deep/networks/index.ts';
import { activationOf, type DeepProblem } from '../../deep/problem/index.ts';
import { bestAssignment } from '../../numbers/assignment.ts';

/** Of each pair of networks, the cosine as they stand, and with their hidden units matched. */
export interface MatchedCosine {
  asTheyStand: number[];
  matched: number[];
}

/** The weights of a network and their sizes: W_l is sizes[l] × sizes[l − 1]. */
interface Weights {
  W: ArrayLike<number>[];
  sizes: number[];
}

/** For each layer from the inputs to the outputs, to which unit of the other network each unit belongs, and its sign. */
type Matching = { unit: number[]; sign: number[] }[];

/** Rounds over all layers, at most. */
const ROUNDS = 50;

/**
 * The cosine of the weights of networks 1 and 2, 3 and 4, …: as they stand, and when the hidden units of the second are
 * put in the order in which it is largest, as networks that differ by this order alone are the same function. Where
 * g(−x) = −g(x), the sign of a unit is free as well. Layer by layer the best order is found, given those above and below,
 * until none is better: a maximum from this start on, not always the largest there is.
 */
export function matchedCosine(
  networks: ReadonlyMap<number, State>,
  { network: { widths = [], activation } }: DeepProblem,
): MatchedCosine {
  const weights = [...networks.keys()]
    .toSorted((a, b) => a - b)
    .map((run) => weightsOf(networks.get(run) as State, widths));
  const { g } = activationOf(activation);
  const isOdd = [0.3, 1, 2].every((x) => g(-x) === -g(x));
  const found: MatchedCosine = { asTheyStand: [], matched: [] };
  for (let i = 0; i + 1 < weights.length; i += 2) {
    const [one, other] = [weights[i], weights[i + 1]];
    const size = Math.sqrt(overlap(one, one, plain(one)) * overlap(other, other, plain(other)));
    found.asTheyStand.push(overlap(one, other, plain(one)) / size);
    found.matched.push(overlap(one, other, match(one, other, isOdd)) / size);
  }
  return found;
}

const weightsOf = (state: State, sizes: readonly number[]): Weights => ({
  W: sizes.slice(1).map((_, i) => state[`W_${i + 1}`]),
  sizes: [...sizes],
});

const plain = ({ sizes }: Weights): Matching =>
  sizes.map((n) => ({ unit: Array.from({ length: n }, (_, i) => i), sign: new Array<number>(n).fill(1) }));

/** The sum over layers of W_l · W'_l, the units of the other network in this order. */
function overlap(one: Weights, other: Weights, matching: Matching): number {
  let sum = 0;
  one.W.forEach((W, i) => {
    const [below, above] = [matching[i], matching[i + 1]];
    const columns = one.sizes[i];
    for (let r = 0; r < one.sizes[i + 1]; r++)
      for (let c = 0; c < columns; c++)
        sum +=
          W[r * columns + c] *
          other.W[i][above.unit[r] * columns + below.unit[c]] *
          above.sign[r] *
          below.sign[c];
  });
  return sum;
}

function match(one: Weights, other: Weights, isOdd: boolean): Matching {
  const matching = plain(one);
  let best = overlap(one, other, matching);
  for (let round = 0; round < ROUNDS; round++) {
    for (let l = 1; l < one.sizes.length - 1; l++) {
      const gain = gainsOf(one, other, matching, l);
      const n = one.sizes[l];
      const unit = bestAssignment(isOdd ? gain.map(Math.abs) : gain, n);
      matching[l] = {
        unit,
        sign: unit.map((j, i) => (isOdd && gain[i * n + j] < 0 ? -1 : 1)),
      };
    }
    const now = overlap(one, other, matching);
    if (!(now > best * (1 + 1e-9))) return matching;
    best = now;
  }
  return matching;
}

/** What it is worth to take unit k of the other network for unit i, by what comes in and what goes out. */
function gainsOf(one: Weights, other: Weights, matching: Matching, l: number): Float64Array {
  const [below, n, above] = one.sizes.slice(l - 1, l + 2);
  const gain = new Float64Array(n * n);
  const [under, over] = [matching[l - 1], matching[l + 1]];
  const [W, V] = [one.W[l - 1], other.W[l - 1]];
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      let sum = 0;
      for (let j = 0; j < below; j++) sum += W[i * below + j] * under.sign[j] * V[k * below + under.unit[j]];
      gain[i * n + k] = sum;
    }
  const [up, upper] = [one.W[l], other.W[l]];
  for (let m = 0; m < above; m++)
    for (let i = 0; i < n; i++) {
      const w = up[m * n + i] * over.sign[m];
      for (let k = 0; k < n; k++) gain[i * n + k] += w * upper[over.unit[m] * n + k];
    }
  return gain;
}
