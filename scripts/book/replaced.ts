import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Fills a folder anew, whole or not at all: the work is done in a folder beside it, which then takes its name. */
export async function replaced<T>(out: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const folder = resolve(out);
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, MARK)))
    throw new Error(
      `${out} exists and is no book; a book would replace all that is in it: name another folder`,
    );
  const fresh = `${folder}.new-${process.pid}`;
  const old = `${folder}.old-${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    mkdirSync(fresh);
    const result = await fill(fresh);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
    return result;
  } finally {
    for (const rest of [fresh, old]) rmSync(rest, { recursive: true, force: true });
  }
}

/** What only a book has. */
const MARK = 'assets/search-index.js';
