// The book: docs/, notebooks/ and the API as pages that need no network.
//     npm run docs [-- --out FOLDER]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBook } from './book.ts';
import { contents } from './contents.ts';

const root = join(import.meta.dirname, '../..');
try {
  const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'book') } } });
  const { pages, leftOut } = await buildBook({ root, out: values.out, contents });
  if (leftOut.length > 0)
    console.error(`Left out, as the contents of the book do not name them: ${leftOut.join(', ')}`);
  console.log(`${pages} pages: open ${join(values.out, 'index.html')}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
