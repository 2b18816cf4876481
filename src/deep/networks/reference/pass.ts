import { linearMapOf } from './linearMap.ts';
import type { ReferenceNetwork, Rows } from './network.ts';
import { type Normalised, normalised } from './normalisation.ts';
import { largestOf, pooled } from './pooling.ts';

/** What a batch made of the layers. */
export interface Pass {
  /** h_0 … h_{L−1}, as the layer above sees them. */
  h: Rows[];
  /** a_1 … a_L; the last is z_L. */
  a: Rows[];
  /** Of hidden layers: which fields pooling took, and what batch normalisation made of z_l. */
  largest: (Int32Array | undefined)[][];
  normalised: (Normalised | undefined)[];
  masks: Masks;
}

/** By what h_0 … h_{L−1} are multiplied, where units are dropped. */
export type Masks = readonly (Rows | undefined)[];

const masked = (rows: Rows, mask: Rows | undefined): Rows =>
  mask === undefined ? rows : rows.map((row, k) => row.map((value, i) => value * mask[k][i]));

/**
 * A batch on its way up. One that is trained on has masks (perhaps of no layer), and is normalised by its own statistics;
 * without them the network is only looked at.
 */
export function passOf(network: ReferenceNetwork, x: Rows, masks?: Masks): Pass {
  const { shapes, activation, weights, biases, norms } = network;
  const L = shapes.length;
  const pass: Pass = { h: [], a: [], largest: [], normalised: [], masks: masks ?? [] };
  pass.h[0] = masked(x, masks?.[0]);
  for (let l = 1; l <= L; l++) {
    const { forward } = linearMapOf(shapes[l - 1]);
    const b = biases?.[l - 1];
    const z = pass.h[l - 1].map((h) => {
      const Wh = forward(weights[l - 1], h);
      return b === undefined ? Wh : Wh.map((value, i) => value + b[i % b.length]);
    });
    pass.a[l - 1] = z;
    if (l === L) break;
    const norm = norms?.[l - 1];
    if (norm) {
      const made = normalised(norm, z, masks !== undefined);
      pass.normalised[l - 1] = made;
      pass.a[l - 1] = made.a;
    }
    const fields = pass.a[l - 1].map((a) => a.map((value) => activation.g(value)));
    pass.largest[l - 1] = fields.map((one) => largestOf(one, shapes[l - 1]));
    const h = fields.map((one, k) => pooled(one, pass.largest[l - 1][k]));
    pass.h[l] = masked(h, masks?.[l]);
  }
  return pass;
}

/** f(z_L). */
export const outputsOf = ({ loss }: ReferenceNetwork, { a }: Pass): Float64Array[] =>
  a[a.length - 1].map((last) => {
    const output = new Float64Array(last.length);
    loss.output(last, output);
    return output;
  });

/** The mean over the batch. */
export const lossOf = ({ loss }: ReferenceNetwork, { a }: Pass, y: Rows): number =>
  a[a.length - 1].reduce((sum, last, k) => sum + loss.value(last, y[k]), 0) / y.length;
