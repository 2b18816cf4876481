import { describe, expect, it } from 'vitest';
import { matchedCosine } from '../../../src/figures/deep/matchedCosine.ts';
import type { DeepProblem, NetworkState } from '../../../src/index.ts';
import { draw } from '../../deep/networks/plans.ts';

const WIDTHS = [7, 12, 9, 4];
const problem = (activation: string): DeepProblem =>
  ({ network: { widths: WIDTHS, activation } }) as unknown as DeepProblem;
const drawn = (k: number): NetworkState =>
  Object.fromEntries(
    WIDTHS.slice(1).map((n, i) => [`W_${i + 1}`, draw(n * WIDTHS[i], 1, 10 * k + i)]),
  ) as NetworkState;

/** The same function: hidden units in another order, and by turns with the other sign. */
function disguised(network: NetworkState, signs: boolean): NetworkState {
  const place = (l: number, i: number): number => (l === 0 || l === 3 ? i : (5 * i + l) % WIDTHS[l]);
  const sign = (l: number, i: number): number => (signs && l > 0 && l < 3 && i % 2 === 1 ? -1 : 1);
  return Object.fromEntries(
    WIDTHS.slice(1).map((n, at) => {
      const l = at + 1;
      const columns = WIDTHS[at];
      const W = new Float64Array(n * columns);
      for (let r = 0; r < n; r++)
        for (let c = 0; c < columns; c++)
          W[place(l, r) * columns + place(at, c)] =
            sign(l, r) * sign(at, c) * network[`W_${l}`][r * columns + c];
      return [`W_${l}`, W];
    }),
  ) as NetworkState;
}

const of = (activation: string, ...networks: NetworkState[]) =>
  matchedCosine(new Map(networks.map((one, run) => [run, one])), problem(activation));

describe('the cosine of networks with their units matched', () => {
  it('is 1 for one network in disguise, with signs where the activation is odd', () => {
    for (const [activation, signs] of [
      ['relu', false],
      ['tanh', true],
    ] as const) {
      const one = drawn(1);
      const { asTheyStand, matched } = of(activation, one, disguised(one, signs));
      expect(Math.abs(asTheyStand[0])).toBeLessThan(0.6);
      expect(matched[0]).toBeCloseTo(1, 12);
    }
  });

  it('does not turn signs of relu units', () => {
    const one = drawn(1);
    expect(of('relu', one, disguised(one, true)).matched[0]).toBeLessThan(0.9);
  });

  it('pairs the first run with the second and so on, and is never below the cosine as they stand', () => {
    const all = [1, 2, 3, 4, 5].map(drawn);
    const { asTheyStand, matched } = of('tanh', ...all);
    expect(matched).toHaveLength(2);
    const [one, other] = [all[2], all[3]].map((network) => Object.values(network).flatMap((W) => [...W]));
    const dot = (a: number[], b: number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
    expect(asTheyStand[1]).toBeCloseTo(dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other)), 12);
    matched.forEach((cosine, i) => {
      expect(cosine).toBeGreaterThanOrEqual(asTheyStand[i]);
    });
  });
});
