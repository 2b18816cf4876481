/** The numbers of an array in memory. */
export type Numbers =
  | Float64Array
  | Float32Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array;

/** A kind of number in a file. */
export interface NumberKind {
  /** Bytes of one. */
  size: number;
  whole: boolean;
  /** Of bytes in this machine's order, which begin where their buffer does; throws a text if one cannot be held. */
  from(buffer: ArrayBuffer): Numbers;
}

/** Whole numbers of 64 bits, where all of them are exact as numbers. */
const exact = (words: BigInt64Array | BigUint64Array): Float64Array => {
  const out = new Float64Array(words.length);
  for (let i = 0; i < words.length; i++) {
    out[i] = Number(words[i]);
    if (!Number.isSafeInteger(out[i])) throw `the whole number ${words[i]}`;
  }
  return out;
};

/** By the letter and size that numpy writes after the order of the bytes. */
export const numberKinds: Readonly<Record<string, NumberKind>> = {
  f8: { size: 8, whole: false, from: (buffer) => new Float64Array(buffer) },
  f4: { size: 4, whole: false, from: (buffer) => new Float32Array(buffer) },
  u1: { size: 1, whole: true, from: (buffer) => new Uint8Array(buffer) },
  i1: { size: 1, whole: true, from: (buffer) => new Int8Array(buffer) },
  b1: { size: 1, whole: true, from: (buffer) => new Uint8Array(buffer) },
  u2: { size: 2, whole: true, from: (buffer) => new Uint16Array(buffer) },
  i2: { size: 2, whole: true, from: (buffer) => new Int16Array(buffer) },
  u4: { size: 4, whole: true, from: (buffer) => new Uint32Array(buffer) },
  i4: { size: 4, whole: true, from: (buffer) => new Int32Array(buffer) },
  u8: { size: 8, whole: true, from: (buffer) => exact(new BigUint64Array(buffer)) },
  i8: { size: 8, whole: true, from: (buffer) => exact(new BigInt64Array(buffer)) },
};

/** Whether this machine writes the low byte first, as nearly all do. */
const LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Numbers from bytes that stand in one order or the other. */
export function numbersFrom(kind: NumberKind, bytes: Uint8Array, little: boolean): Numbers {
  const own = new Uint8Array(bytes);
  if (little !== LITTLE) turnBytes(own, kind.size);
  return kind.from(own.buffer);
}

/** The bytes of numbers, low byte first. */
export function littleEndian(numbers: Numbers): Uint8Array {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  if (LITTLE || numbers.BYTES_PER_ELEMENT === 1) return bytes;
  const own = new Uint8Array(bytes);
  turnBytes(own, numbers.BYTES_PER_ELEMENT);
  return own;
}

function turnBytes(bytes: Uint8Array, size: number): void {
  if (size > 1) for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** The name of the kind that holds what is in memory. */
export const kindOf = (numbers: Numbers): string =>
  `${numbers instanceof Float64Array || numbers instanceof Float32Array ? 'f' : /^Uint/.test(numbers.constructor.name) ? 'u' : 'i'}${numbers.BYTES_PER_ELEMENT}`;
