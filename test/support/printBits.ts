import * as library from '../../dist/index.js';
import { hashOf, type Library, PROMISES } from './promises.ts';

/* Prints the hashes of every promise, found by the built library: run by Deno, and by Node where bits change on purpose. */

const hashes: Record<string, string> = {};
for (const name of Object.keys(PROMISES))
  hashes[name] = hashOf(await PROMISES[name](library as unknown as Library));
console.log(JSON.stringify(hashes, null, 2));
