import { shapeText } from '../../arrays/index.ts';
import { fileFault, hex } from '../../support/fileFault.ts';
import type { FileReader } from './fileSets.ts';

/* The IDX format of MNIST (LeCun, Cortes and Burges): a magic number, a size for each dimension, bytes. */

/** Images of one channel, or labels. */
const MAGIC: Readonly<Record<number, 1 | 3>> = { 2049: 1, 2051: 3 };

/** The sizes and bytes of an IDX file; `path` is its name in messages. */
export function readIdx(bytes: Uint8Array, path: string): { shape: number[]; data: Uint8Array } {
  const want = 'an IDX file of labels begins with 00 00 08 01, one of images with 00 00 08 03';
  if (bytes.length === 0) throw fileFault(path, 'an empty file', want);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = bytes.length < 4 ? undefined : MAGIC[view.getUint32(0)];
  if (dimensions === undefined) throw fileFault(path, `the magic number ${hex(bytes.subarray(0, 4))}`, want);
  const start = 4 + 4 * dimensions;
  if (bytes.length < start) throw fileFault(path, `${bytes.length} bytes`, `the file was cut short; ${ANEW}`);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const size = start + shape.reduce((product, n) => product * n, 1);
  if (bytes.length !== size)
    throw fileFault(
      path,
      `${bytes.length} bytes`,
      `its head says ${shapeText(shape)}, ${size} bytes: the file was ${bytes.length < size ? 'cut short' : 'added to'}; ${ANEW}`,
    );
  return { shape, data: bytes.subarray(start) };
}

const ANEW = 'fetch it anew';

export const idxImages: FileReader = (bytes, path, into, from, count) => {
  const { shape, data } = readIdx(bytes, path);
  const { side, pixels } = into;
  if (shape.length !== 3) throw fileFault(path, 'labels', `it should hold ${count} images; ${ANEW}`);
  if (shape[0] !== count || shape[1] !== side || shape[2] !== side)
    throw fileFault(
      path,
      `${shape[0]} images of ${shape[1]} × ${shape[2]}`,
      `the set has ${count} of ${side} × ${side} there; ${ANEW}`,
    );
  pixels.set(data, from * side * side);
};

export const idxLabels: FileReader = (bytes, path, into, from, count) => {
  const { shape, data } = readIdx(bytes, path);
  if (shape.length !== 1) throw fileFault(path, 'images', `it should hold ${count} labels; ${ANEW}`);
  if (shape[0] !== count) throw fileFault(path, `${shape[0]} labels`, `the set has ${count} there; ${ANEW}`);
  const wrong = data.findIndex((label) => label >= into.classes);
  if (wrong >= 0)
    throw fileFault(
      path,
      `the label ${data[wrong]} of example ${wrong}`,
      `labels are 0 to ${into.classes - 1}; ${ANEW}`,
    );
  into.labels.set(data, from);
};
