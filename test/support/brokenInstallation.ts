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
 * A copy of the built program whose worker threads do what `worker` says: the text of a module, in which `work` is
 * what they should do and `marker` names a file that is not there yet.
 */
export async function brokenInstallation(worker: string): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const simulation = join(folder, 'dist/shallow/students');
  renameSync(join(simulation, 'worker.js'), join(simulation, 'soundWorker.js'));
  writeFileSync(
    join(simulation, 'worker.js'),
    `import { existsSync, writeFileSync } from 'node:fs';
     import work from './soundWorker.js';
     const marker = ${JSON.stringify(join(folder, 'marker'))};
     ${worker}`,
  );
  const { simulate } = await import(join(folder, 'dist/index.js'));
  return {
    folder,
    main: join(folder, 'dist/cli/main.js'),
    simulate,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
