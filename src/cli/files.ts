import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
// Not by way of its index: the table of a curve loads the theory, which not every command needs.
import { readProblemText } from '../report/tables/problemText.ts';
import { AlignodeError } from '../support/error.ts';
import type { World } from './command.ts';
import { exampleFor } from './examples.ts';
import { writePipe } from './pipe.ts';
import { behindLinks, replace, tryBeside } from './replace.ts';
import { say } from './say.ts';

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

/** The bytes of a file. */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new AlignodeError('file', `${path}: ${REASONS[code] ?? message}`, { path });
  }
}

/** A text file, or undefined if there is none. */
export function readIfThere(path: string): string | undefined {
  return isThere(path) ? readText(path) : undefined;
}

/** Whether anything exists at a path, be it a folder. */
export const isThere = (path: string): boolean => lookAt(path) !== undefined;

/** Whether there is something that is no file: a device, a pipe. */
export const isSpecial = (path: string): boolean => lookAt(path)?.isFile() === false;

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
export function readProblem(path: string, world: Pick<World, 'stderr'>): unknown {
  const shipped = exampleFor(path);
  if (shipped !== undefined)
    say(world, `${path} is not in this folder; the one of the package is taken, ${shipped}`);
  return readProblemText(readText(shipped ?? path), path === '-' ? 'standard input' : path, path).problem;
}

/** Refuses, before any work is done, a file that could not be written. */
export function checkWritable(path: string): void {
  if (path === '')
    throw new AlignodeError('file', '--out: found ""; name a file, or - for standard output', { path });
  const found = lookAt(path);
  if (found?.isDirectory())
    throw new AlignodeError('file', `${path}: that is a folder; name a file`, { path });
  const place = behindLinks(path);
  const folder = dirname(place);
  if (!lookAt(folder)?.isDirectory())
    throw new AlignodeError('file', `${path}: there is no folder ${folder}; make it, or name another`, {
      path,
    });
  try {
    if (found) accessSync(path, constants.W_OK);
    // Permissions do not tell all: a disk may be full or only readable, and in /proc nobody can make a file.
    if (found === undefined || found.isFile()) tryBeside(place);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const reason = NOT_WRITABLE[code] ?? 'it may not be written; change the permissions';
    throw new AlignodeError('file', `${path}: ${reason} or name another`, { path });
  }
}

/** Why there can be no file of a name, where permissions are not the reason. */
const NOT_WRITABLE: Record<string, string> = {
  ENOENT: 'no file can be made in that folder; make a folder elsewhere',
  EROFS: 'the disk there may only be read; make it writable',
  ENOSPC: 'the disk is full; make room',
  EDQUOT: 'the disk is full; make room',
  ENAMETOOLONG: 'the name is too long; shorten it',
  ELOOP: 'that is a link that leads round; remove it',
};

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

/** Writes to a file that then takes the place. A device or pipe is written to directly. */
function replaceWhole(path: string, write: (file: number) => void): void {
  const found = lookAt(path);
  const special = found !== undefined && !found.isFile();
  try {
    if (special) writeOpen(path, write);
    // The target of a link is replaced, not the link.
    else replace(behindLinks(path), found, write);
  } catch (error) {
    throw inWords(path, error, special ? 'not all was written' : 'nothing was written');
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

/** A fault of the system in the words of the command line; any other error as it is. */
function inWords(path: string, error: unknown, left: string): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  return new AlignodeError('output', `${path}: ${outputFault(error as NodeJS.ErrnoException)}; ${left}`, {
    path,
  });
}

/** Writes a result to a file, whole or not at all, or to a pipe, until `stop` says that nobody waits any more. */
export async function writeResult(path: string, pieces: Iterable<string>, stop: AbortSignal): Promise<void> {
  if (!lookAt(path)?.isFIFO()) return writeWhole(path, pieces);
  try {
    await writePipe(path, gathered(pieces), stop);
  } catch (error) {
    throw inWords(path, error, 'not all was written');
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
