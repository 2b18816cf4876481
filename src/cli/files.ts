import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readProblemText } from '../report/tables/index.ts';
import { AlignodeError } from '../support/error.ts';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'that is a folder; name a file',
  EACCES: 'it may not be read; change its permissions',
  ERR_STRING_TOO_LONG: 'it is too large to be read; take the problem out of it, or use an output as CSV',
  ERR_FS_FILE_TOO_LARGE: 'it is too large to be read; take the problem out of it, or use an output as CSV',
};

/** A whole text file, or standard input for "-". */
export function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new AlignodeError('file', `${path}: ${REASONS[code] ?? message}`, { path });
  }
}

/** The same, or undefined if there is no such file. */
export function readIfThere(path: string): string | undefined {
  return isThere(path) ? readText(path) : undefined;
}

/** Whether anything exists at a path, be it a folder. */
export const isThere = (path: string): boolean => lookAt(path) !== undefined;

/** What exists at a path; undefined if nothing does, also where a parent is not a folder. */
function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/**
 * The problem in a file: a problem itself, or an output of this program, JSON or CSV, which carries the one it solved.
 */
export const readProblem = (path: string): unknown =>
  readProblemText(readText(path), path === '-' ? 'standard input' : path, path).problem;

/** Refuses, before any work is done, a file that could not be written. */
export function checkWritable(path: string): void {
  if (path === '')
    throw new AlignodeError('file', '--out: found ""; name a file, or - for standard output', { path });
  const folder = dirname(path);
  const found = lookAt(path);
  if (found?.isDirectory())
    throw new AlignodeError('file', `${path}: that is a folder; name a file`, { path });
  if (!lookAt(folder)?.isDirectory())
    throw new AlignodeError('file', `${path}: there is no folder ${folder}; make it, or name another`, {
      path,
    });
  try {
    accessSync(folder, constants.W_OK);
    if (found) accessSync(path, constants.W_OK);
  } catch {
    throw new AlignodeError(
      'file',
      `${path}: it may not be written; change the permissions or name another`,
      {
        path,
      },
    );
  }
}

/** Why there can be no folder of a name. */
const NO_FOLDER: Record<string, string> = {
  EEXIST: 'there is something of that name that is no folder, or a link to nothing; remove it',
  ENOTDIR: 'a part of that name is no folder; make it one',
  EACCES: 'it may not be written; change the permissions',
  EPERM: 'it may not be written; change the permissions',
  EROFS: 'the disk there may only be read; make it writable',
  ENOSPC: 'the disk is full; make room',
};

/** Makes a folder unless it exists. Throws, before any work is done, if nothing could be written into it. */
export function makeFolder(path: string, flag: string): void {
  if (path === '' || path === '-')
    throw new AlignodeError('file', `${flag}: found "${path}"; name a folder`, { path });
  try {
    makeWithAbove(resolve(path));
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = '', path: place = path } = error as NodeJS.ErrnoException;
    const reason = NO_FOLDER[code] ?? `it could not be made (${code}); make it yourself`;
    throw new AlignodeError('file', `${place}: ${reason}, or name another folder with ${flag}`, { path });
  }
}

/** Node's own `recursive` never returns where nothing can be made, such as in /proc. */
function makeWithAbove(path: string): void {
  if (lookAt(path)?.isDirectory()) return;
  if (dirname(path) !== path) makeWithAbove(dirname(path));
  mkdirSync(path);
}

/** Writes a text file whole or not at all. */
export function writeWhole(path: string, pieces: Iterable<string>): void {
  replaceWhole(path, (file) => {
    for (const text of gathered(pieces)) writeFileSync(file, text);
  });
}

/** The same with bytes. */
export function writeBytesWhole(path: string, bytes: Uint8Array): void {
  replaceWhole(path, (file) => writeFileSync(file, bytes));
}

/** Writes to a file beside the place, which then replaces it. A device or pipe is written to directly. */
function replaceWhole(path: string, write: (file: number) => void): void {
  const found = lookAt(path);
  const special = found !== undefined && !found.isFile();
  // The target of a link is replaced, not the link.
  const place = found ? realpathSync(path) : path;
  const target = special
    ? path
    : join(dirname(place), `.${basename(place)}.${randomBytes(4).toString('hex')}`);
  try {
    writeOpen(target, write);
    if (!special) renameSync(target, place);
  } catch (error) {
    if (!special) rmSync(target, { force: true });
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const reason = outputFault(error as NodeJS.ErrnoException);
    const left = special ? 'not all was written' : 'nothing was written';
    throw new AlignodeError('output', `${path}: ${reason}; ${left}`, { path });
  }
}

function writeOpen(path: string, write: (file: number) => void): void {
  const file = openSync(path, 'w');
  try {
    write(file);
  } finally {
    closeSync(file);
  }
}

/** Characters that are worth a system call. */
const WORTH = 2 ** 16;

/** The same text in pieces that are not tiny, and not huge unless they come so. */
export function* gathered(pieces: Iterable<string>): Generator<string> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < WORTH) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** Why writing failed, without the names of temporary files. */
export function outputFault({ code = 'unknown fault' }: NodeJS.ErrnoException): string {
  return code === 'ENOSPC' ? 'the disk is full' : `it could not be written (${code}); name another file`;
}
