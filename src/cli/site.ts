import { join } from 'node:path';
import { isThere } from './files.ts';

/** The page that a folder of pages begins with. */
export const FIRST_PAGE = 'index.html';

/** Whether a folder has pages: it may not have been built. */
export const isBuilt = (folder: string): boolean => isThere(join(folder, FIRST_PAGE));
