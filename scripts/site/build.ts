// The site: the explore page and the book as plain files for any web server.
//     npm run build:web [-- --out FOLDER]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contents } from '../book/contents.ts';
import { buildWeb } from '../build-web.mjs';
import { buildSite } from './site.ts';

const root = join(import.meta.dirname, '../..');
try {
  const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'web') } } });
  const { pages } = await buildSite({ root, out: values.out, contents, buildPage: buildWeb });
  console.log(`The explore page, and ${pages} pages of the book: any web server can have ${values.out}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
