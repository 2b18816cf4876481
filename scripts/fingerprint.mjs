import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The fingerprint of files and whole folders: their names and contents. A missing file has one too.
 * @param {string} root
 * @param {readonly string[]} paths within it
 * @param {readonly string[]} without files that are left out
 */
export function fingerprint(root, paths, without = []) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (without.includes(path)) return;
    const full = join(root, path);
    if (!existsSync(full)) hash.update(`${path}\0missing\0`);
    else if (statSync(full).isDirectory())
      for (const name of readdirSync(full).sort()) add(`${path}/${name}`);
    else {
      const content = readFileSync(full);
      hash.update(`${path}\0${content.length}\0`).update(content);
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
