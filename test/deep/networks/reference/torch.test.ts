import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { NetworkPlan } from '../../../../src/deep/networks/backend.ts';
import { referenceBackend } from '../../../../src/deep/networks/reference/backend.ts';
import type { LayerSpec } from '../../../../src/deep/problem/index.ts';
import { farthest, makePlan } from '../plans.ts';

/* Networks trained by PyTorch: test/fixtures/networks/make-torch.py. */

type Numbers = Record<string, number[]>;

interface Stored {
  side: number;
  batches: number[][];
  rates: number[];
  decay: number;
  cases: Record<
    string,
    Pick<NetworkPlan, 'optimizer' | 'activation' | 'loss' | 'batchNorm'> & {
      layers: LayerSpec[];
      x: number[];
      y: number[];
      start: Numbers;
      first: Numbers;
      last: Numbers;
      outputs: number[];
    }
  >;
}

const file = new URL('../../../fixtures/networks/torch.json', import.meta.url);
const { side, batches, rates, decay, cases } = JSON.parse(readFileSync(file, 'utf8')) as Stored;

const inArrays = (numbers: Numbers): Record<string, Float64Array> =>
  Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, Float64Array.from(values)]));

it.each(Object.keys(cases))('%s: each step is that of PyTorch', (name) => {
  const { layers, x, y, start, first, last, outputs, ...own } = cases[name];
  const plan = { ...makePlan({ layers, side, ...own, rates, decay }), start: inArrays(start) };
  const network = referenceBackend.start(plan);
  const examples = {
    count: y.length / 3,
    inputs: 3 * side * side,
    outputs: 3,
    x: Float32Array.from(x),
    y: Float32Array.from(y),
  };
  expect([...examples.x]).toEqual(x);
  const expectState = (expected: Numbers): void => {
    const state = network.read();
    for (const [key, values] of Object.entries(expected))
      expect(farthest(state[key], values), key).toBeLessThan(1e-12);
  };
  batches.forEach((batch, number) => {
    expect(network.step(examples, Uint32Array.from(batch), number, { rule: 'bp', frozen: [] })).toBe(0);
    if (number === 0) expectState(first);
  });
  expectState(last);
  const parts = [network.outputs(examples, 0, 3), network.outputs(examples, 3, examples.count - 3)];
  expect(farthest([...parts[0]].slice(0, 9), outputs.slice(0, 9))).toBeLessThan(1e-12);
  expect(farthest(parts[1], outputs.slice(9))).toBeLessThan(1e-12);
});
