import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the program, seen from a source as from what is built of it. */
export const packageFolder: string = above(fileURLToPath(import.meta.url));

function above(place: string): string {
  const folder = dirname(place);
  return existsSync(join(folder, 'package.json')) ? folder : above(folder);
}
