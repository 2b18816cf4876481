import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { packageFolder } from './packageFolder.ts';

/** The folder of problems that comes with the program; the help names them. */
const EXAMPLES = 'examples';

/** The file of the package that a path names as the help does, if there is no such file here. */
export function exampleFor(path: string): string | undefined {
  const name = normalize(path);
  if (dirname(name) !== EXAMPLES || existsSync(path)) return undefined;
  const shipped = join(packageFolder, name);
  return existsSync(shipped) ? shipped : undefined;
}
