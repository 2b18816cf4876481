import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { COPY_SCRIPT } from '../../src/report/pages/copyButtons.ts';

const require = createRequire(import.meta.url);
const text = (path: string) => readFileSync(path, 'utf8');
const own = (name: string) => text(join(import.meta.dirname, 'web', name));

/** Styles, scripts and fonts, all inside the book: its pages load nothing from a network. */
export function writeAssets(write: (path: string, bytes: string | Uint8Array) => void): void {
  const katex = dirname(require.resolve('katex/dist/katex.min.css'));
  for (const font of readdirSync(join(katex, 'fonts')).filter((name) => name.endsWith('.woff2')))
    write(`assets/fonts/${font}`, readFileSync(join(katex, 'fonts', font)));
  write('assets/katex.css', woff2Only(text(join(katex, 'katex.min.css'))));

  write('assets/book.css', ['text.css', 'frame.css', 'code.css', 'api.css', 'print.css'].map(own).join('\n'));
  write('assets/theme.js', own('theme.js'));
  write('assets/book.js', [...['boxes.js', 'contents.js', 'search.js'].map(own), COPY_SCRIPT].join('\n'));
  write('assets/plots.js', own('plots.js'));
  write('assets/minisearch.js', text(join(dirname(require.resolve('minisearch')), '../umd/index.js')));
  write('assets/plotly.min.js', text(require.resolve('plotly.js-dist-min/plotly.min.js')));
  write('assets/licences.txt', ['katex', 'minisearch', 'plotly.js-dist-min'].map(licence).join('\n'));
}

/** All browsers that the book supports read woff2. */
const woff2Only = (css: string): string =>
  css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, '').replace(/\/\*#.*?\*\//g, '');

function licence(name: string): string {
  let folder = dirname(require.resolve(name));
  for (;;) {
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file) return `${name}\n\n${text(join(folder, file))}`;
    folder = dirname(folder);
  }
}
