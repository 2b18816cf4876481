import { type ImageSet, type ImagesSpec, imageSets } from '../problem/index.ts';
import { cifarRecords } from './cifar.ts';
import { idxImages, idxLabels } from './idx.ts';
import type { LabelledImages } from './images.ts';

/** Puts what a file holds in its place among the images of a part, or throws. */
export type FileReader = (
  bytes: Uint8Array,
  path: string,
  into: LabelledImages,
  from: number,
  count: number,
) => void;

/** A file of a set. */
export interface SetFile {
  /** Its usual name; it may have .gz after it. */
  name: string;
  read: FileReader;
  /** The place among the examples of its part where it begins, and how many it has. */
  from: number;
  count: number;
  /** Bytes, unpacked. */
  bytes: number;
  /** Of the unpacked file; absent where none is published. */
  md5?: string;
}

/** What is fetched for a set. */
export interface Download {
  name: string;
  /** Of what is sent. */
  md5: string;
  /** Whether it is a .tar.gz with all the files of the set. */
  archive?: true;
}

/** A set of images that is read from files: a new one is one entry here and its sizes in `imageSets`. */
export interface FileSet extends ImageSet {
  about: string;
  /** Who made it, and on which terms it is given. */
  whose: string;
  parts: Readonly<Record<'train' | 'test', readonly SetFile[]>>;
  downloads: readonly Download[];
  /** Folders of the web that have the downloads. */
  mirrors: readonly string[];
}

export type FileSetName = Exclude<ImagesSpec['set'], 'digits'>;

const idxPart = (
  prefix: string,
  { side }: ImageSet,
  count: number,
  images?: string,
  labels?: string,
): SetFile[] => [
  {
    name: `${prefix}-images-idx3-ubyte`,
    read: idxImages,
    from: 0,
    count,
    bytes: 16 + count * side * side,
    ...(images && { md5: images }),
  },
  {
    name: `${prefix}-labels-idx1-ubyte`,
    read: idxLabels,
    from: 0,
    count,
    bytes: 8 + count,
    ...(labels && { md5: labels }),
  },
];

const records = (
  name: string,
  labels: number,
  { side, channels }: ImageSet,
  from: number,
  count: number,
  md5?: string,
): SetFile => ({
  name,
  read: cifarRecords(labels),
  from,
  count,
  bytes: count * (labels + channels * side * side),
  ...(md5 && { md5 }),
});

const { mnist, 'fashion-mnist': fashion, 'cifar-10': cifar10, 'cifar-100': cifar100 } = imageSets;
const CIFAR_10_BATCHES = [
  '5dd7e06a14cb22eb9f671a540d1b7c25',
  '5ea93a67294ea407fff1d09f752e9692',
  '942cd6a4bcdd0dd3c604fbe906cb4421',
  'ae636b3ba5c66a11e91e8cb52e771fcb',
  '53f37980c15c3d472c316c40844f3f0d',
];
const KRIZHEVSKY =
  'A. Krizhevsky, V. Nair, G. Hinton (2009), "Learning multiple layers of features from tiny images"; no licence is given, cite the report';

export const fileSets: Readonly<Record<FileSetName, FileSet>> = {
  mnist: {
    ...mnist,
    about: 'handwritten digits',
    whose: 'Y. LeCun, C. Cortes, C. Burges (1998), from NIST; CC BY-SA 3.0',
    parts: {
      train: idxPart(
        'train',
        mnist,
        60_000,
        '6bbc9ace898e44ae57da46a324031adb',
        'a25bea736e30d166cdddb491f175f624',
      ),
      test: idxPart(
        't10k',
        mnist,
        10_000,
        '2646ac647ad5339dbf082846283269ea',
        '27ae3e4e09519cfbb04c329615203637',
      ),
    },
    downloads: [
      { name: 'train-images-idx3-ubyte.gz', md5: 'f68b3c2dcbeaaa9fbdd348bbdeb94873' },
      { name: 'train-labels-idx1-ubyte.gz', md5: 'd53e105ee54ea40749a09fcbcd1e9432' },
      { name: 't10k-images-idx3-ubyte.gz', md5: '9fb629c4189551a2d022fa330f9573f3' },
      { name: 't10k-labels-idx1-ubyte.gz', md5: 'ec29112dd5afa0611ce80d1b7f02629c' },
    ],
    mirrors: [
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
      'https://storage.googleapis.com/cvdf-datasets/mnist/',
    ],
  },
  'fashion-mnist': {
    ...fashion,
    about: 'pictures of clothes',
    whose: 'H. Xiao, K. Rasul, R. Vollgraf (2017), Zalando SE; MIT licence',
    parts: { train: idxPart('train', fashion, 60_000), test: idxPart('t10k', fashion, 10_000) },
    downloads: [
      { name: 'train-images-idx3-ubyte.gz', md5: '8d4fb7e6c68d591d4c3dfef9ec88bf0d' },
      { name: 'train-labels-idx1-ubyte.gz', md5: '25c81989df183df01b3e8a0aad5dffbe' },
      { name: 't10k-images-idx3-ubyte.gz', md5: 'bef4ecab320f06d8554ea6380940ec79' },
      { name: 't10k-labels-idx1-ubyte.gz', md5: 'bb300cfdad3c16e7a12a480ee83cd310' },
    ],
    mirrors: ['http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/'],
  },
  'cifar-10': {
    ...cifar10,
    about: 'small colour photographs in ten classes',
    whose: KRIZHEVSKY,
    parts: {
      train: CIFAR_10_BATCHES.map((md5, i) =>
        records(`data_batch_${i + 1}.bin`, 1, cifar10, 10_000 * i, 10_000, md5),
      ),
      test: [records('test_batch.bin', 1, cifar10, 0, 10_000, '803d5f7f4d78ea53de84dbe85f74fb6d')],
    },
    downloads: [{ name: 'cifar-10-binary.tar.gz', md5: 'c32a1d4ab5d03f1284b67883e8d87530', archive: true }],
    mirrors: ['https://www.cs.toronto.edu/~kriz/'],
  },
  'cifar-100': {
    ...cifar100,
    about: 'small colour photographs in a hundred classes (the fine labels)',
    whose: KRIZHEVSKY,
    parts: {
      train: [records('train.bin', 2, cifar100, 0, 50_000)],
      test: [records('test.bin', 2, cifar100, 0, 10_000)],
    },
    downloads: [{ name: 'cifar-100-binary.tar.gz', md5: '03b5dce01913d631647c71ecec9e9cb8', archive: true }],
    mirrors: ['https://www.cs.toronto.edu/~kriz/'],
  },
};

export const filesOf = ({ parts: { train, test } }: FileSet): readonly SetFile[] => [...train, ...test];
