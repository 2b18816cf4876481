import { createHash } from 'node:crypto';
import { cifarRecords } from '../../src/deep/data/cifar.ts';
import { idxImages, idxLabels } from '../../src/deep/data/idx.ts';
import type { FileSet } from '../../src/deep/data/index.ts';

/* Sets like those that are fetched, so small that tests make their files. */

export const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** Bytes of an IDX file. */
export function idx(shape: readonly number[], value: (at: number) => number): Uint8Array {
  const count = shape.reduce((product, n) => product * n, 1);
  const bytes = new Uint8Array(4 + 4 * shape.length + count);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x800 + shape.length);
  for (const [i, n] of shape.entries()) view.setUint32(4 + 4 * i, n);
  for (let at = 0; at < count; at++) bytes[4 + 4 * shape.length + at] = value(at);
  return bytes;
}

/** Bytes of CIFAR records with one or two labels, of images of 2 × 2 in three colours. */
export const records = (labels: number, count: number): Uint8Array =>
  Uint8Array.from({ length: count * (labels + 12) }, (_, at) => {
    const k = at % (labels + 12);
    return k === labels - 1 ? Math.floor(at / (labels + 12)) % 3 : 17 * k;
  });

const SIZES = { side: 2, channels: 1, classes: 3, train: 5, test: 2 };
export const idxFiles: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': idx([5, 2, 2], (at) => 10 * at),
  'train-labels-idx1-ubyte': idx([5], (at) => at % 3),
  't10k-images-idx3-ubyte': idx([2, 2, 2], (at) => 255 - at),
  't10k-labels-idx1-ubyte': idx([2], (at) => 2 - at),
};
const file = (name: string, count: number) => ({
  name,
  read: name.includes('images') ? idxImages : idxLabels,
  from: 0,
  count,
  bytes: idxFiles[name].length,
  md5: md5(idxFiles[name]),
});

/** Four files like MNIST's. */
export const smallIdx: FileSet = {
  ...SIZES,
  about: 'a test',
  whose: 'nobody',
  parts: {
    train: [file('train-images-idx3-ubyte', 5), file('train-labels-idx1-ubyte', 5)],
    test: [file('t10k-images-idx3-ubyte', 2), file('t10k-labels-idx1-ubyte', 2)],
  },
  downloads: [],
  mirrors: [],
};

export const cifarFiles: Readonly<Record<string, Uint8Array>> = {
  'data_batch_1.bin': records(1, 4),
  'data_batch_2.bin': records(1, 4)
    .reverse()
    .fill(1, 0, 1)
    .map((byte, at) => (at % 13 === 0 ? 2 : byte)),
  'test_batch.bin': records(1, 3),
};
const batch = (name: string, from: number, count: number) => ({
  name,
  read: cifarRecords(1),
  from,
  count,
  bytes: cifarFiles[name].length,
});

/** Three files like CIFAR-10's, in one archive. */
export const smallCifar: FileSet = {
  ...SIZES,
  channels: 3,
  train: 8,
  test: 3,
  about: 'a test',
  whose: 'nobody',
  parts: {
    train: [batch('data_batch_1.bin', 0, 4), batch('data_batch_2.bin', 4, 4)],
    test: [batch('test_batch.bin', 0, 3)],
  },
  downloads: [],
  mirrors: [],
};
