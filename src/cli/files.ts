import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AlignodeError } from '../error.ts';

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
  return lookAt(path) ? readText(path) : undefined;
}

/** What stands at a path; undefined if nothing does, also below something that is no folder. */
function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** The problem in a file: a problem itself, or an output of this program, JSON or CSV, which carries the one it solved. */
export function readProblem(path: string): unknown {
  const text = readText(path).replace(/^\uFEFF/, '');
  const name = path === '-' ? 'standard input' : path;
  if (text.trim() === '')
    throw new AlignodeError('file', `${name}: it is empty; put a problem in it, as in examples/`, { path });
  const manifest = text.startsWith('# alignode') ? /^# problem (.*)$/m.exec(text)?.[1] : undefined;
  let value: unknown;
  try {
    value = JSON.parse(manifest ?? text);
  } catch (error) {
    throw new AlignodeError('file', `${name}: it is not JSON: ${(error as Error).message}`, { path });
  }
  return isOutput(value) ? value.problem : value;
}

/** Whether it came from `integrate`, which tells its statistics, or from `simulate`, which tells its settings. */
function isOutput(value: unknown): value is { problem: unknown } {
  if (typeof value !== 'object' || value === null || !('problem' in value)) return false;
  return 'stats' in value || 'settings' in value;
}

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

/** Writes a file whole or not at all: beside its place first, then into it. A device or pipe is written to directly. */
export function writeWhole(path: string, pieces: Iterable<string>): void {
  const found = lookAt(path);
  const special = found !== undefined && !found.isFile();
  // Where a link points is what is replaced, not the link.
  const place = found ? realpathSync(path) : path;
  const target = special
    ? path
    : join(dirname(place), `.${basename(place)}.${randomBytes(4).toString('hex')}`);
  try {
    writePieces(target, pieces);
    if (!special) renameSync(target, place);
  } catch (error) {
    if (!special) rmSync(target, { force: true });
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const reason = outputFault(error as NodeJS.ErrnoException);
    const left = special ? 'not all was written' : 'nothing was written';
    throw new AlignodeError('output', `${path}: ${reason}; ${left}`, { path });
  }
}

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    for (const text of gathered(pieces)) writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

/** Characters worth a call to the system. */
const WORTH = 2 ** 16;

/** The same text in pieces that are neither tiny nor, unless they come so, huge. */
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
