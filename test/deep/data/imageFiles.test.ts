import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cifarRecords } from '../../../src/deep/data/cifar.ts';
import { emptyImages, lookAt, readImages, readPart } from '../../../src/deep/data/imageFiles.ts';
import { type FileSet, fileSets, filesOf } from '../../../src/deep/data/index.ts';
import { imageSets } from '../../../src/deep/problem/index.ts';
import { failureOf } from '../../support/failureOf.ts';
import { named, sharedData } from '../../support/sharedData.ts';
import { cifarFiles, idx, idxFiles, records, smallCifar, smallIdx } from '../../support/smallSets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
/** Writes the files of a set, some of them otherwise, or not at all. */
function put(
  files: Readonly<Record<string, Uint8Array>>,
  others: Readonly<Record<string, Uint8Array | undefined>> = {},
): void {
  for (const [name, bytes] of Object.entries({ ...files, ...others }))
    if (bytes !== undefined) writeFileSync(at(name), bytes);
}
const read = (set: FileSet) => ({
  train: readPart(set, set.parts.train, folder),
  test: readPart(set, set.parts.test, folder),
});

describe('files that are right', () => {
  const expected = {
    count: 5,
    side: 2,
    channels: 1,
    classes: 3,
    levels: 255,
    pixels: Uint8Array.from({ length: 20 }, (_, i) => 10 * i),
    labels: Uint8Array.of(0, 1, 2, 0, 1),
  };
  it('are read: IDX', () => {
    put(idxFiles);
    const { train, test } = read(smallIdx);
    expect(train).toEqual(expected);
    expect([...test.pixels, ...test.labels]).toEqual([255, 254, 253, 252, 251, 250, 249, 248, 2, 1]);
  });
  it('are read packed, too, and those that are not come first', () => {
    for (const [name, bytes] of Object.entries(idxFiles)) writeFileSync(at(`${name}.gz`), gzipSync(bytes));
    expect(read(smallIdx).train).toEqual(expected);
    writeFileSync(at('train-images-idx3-ubyte.gz'), 'no gzip');
    writeFileSync(at('train-images-idx3-ubyte'), idxFiles['train-images-idx3-ubyte']);
    expect(read(smallIdx).train).toEqual(expected);
  });
  it('are read: CIFAR records, batch after batch', () => {
    put(cifarFiles);
    const { train, test } = read(smallCifar);
    expect([train.count, train.pixels.length, test.count]).toEqual([8, 96, 3]);
    expect([...train.labels]).toEqual([0, 1, 2, 0, 2, 2, 2, 2]);
    expect([...train.pixels.slice(0, 12)]).toEqual(Array.from({ length: 12 }, (_, k) => 17 * (k + 1)));
    expect([...train.pixels.slice(48, 60)]).toEqual([...cifarFiles['data_batch_2.bin'].slice(1, 13)]);
  });
  it('of CIFAR-100 have the fine label second', () => {
    const into = emptyImages({ side: 2, channels: 3, classes: 3 }, 4);
    cifarRecords(2)(records(2, 4), 'train.bin', into, 0, 4);
    expect([...into.labels]).toEqual([0, 1, 2, 0]);
    expect([...into.pixels.slice(0, 2)]).toEqual([34, 51]);
  });
  it('are said to be whole', () => {
    put(cifarFiles);
    expect(lookAt(smallCifar, folder).map(({ path, fault }) => [path, fault])).toEqual(
      Object.keys(cifarFiles).map((name) => [at(name), undefined]),
    );
  });
});

const images = 'train-images-idx3-ubyte';
const labels = 'train-labels-idx1-ubyte';
const ofImages = idxFiles[images];
const packed = gzipSync(ofImages);
const batch = cifarFiles['data_batch_1.bin'];

describe('files that are not right are refused: path, what was found, what would do', () => {
  it.each<[string, FileSet, string, Uint8Array | undefined, string]>([
    [
      'cut short',
      smallIdx,
      images,
      ofImages.subarray(0, -1),
      'found 35 bytes; its head says 5 × 2 × 2, 36 bytes: the file was cut short; fetch it anew',
    ],
    ['cut in the head', smallIdx, images, ofImages.subarray(0, 9), 'found 9 bytes; the file was cut short'],
    [
      'too long',
      smallIdx,
      images,
      Uint8Array.of(...ofImages, 0),
      'found 37 bytes; its head says 5 × 2 × 2, 36 bytes: the file was added to',
    ],
    ['empty', smallIdx, images, new Uint8Array(), 'found an empty file'],
    [
      'another kind',
      smallIdx,
      images,
      Uint8Array.of(0, 0, 13, 3, ...ofImages.subarray(4)),
      'found the magic number 00 00 0d 03; an IDX file of labels begins with 00 00 08 01',
    ],
    ['a short magic number', smallIdx, images, Uint8Array.of(0, 0), 'found the magic number 00 00;'],
    [
      'labels in place of images',
      smallIdx,
      images,
      idxFiles[labels],
      'found labels; it should hold 5 images',
    ],
    ['images in place of labels', smallIdx, labels, ofImages, 'found images; it should hold 5 labels'],
    [
      'other images',
      smallIdx,
      images,
      idx([5, 4, 1], () => 0),
      'found 5 images of 4 × 1; the set has 5 of 2 × 2 there',
    ],
    ['fewer images', smallIdx, images, idx([4, 2, 2], () => 0), 'found 4 images of 2 × 2; the set has 5'],
    ['fewer labels', smallIdx, labels, idx([4], () => 0), 'found 4 labels; the set has 5'],
    [
      'a label that there is not',
      smallIdx,
      labels,
      idx([5], (i) => i),
      'found the label 3 of example 3; labels are 0 to 2',
    ],
    ['a wrong sum', smallIdx, images, idx([5, 2, 2], () => 7), 'found the md5 sum '],
    [
      'missing',
      smallIdx,
      images,
      undefined,
      'found no such file, packed (.gz) or not; the others of the set are in this folder',
    ],
    [
      'records cut short',
      smallCifar,
      'data_batch_1.bin',
      batch.subarray(0, -5),
      'found 47 bytes; the set has 4 records of 13 bytes there: the file was cut short',
    ],
    [
      'fewer records',
      smallCifar,
      'data_batch_1.bin',
      batch.subarray(0, 26),
      'found 2 records; the set has 4',
    ],
    [
      'more records',
      smallCifar,
      'data_batch_1.bin',
      Uint8Array.of(...batch, ...batch),
      'found 8 records; the set has 4 records of 13 bytes there; fetch',
    ],
    ['no records', smallCifar, 'data_batch_1.bin', new Uint8Array(), 'found an empty file'],
    [
      'a label of a record',
      smallCifar,
      'data_batch_1.bin',
      batch.map((byte, i) => (i === 26 ? 9 : byte)),
      'found the label 9 of example 2; labels are 0 to 2',
    ],
  ])('%s', (_what, set, name, bytes, says) => {
    put(set === smallIdx ? idxFiles : cifarFiles, { [name]: undefined });
    rmSync(at(name), { force: true });
    put({}, { [name]: bytes });
    const failure = failureOf(() => read(set));
    expect(failure.code).toBe('file');
    expect(failure.message).toContain(`${at(name)}: ${says}`);
    // The list of what is there says the same, of this file alone.
    const faults = lookAt(set, folder).flatMap(({ fault }) => fault ?? []);
    expect(faults).toEqual(bytes === undefined ? [] : [failure.message]);
  });

  it.each<[string, Uint8Array, string]>([
    [
      'cut short',
      packed.subarray(0, -9),
      `found ${packed.length - 9} bytes of a gzip file that goes on; the file was cut short; fetch it anew`,
    ],
    ['empty', new Uint8Array(), 'found an empty file; fetch it anew'],
    ['no gzip', ofImages, 'found a gzip file that cannot be unpacked (incorrect header check)'],
    [
      'changed',
      packed.map((byte, i) => (i === packed.length - 6 ? byte ^ 1 : byte)),
      'found a gzip file that cannot be unpacked (incorrect data check)',
    ],
    [
      'another file',
      gzipSync(new Uint8Array(99)),
      'found more than 36 bytes when unpacked; that is another file',
    ],
  ])('packed: %s', (_what, bytes, says) => {
    put(idxFiles, { [`${images}.gz`]: bytes });
    rmSync(at(images));
    expect(failureOf(() => read(smallIdx)).message).toContain(`${at(images)}.gz: ${says}`);
  });

  it('a folder in place of a file', () => {
    put(idxFiles);
    rmSync(at(images));
    mkdirSync(at(images));
    expect(failureOf(() => read(smallIdx)).message).toBe(
      `${at(images)}: found a folder; put the file in its place`,
    );
  });
});

describe('a set', () => {
  it('has the files that its sizes say', () => {
    for (const [name, set] of Object.entries(fileSets)) {
      expect(set).toMatchObject(imageSets[name as keyof typeof fileSets]);
      for (const part of ['train', 'test'] as const) {
        const files = set.parts[part];
        expect(Math.max(...files.map(({ from, count }) => from + count))).toBe(set[part]);
        const images = files.reduce((sum, { bytes }) => sum + bytes, 0);
        expect(images).toBeGreaterThan(set[part] * set.channels * set.side ** 2);
      }
    }
    expect(filesOf(fileSets['cifar-10']).map(({ bytes }) => bytes)).toEqual(Array(6).fill(30_730_000));
    expect(filesOf(fileSets.mnist).map(({ bytes }) => bytes)).toEqual([
      47_040_016, 60_008, 7_840_016, 10_008,
    ]);
    expect(filesOf(fileSets['cifar-100']).map(({ bytes }) => bytes)).toEqual([153_700_000, 30_740_000]);
  });
  it('that is nowhere is refused with the folders that were looked in and the command that fetches it', () => {
    const failure = failureOf(() => readImages('cifar-100', { data: folder }));
    expect(failure).toMatchObject({ code: 'file', path: 'data.set' });
    expect(failure.message).toContain(`of which there is no file in ${join(folder, 'cifar-100')}, `);
    expect(failure.message).toContain('alignode data get cifar-100 fetches it');
  });
  it('is not looked for elsewhere where the folder that was named does not exist', () => {
    expect(failureOf(() => readImages('mnist', { data: at('none') }))).toMatchObject({
      code: 'invalid-option',
      path: 'data',
    });
  });
  it('cannot be read where there is no Node, and the refusal says so', () => {
    const { getBuiltinModule } = process;
    try {
      process.getBuiltinModule = (() => undefined) as never;
      const failure = failureOf(() => readImages('mnist', {}));
      expect(failure).toMatchObject({ code: 'not-available', path: 'data.set' });
      expect(failure.message).toContain('files of data are read on Node only: use the set "digits"');
    } finally {
      process.getBuiltinModule = getBuiltinModule;
    }
  });
});

const mnist = sharedData('mnist/train-images-idx3-ubyte.gz');
describe.skipIf(mnist.missing)(named('MNIST', mnist.missing), () => {
  it('has 6,000 or so of each digit, and the mean and deviation that everybody uses', () => {
    const { train, test } = readImages('mnist', {
      data: mnist.folder,
    });
    const counts = Array.from(
      { length: 10 },
      (_, digit) => train.labels.filter((one) => one === digit).length,
    );
    expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect([...test.labels.slice(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    let sum = 0;
    let squares = 0;
    for (const level of train.pixels) {
      sum += level;
      squares += level * level;
    }
    const mean = sum / train.pixels.length / 255;
    expect(mean.toFixed(4)).toBe('0.1307');
    expect(Math.sqrt(squares / train.pixels.length / 255 ** 2 - mean ** 2).toFixed(4)).toBe('0.3081');
  });
});

const cifar = sharedData('cifar-10/data_batch_1.bin.gz');
describe.skipIf(cifar.missing)(named('CIFAR-10', cifar.missing), () => {
  it('the first three batches have the published sums and ten classes', () => {
    const set = fileSets['cifar-10'];
    const at = join(cifar.folder, 'cifar-10');
    const part = readPart(set, set.parts.train.slice(0, 3), at);
    expect([part.count, part.pixels.length]).toEqual([30_000, 30_000 * 3072]);
    // A frog, two trucks, a deer and a car.
    expect([...part.labels.slice(0, 5)]).toEqual([6, 9, 9, 4, 1]);
    expect(part.labels.filter((label) => label === 6).length).toBeGreaterThan(2900);
  });
});
