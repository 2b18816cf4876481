import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './bookBlocks.ts';

/** The kernel as a source: built, and so not known to git. */
const BYTES = [
  'src/shallow/students/kernelBytes.ts',
  'src/deep/networks/cpu/kernelBytes.ts',
  'src/deep/networks/cpu/relaxedBytes.ts',
];

/** A folder that is the repository's root as its users see it: what is written there lands in no real place. */
export interface Sandbox {
  folder: string;
  env: NodeJS.ProcessEnv;
  remove(): void;
}

export function sandbox(): Sandbox {
  const folder = mkdtempSync(join(ROOT, '.book-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    for (const path of [...sources(), ...BYTES]) copy(path, folder);
    for (const built of ['build', 'dist'])
      cpSync(join(ROOT, built), join(folder, built), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  } catch (error) {
    remove();
    throw error;
  }
  return {
    folder,
    env: environment(folder),
    remove: () => {
      process.removeListener('exit', remove);
      remove();
    },
  };
}

let listed: string[] | undefined;
function sources(): string[] {
  listed ??= execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((path) => path !== '');
  return listed;
}

function copy(path: string, folder: string): void {
  // Listed and gone: somebody is at work in the tree.
  if (!existsSync(join(ROOT, path))) return;
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  copyFileSync(join(ROOT, path), join(folder, path));
}

/** The user's own, without what vitest and npm add, and without colours. */
function environment(folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|vitest|NODE_ENV$|NODE_OPTIONS$|TEST$|VITE|PROD$|DEV$|MODE$|SSR$|BASE_URL$|FORCE_COLOR$)/i.test(
        name,
      ),
  );
  return {
    ...Object.fromEntries(kept),
    NO_COLOR: '1',
    PATH: `${join(ROOT, 'test/support/bookBin')}:${process.env.PATH}`,
    BOOK_FOLDER: folder,
    // Git takes the folder for one outside any repository.
    GIT_CEILING_DIRECTORIES: ROOT,
    // Nothing is fetched, and nothing said of the machine's own settings.
    npm_config_offline: 'true',
    npm_config_yes: 'false',
    npm_config_loglevel: 'error',
    npm_config_update_notifier: 'false',
  };
}
