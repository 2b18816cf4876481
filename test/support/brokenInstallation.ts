import { cpSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { simulate } from '../../src/index.ts';

const root = new URL('../..', import.meta.url).pathname;

export interface Installation {
  folder: string;
  /** The command. */
  main: string;
  simulate: typeof simulate;
  remove(): void;
}

/**
 * A copy of the built program in whose worker threads something comes first: the text of a module, in which `parentPort` is
 * the line to the main thread and `marker` names a file that is not there yet.
 */
export async function brokenInstallation(first: string): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const built = join(folder, 'dist');
  renameSync(join(built, 'nodeWorker.js'), join(built, 'soundWorker.js'));
  writeFileSync(
    join(built, 'nodeWorker.js'),
    `import { existsSync, writeFileSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     const marker = ${JSON.stringify(join(folder, 'marker'))};
     ${first}
     await import('./soundWorker.js');`,
  );
  const { simulate } = await import(join(folder, 'dist/index.js'));
  return {
    folder,
    main: join(folder, 'dist/main.js'),
    simulate,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
