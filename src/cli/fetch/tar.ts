/** Bytes of a block: heads and files fill whole ones. */
const BLOCK = 512;
/** What a regular file is marked with, today and in archives of old. */
const FILES = [0x30, 0];

/** The files of a tar archive (POSIX.1-1988, ustar) by their names without folders; links and folders are left out. */
export function readTar(bytes: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const name = text(bytes, at, 100);
    const size = Number.parseInt(text(bytes, at + 124, 12).trim(), 8);
    const from = at + BLOCK;
    if (name === '' || !(size >= 0) || from + size > bytes.length) break;
    if (FILES.includes(bytes[at + 156]))
      files.set(name.slice(name.lastIndexOf('/') + 1), bytes.subarray(from, from + size));
    at = from + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function text(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
