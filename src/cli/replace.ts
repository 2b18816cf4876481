import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/* A file is written beside its place, which it then takes: readers see the old file or the new one, whole. */

/** The file that a path leads to through links, be it there or not. Links that lead round are left as they are. */
export function behindLinks(path: string, most = 40): string {
  try {
    const link = readlinkSync(path);
    return most === 0 ? path : behindLinks(resolve(realpathSync(dirname(path)), link), most - 1);
  } catch {
    return path;
  }
}

/** Puts what `write` writes in the place of a file, of which mode and owner are kept as far as they may be. */
export function replace(place: string, old: Stats | undefined, write: (file: number) => void): void {
  removeLeftovers(dirname(place), basename(place));
  const target = temporary(place);
  try {
    const file = openSync(target, 'wx', old === undefined ? 0o666 : old.mode & 0o777);
    try {
      if (old !== undefined) keep(file, old);
      write(file);
    } finally {
      closeSync(file);
    }
    renameSync(target, place);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  }
}

/** Throws if a file could not be written beside the place. */
export function tryBeside(place: string): void {
  // The temporary name may be short enough where that of the file is not.
  lstatSync(place, { throwIfNoEntry: false });
  const target = temporary(place);
  closeSync(openSync(target, 'wx'));
  rmSync(target);
}

/** Changing the owner takes away some modes, so these come last. */
function keep(file: number, { uid, gid, mode }: Stats): void {
  for (const change of [() => fchownSync(file, uid, gid), () => fchmodSync(file, mode & 0o7777)])
    try {
      change();
    } catch {
      // Only the superuser may give files away, and some disks know no modes.
    }
}

/** So much of a file's name is in that of its temporary one, that the longest names still fit. */
const NAMED = 48;
const beginning = (name: string): string => `.${name.slice(0, NAMED)}.`;
/** Several machines may write on one disk, and each knows its own processes alone. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const LEFTOVER = new RegExp(`\\.${HOST}-(\\d+)-[0-9a-f]{8}$`);

const temporary = (place: string): string =>
  join(
    dirname(place),
    `${beginning(basename(place))}${HOST}-${process.pid}-${randomBytes(4).toString('hex')}`,
  );

/** Removes what was being written, to a file of that name or to any, when a process of this machine was killed. */
export function removeLeftovers(folder: string, name?: string): void {
  for (const found of namesIn(folder)) {
    const process = LEFTOVER.exec(found)?.[1];
    if (process === undefined || (name !== undefined && !found.startsWith(beginning(name)))) continue;
    if (!runs(Number(process))) rmSync(join(folder, found), { force: true });
  }
}

export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function runs(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
