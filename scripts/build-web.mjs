// The explore page: bundles src/web into static files that any web host can serve, from whatever folder.
//     node scripts/build-web.mjs      into dist/web, where `alignode explore` finds them
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The threads of Node, which a page never asks for. */
const withoutThreads = {
  name: 'without-threads',
  enforce: 'pre',
  resolveId: (source) => (source.endsWith('/nodeThreads.ts') ? '\0nothing' : undefined),
  load: (id) => (id === '\0nothing' ? 'export {};' : undefined),
};

/** How long each part of the bundler took is nobody's concern. */
const rolldownOptions = { checks: { pluginTimings: false } };

/** @param {string} out the folder; what is in it is replaced */
export async function buildWeb(out) {
  await build({
    root: join(root, 'src/web'),
    // Addresses relative to the page.
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [withoutThreads],
    worker: { format: 'es', plugins: () => [withoutThreads], rolldownOptions },
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'es2022',
      // The page's policy lets no script stand in it, nor style in an attribute.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions,
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb(join(root, 'dist/web'));
