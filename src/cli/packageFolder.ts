import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the program; it is the same for the sources and for what is built of them. */
export const packageFolder: string = above(fileURLToPath(import.meta.url));

function above(place: string): string {
  const folder = dirname(place);
  return existsSync(join(folder, 'package.json')) ? folder : above(folder);
}
