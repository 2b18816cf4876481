import { randomBytes } from 'node:crypto';
import { accessSync, constants, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AlignodeError } from '../error.ts';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'that is a folder; name a file',
  EACCES: 'it may not be read; change its permissions',
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
  return statSync(path, { throwIfNoEntry: false }) ? readText(path) : undefined;
}

/** JSON, with what is wrong with it said in terms of the file. */
export function readJson(path: string): unknown {
  const text = readText(path);
  const name = path === '-' ? 'standard input' : path;
  if (text.trim() === '')
    throw new AlignodeError('file', `${name}: it is empty; put a problem in it, as in examples/`, { path });
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new AlignodeError('file', `${name}: it is not JSON: ${(error as Error).message}`, { path });
  }
}

/** Refuses, before any work is done, a file that could not be written. */
export function checkWritable(path: string): void {
  const folder = dirname(path);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory())
    throw new AlignodeError('file', `${path}: that is a folder; name a file`, { path });
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
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
export function writeWhole(path: string, text: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  const special = found !== undefined && !found.isFile();
  const target = special ? path : join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}`);
  try {
    writeFileSync(target, text);
    if (!special) renameSync(target, path);
  } catch (error) {
    if (!special) rmSync(target, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    throw new AlignodeError(
      'output',
      `${path}: ${code === 'ENOSPC' ? 'the disk is full' : message}; nothing was written`,
      {
        path,
      },
    );
  }
}
