import { STREAMS, shuffled } from '../../random/index.ts';

/** In which order a run sees its examples: batch by batch, in a new random order each epoch. */
export interface Order {
  /** Steps of an epoch; the last batch has what is left. */
  perEpoch: number;
  /** The examples of a step, counted from 0. It lasts until it is called again. */
  batchOf(step: number): Uint32Array;
}

export function orderOf(count: number, batch: number, seed: number): Order {
  const perEpoch = Math.ceil(count / batch);
  let epoch = -1;
  let order: Uint32Array = Uint32Array.from({ length: count }, (_, i) => i);
  return {
    perEpoch,
    batchOf(step) {
      const of = Math.floor(step / perEpoch);
      // All at once: their order would change nothing but rounding.
      if (perEpoch > 1 && of !== epoch) order = shuffled(count, seed, of, 0, STREAMS.exampleOrder);
      epoch = of;
      const from = (step - of * perEpoch) * batch;
      return order.subarray(from, Math.min(from + batch, count));
    },
  };
}
