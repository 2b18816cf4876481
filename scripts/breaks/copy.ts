import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Built, and so not known to git. */
const BUILT = [
  'dist',
  '.built',
  'src/shallow/students/kernelBytes.ts',
  'src/deep/networks/cpu/kernelBytes.ts',
  'src/deep/networks/cpu/relaxedBytes.ts',
];

/** A copy of the working tree that may be broken: a repository without history, with the same packages. */
export function copyOf(root: string): { folder: string; remove(): void } {
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync('git', args, { cwd, encoding: 'utf8' });
  const known = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
  const folder = mkdtempSync(join(tmpdir(), 'alignode-breaks-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    for (const path of [...known, ...BUILT]) {
      if (path === '' || !existsSync(join(root, path))) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(join(root, path), join(folder, path), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    git(folder, 'init', '--quiet');
    // Some tests ask git which files there are.
    git(folder, 'add', '--all');
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
