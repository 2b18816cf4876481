import { builtin } from '../../support/builtin.ts';
import { AlignodeError } from '../../support/error.ts';
import { fileFault } from '../../support/fileFault.ts';

/* Files of data, read at once. All that data asks of Node is here. */

const REASONS: Readonly<Record<string, [found: string, want: string]>> = {
  ENOENT: ['no such file', 'name one that is there; a path begins in the current folder'],
  ENOTDIR: ['a file in place of a folder in its path', 'name a file that is there'],
  EISDIR: ['a folder', 'put the file in its place'],
  EACCES: ['a file that may not be read', 'change its permissions'],
  ERR_FS_FILE_TOO_LARGE: ['a file above 2 GiB', 'make it smaller: single precision, or fewer examples'],
};

/** `path` and `found`: the key of the problem that asks for files, and what it holds. */
export function requireFiles(path: string, found: string): void {
  if (builtin('node:fs') === undefined)
    throw new AlignodeError(
      'not-available',
      `${path}: found ${found}; files of data are read on Node only: use the set "digits", "gaussian" or "linear-teacher" here, or give x and y in data.train`,
      { path },
    );
}

/** The bytes of a file; a fault of the system is a refusal. */
export function bytesOf(path: string): Uint8Array {
  try {
    const bytes = builtin('node:fs').readFileSync(path);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw fileFault(path, ...(REASONS[code] ?? [`a file that cannot be read (${message})`, 'name another']));
  }
}

/** Whether anything is at a path. */
export const exists = (path: string): boolean => builtin('node:fs').existsSync(path);
export const isFolder = (path: string): boolean =>
  builtin('node:fs').statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

export const inFolder = (folder: string, name: string): string => builtin('node:path').join(folder, name);

/** What was packed by gzip, of which at most so many bytes are expected. */
export function unzipped(bytes: Uint8Array, path: string, most: number): Uint8Array {
  try {
    // In one piece: there is nothing to put together.
    return builtin('node:zlib').gunzipSync(bytes, {
      maxOutputLength: most + 1,
      chunkSize: Math.max(64, most + 1),
    });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw fileFault(path, `more than ${most} bytes when unpacked`, 'that is another file; fetch it anew');
    const short = code === 'Z_BUF_ERROR';
    throw fileFault(
      path,
      bytes.length === 0
        ? 'an empty file'
        : short
          ? `${bytes.length} bytes of a gzip file that goes on`
          : `a gzip file that cannot be unpacked (${message})`,
      `${short && bytes.length > 0 ? 'the file was cut short; ' : ''}fetch it anew`,
    );
  }
}

/** Unpacks a member of a zip archive. */
export const inflated = (bytes: Uint8Array, size: number): Uint8Array =>
  builtin('node:zlib').inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });

export const md5Of = (bytes: Uint8Array): string =>
  builtin('node:crypto').createHash('md5').update(bytes).digest('hex');
