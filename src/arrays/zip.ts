import { crc32 } from '../support/crc32.ts';
import { fileFault, hex } from '../support/fileFault.ts';

/*
 * Zip archives as far as numpy.savez writes them: members stored or deflated, with the sizes of zip64 where needed. The
 * format: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3 (records) and 4.5.3 (zip64).
 */

/** Unpacks a member that was deflated, to so many bytes; throws where it cannot. */
export type Inflate = (bytes: Uint8Array, size: number) => Uint8Array;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ZIP64 = 1;
const IN_ZIP64 = 0xffffffff;
const UTF8 = 0x800;
/** 1 January 1980, the first day of zip: the same bytes whenever they are written. */
const DATE = 0x21;
const VERSION = 20;

export interface Member {
  name: string;
  /** Reads, unpacks and checks it. */
  read(): Uint8Array;
}

/** The members of an archive; `path` is its name in messages. */
export function readZip(bytes: Uint8Array, path: string, inflate: Inflate): Member[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cutShort = fileFault(
    path,
    `${bytes.length} bytes`,
    'the archive was cut short or changed; save it again',
  );
  try {
    const { count, from } = directory(bytes, view, path);
    const members: Member[] = [];
    for (let i = 0, at = from; i < count; i++) {
      if (view.getUint32(at, true) !== CENTRAL) throw cutShort;
      const name = view.getUint16(at + 28, true);
      const extra = view.getUint16(at + 30, true);
      members.push(memberAt(bytes, view, at, name, extra, path, inflate));
      at += 46 + name + extra + view.getUint16(at + 32, true);
    }
    return members;
  } catch (error) {
    throw error instanceof RangeError ? cutShort : error;
  }
}

/** Where the list of members begins, and how many there are. */
function directory(bytes: Uint8Array, view: DataView, path: string): { count: number; from: number } {
  const want = 'an .npz file is a zip archive, as numpy.savez writes it';
  if (bytes.length === 0) throw fileFault(path, 'an empty file', want);
  let end = bytes.length - END_BYTES;
  const first = Math.max(0, end - LONGEST_COMMENT);
  while (end >= first && view.getUint32(end, true) !== END) end--;
  if (end < first) {
    const begins = bytes.length >= 4 && view.getUint32(0, true) === LOCAL;
    throw begins
      ? fileFault(
          path,
          `${bytes.length} bytes`,
          'the archive was cut short: its end is missing; save it again',
        )
      : fileFault(path, `${bytes.length} bytes that begin with ${hex(bytes.subarray(0, 4))}`, want);
  }
  const count = view.getUint16(end + 10, true);
  const from = view.getUint32(end + 16, true);
  if (count !== 0xffff && from !== IN_ZIP64) return { count, from };
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR64) return { count, from };
  const end64 = long(view, locator + 8);
  if (view.getUint32(end64, true) !== END64) throw new RangeError('no zip64 record');
  return { count: long(view, end64 + 32), from: long(view, end64 + 48) };
}

function memberAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  nameLength: number,
  extraLength: number,
  path: string,
  inflate: Inflate,
): Member {
  const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const sum = view.getUint32(at + 16, true);
  // In this order in the extra field of zip64, each only where the place it has here is full.
  const [size, packed, offset] = withZip64(
    view,
    [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)],
    at + 46 + nameLength,
    extraLength,
  );
  const place = `${path}, ${name}`;
  return {
    name,
    read() {
      if (flags & 1) throw fileFault(place, 'an encrypted member', 'save it with numpy.savez');
      if (method !== 0 && method !== 8)
        throw fileFault(
          place,
          `the compression method ${method}`,
          'use numpy.savez or numpy.savez_compressed',
        );
      const cut = 'the archive was cut short or changed; save it again';
      if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL)
        throw fileFault(place, `no member at byte ${offset}`, cut);
      const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
      const raw = bytes.subarray(start, start + packed);
      const data = method === 0 ? raw : unpacked(raw, size, inflate);
      if (data?.length !== size) throw fileFault(place, `${data?.length ?? 'fewer'} of ${size} bytes`, cut);
      if (crc32(data) !== sum) throw fileFault(place, 'another checksum than the archive says', cut);
      return data;
    },
  };
}

function unpacked(raw: Uint8Array, size: number, inflate: Inflate): Uint8Array | undefined {
  try {
    return inflate(raw, size);
  } catch {
    return undefined;
  }
}

function withZip64(view: DataView, values: number[], from: number, length: number): number[] {
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== ZIP64) continue;
    let next = at + 4;
    return values.map((value) => {
      if (value !== IN_ZIP64) return value;
      next += 8;
      return long(view, next - 8);
    });
  }
  return values;
}

/** Sizes above 2^53 are in no archive that was not tampered with; what uses them finds nothing there. */
const long = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** An archive of members that are stored as they are. The same members give the same bytes. */
export function writeZip(members: readonly { name: string; bytes: Uint8Array }[]): Uint8Array {
  const listed = members.map(({ name, bytes }) => ({
    name: new TextEncoder().encode(name),
    bytes,
    sum: crc32(bytes),
  }));
  const local = listed.reduce((sum, { name, bytes }) => sum + 30 + name.length + bytes.length, 0);
  const central = listed.reduce((sum, { name }) => sum + 46 + name.length, 0);
  if (local + central >= IN_ZIP64 || listed.length >= 0xffff)
    throw fileFault('npz', `${local + central} bytes`, 'an archive holds up to 4 GiB; write several');
  const out = new Uint8Array(local + central + END_BYTES);
  const view = new DataView(out.buffer);
  let at = 0;
  let list = local;
  for (const { name, bytes, sum } of listed) {
    /** What a member and its entry in the list have alike: version, flags, method, time, date, sum, sizes, name's length. */
    const common = (from: number): void => {
      view.setUint16(from, VERSION, true);
      view.setUint16(from + 2, UTF8, true);
      view.setUint16(from + 8, DATE, true);
      view.setUint32(from + 10, sum, true);
      view.setUint32(from + 14, bytes.length, true);
      view.setUint32(from + 18, bytes.length, true);
      view.setUint16(from + 22, name.length, true);
    };
    view.setUint32(list, CENTRAL, true);
    view.setUint16(list + 4, VERSION, true);
    common(list + 6);
    view.setUint32(list + 42, at, true);
    out.set(name, list + 46);
    list += 46 + name.length;
    view.setUint32(at, LOCAL, true);
    common(at + 4);
    out.set(name, at + 30);
    out.set(bytes, at + 30 + name.length);
    at += 30 + name.length + bytes.length;
  }
  view.setUint32(list, END, true);
  view.setUint16(list + 8, listed.length, true);
  view.setUint16(list + 10, listed.length, true);
  view.setUint32(list + 12, central, true);
  view.setUint32(list + 16, local, true);
  return out;
}
