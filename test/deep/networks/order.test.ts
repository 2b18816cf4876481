import { expect, it } from 'vitest';
import { orderOf } from '../../../src/deep/networks/order.ts';

/** Every batch of an epoch. */
const epochOf = (order: ReturnType<typeof orderOf>, epoch: number): number[][] =>
  Array.from({ length: order.perEpoch }, (_, i) => [...order.batchOf(epoch * order.perEpoch + i)]);

it('shows each example once in an epoch; the last batch has what is left', () => {
  const order = orderOf(23, 5, 1);
  expect(order.perEpoch).toBe(5);
  for (const epoch of [0, 1, 7]) {
    const batches = epochOf(order, epoch);
    expect(batches.map((batch) => batch.length)).toEqual([5, 5, 5, 5, 3]);
    expect(batches.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, i) => i));
  }
});

it('takes a new order in each epoch and for each seed, whatever was asked for before', () => {
  const order = orderOf(40, 8, 1);
  const first = epochOf(order, 0);
  const second = epochOf(order, 1);
  expect(second).not.toEqual(first);
  expect(epochOf(orderOf(40, 8, 2), 0)).not.toEqual(first);
  expect(epochOf(order, 0)).toEqual(first);
  expect([...orderOf(40, 8, 1).batchOf(7)]).toEqual(second[2]);
});

it('leaves all examples at once as they are', () => {
  expect([...orderOf(6, 6, 3).batchOf(4)]).toEqual([0, 1, 2, 3, 4, 5]);
});
