import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../figures/index.ts';
import { version } from '../support/version.ts';
import { writeWhole } from './files.ts';
import { namesIn, removeLeftovers } from './replace.ts';

/** Pieces of work in a folder, a file each, from which an interrupted run goes on. */
export interface Pieces extends Store {
  /** Removes the pieces that were asked for, those of other versions, and the folder if nothing is left in it. */
  removeUsed(): void;
}

export function piecesIn(folder: string): Pieces {
  // A piece of another version cannot be used: its key would not be asked for.
  const own = join(folder, version);
  const used = new Set<string>();
  const fileOf = (key: string): string => {
    const file = join(own, `${createHash('sha256').update(key).digest('hex')}.json`);
    used.add(file);
    return file;
  };
  return {
    get: async (key) => {
      try {
        const kept = JSON.parse(readFileSync(fileOf(key), 'utf8')) as { key: string; value: unknown };
        return kept.key === key ? kept.value : undefined;
      } catch {
        // Not there, or damaged: it is made again.
        return undefined;
      }
    },
    put: async (key, value) => {
      mkdirSync(own, { recursive: true });
      writeWhole(fileOf(key), [JSON.stringify({ key, value })]);
    },
    removeUsed: () => {
      for (const file of used) rmSync(file, { force: true });
      // Files that were being written when the program was killed.
      removeLeftovers(own);
      for (const other of namesIn(folder))
        if (other !== version) rmSync(join(folder, other), { recursive: true, force: true });
      for (const empty of [own, folder]) removeIfEmpty(empty);
    },
  };
}

/** Pieces of figures that were interrupted before and not asked for this time stay. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // There is none, or it is not empty.
  }
}
