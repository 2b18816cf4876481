import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What a folder is, and a file that only such a folder has. */
export interface Kind {
  readonly name: string;
  readonly mark: string;
}

/** Fills a folder anew, whole or not at all: the work is done in a folder beside it, which is then renamed. */
export async function replaced<T>(
  out: string,
  { name, mark }: Kind,
  fill: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = resolve(out);
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, mark)))
    throw new Error(
      `${out} exists and is no ${name}; a ${name} would replace all that is in it: name another folder`,
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
