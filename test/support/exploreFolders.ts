import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes files, by their paths, into a folder. */
export function fill(folder: string, files: Record<string, string | Uint8Array>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** What stands in for the page and the book where only their being served is tested. */
export const standIn = (folder: string) => ({
  page: fill(join(folder, 'page'), {
    'index.html':
      '<!doctype html><title>The page</title><script type="module" src="assets/page.js"></script>',
    'assets/page.js': 'export const page = "é";\n',
    'assets/page.css': 'p { color: red }\n',
    'assets/students.wasm': new Uint8Array([0, 0x61, 0x73, 0x6d]),
    'assets/a b.svg': '<svg/>',
  }),
  book: fill(join(folder, 'book'), {
    'index.html': '<!doctype html><title>The book</title>',
    'api/index.html': '<!doctype html><title>The API</title>',
    'assets/fonts/a.woff2': new Uint8Array([1, 2, 3]),
  }),
});
