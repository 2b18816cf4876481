import { fileFault } from '../../support/fileFault.ts';
import type { FileReader } from './fileSets.ts';

/**
 * The binary records of CIFAR (Krizhevsky 2009): labels, of which the last is the finest, then the image, channel by
 * channel and row by row.
 */
export const cifarRecords =
  (labels: number): FileReader =>
  (bytes, path, into, from, count) => {
    const image = into.channels * into.side * into.side;
    const record = labels + image;
    if (bytes.length === 0) throw fileFault(path, 'an empty file', 'fetch it anew');
    if (bytes.length !== count * record)
      throw fileFault(
        path,
        bytes.length % record === 0 ? `${bytes.length / record} records` : `${bytes.length} bytes`,
        `the set has ${count} records of ${record} bytes there${bytes.length < count * record ? ': the file was cut short' : ''}; fetch it anew`,
      );
    for (let i = 0; i < count; i++) {
      const start = i * record;
      const label = bytes[start + labels - 1];
      if (label >= into.classes)
        throw fileFault(
          path,
          `the label ${label} of example ${i}`,
          `labels are 0 to ${into.classes - 1}; fetch it anew`,
        );
      into.labels[from + i] = label;
      into.pixels.set(bytes.subarray(start + labels, start + record), (from + i) * image);
    }
  };
