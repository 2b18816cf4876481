import { show } from '../support/error.ts';
import { fileFault, hex } from '../support/fileFault.ts';
import { kindOf, littleEndian, type Numbers, numberKinds, numbersFrom } from './numberKinds.ts';

/*
 * The .npy format, versions 1 to 3: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. A magic
 * string, the version, the length of a header, the header, which is a literal of Python, and the numbers.
 */

/** An array as numpy knows it. */
export interface NpyArray {
  shape: number[];
  /** Row by row: the last index runs fastest, whatever the order in the file. */
  data: Numbers;
  /** Whether the numbers of the file are whole: labels, say. */
  whole: boolean;
}

const MAGIC = '\x93NUMPY';
/** The numbers begin at a multiple of this many bytes. */
const ALIGNED = 64;

/** The array in the bytes of a .npy file; `path` is its name in messages. */
export function readNpy(bytes: Uint8Array, path: string): NpyArray {
  const { version, header, start } = headOf(bytes, path);
  const descr = /'descr'\s*:\s*('[^']*'|\[.*\])/s.exec(header)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || shape === undefined)
    throw fileFault(
      path,
      `the header ${show(header.trim())} of version ${version}`,
      'save it with numpy.save',
    );
  const sizes = shape.split(',').flatMap((text) => (text.trim() === '' ? [] : [Number.parseInt(text, 10)]));
  const [, byteOrder, name] = /^'([<>|=]?)(\w+)'$/.exec(descr) ?? [];
  if (name?.startsWith('O'))
    throw fileFault(
      path,
      'an array of Python objects (pickle), which is never read',
      'save numbers: rows of one length, array.astype("float64")',
    );
  if (name === undefined || !Object.hasOwn(numberKinds, name))
    throw fileFault(
      path,
      `numbers of the kind ${descr}`,
      'use array.astype("float64") or "float32", or whole numbers',
    );
  const kind = numberKinds[name];
  const count = sizes.reduce((product, size) => product * size, 1);
  const found = bytes.length - start;
  if (found !== count * kind.size)
    throw fileFault(
      path,
      `${found} bytes of numbers`,
      `its header says ${shapeText(sizes)} of ${kind.size} bytes each, ${count * kind.size} in all: ${found < count * kind.size ? 'it was cut short' : 'there is more than one array'}; save it again`,
    );
  const data = numbersOf(() => numbersFrom(kind, bytes.subarray(start), byteOrder !== '>'), path);
  return { shape: sizes, data: order === 'True' ? rowByRow(data, sizes) : data, whole: kind.whole };
}

function headOf(bytes: Uint8Array, path: string): { version: number; header: string; start: number } {
  const want = 'a .npy file begins with \\x93NUMPY; save it with numpy.save or numpy.savez';
  if (bytes.length === 0) throw fileFault(path, 'an empty file', want);
  if (bytes.length < 10 || !Array.from(MAGIC).every((letter, i) => bytes[i] === letter.charCodeAt(0)))
    throw fileFault(path, `${bytes.length} bytes that begin with ${hex(bytes.subarray(0, 6))}`, want);
  const version = bytes[6];
  if (version < 1 || version > 3)
    throw fileFault(path, `version ${version} of the .npy format`, 'versions 1 to 3 are known');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : bytes.length < 12 ? 0 : view.getUint32(8, true);
  if (length === 0 || from + length > bytes.length)
    throw fileFault(path, `${bytes.length} bytes`, 'not even its header is whole; save it again');
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1');
  return { version, header: text.decode(bytes.subarray(from, from + length)), start: from + length };
}

function numbersOf(read: () => Numbers, path: string): Numbers {
  try {
    return read();
  } catch (found) {
    if (typeof found !== 'string') throw found;
    throw fileFault(path, found, 'whole numbers up to 2^53 are exact here; use array.astype("float64")');
  }
}

/** What stands column by column, the first index fastest, row by row. */
function rowByRow<T extends Numbers>(data: T, shape: readonly number[]): T {
  const out = data.slice() as T;
  const index = new Uint32Array(shape.length);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  for (let at = 0, from = 0; at < out.length; at++) {
    out[at] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= index[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return out;
}

/** "60000 × 784"; of one number without a shape "one number". */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'one number' : shape.length === 1 ? `${shape[0]} numbers` : shape.join(' × ');

/** The bytes of a .npy file, version 1: an array as numpy.save would write it. */
export function writeNpy({ shape, data }: Pick<NpyArray, 'shape' | 'data'>): Uint8Array {
  const kind = kindOf(data);
  const order = data.BYTES_PER_ELEMENT === 1 ? '|' : '<';
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const literal = `{'descr': '${order}${kind}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + literal.length + 1) / ALIGNED) * ALIGNED - 10;
  const header = `${literal.padEnd(length - 1)}\n`;
  const out = new Uint8Array(10 + length + data.byteLength);
  const view = new DataView(out.buffer);
  for (let i = 0; i < MAGIC.length; i++) out[i] = MAGIC.charCodeAt(i);
  out[6] = 1;
  view.setUint16(8, length, true);
  for (let i = 0; i < length; i++) out[10 + i] = header.charCodeAt(i);
  out.set(littleEndian(data), 10 + length);
  return out;
}
