// The explore page: bundles src/web into static files that any web host can serve, from whatever folder.
//     node scripts/build-web.mjs      into dist/web, where `alignode explore` finds them
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { licences } from './licences.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Leaves out the threads of Node, which a page never uses. */
const withoutThreads = {
  name: 'without-threads',
  enforce: 'pre',
  resolveId: (source) => (source.endsWith('/nodeThreads.ts') ? '\0nothing' : undefined),
  load: (id) => (id === '\0nothing' ? 'export {};' : undefined),
};

/** Names the packages whose code is part of the page and of its workers, with their licences. */
function withLicences() {
  const modules = new Set();
  const note = (bundle) => {
    for (const { moduleIds = [] } of Object.values(bundle)) for (const id of moduleIds) modules.add(id);
  };
  return {
    ofWorkers: { name: 'licences-of-workers', generateBundle: (_, bundle) => note(bundle) },
    ofPage: {
      name: 'licences',
      generateBundle(_, bundle) {
        note(bundle);
        this.emitFile({ type: 'asset', fileName: 'LICENCES.txt', source: licences(modules) });
      },
    },
  };
}

/** No report of how long each part of the bundler took. */
const rolldownOptions = { checks: { pluginTimings: false } };

/** @param {string} out the folder; what is in it is replaced */
export async function buildWeb(out) {
  const { ofPage, ofWorkers } = withLicences();
  await build({
    root: join(root, 'src/web'),
    // Addresses relative to the page.
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [withoutThreads, ofPage],
    worker: { format: 'es', plugins: () => [withoutThreads, ofWorkers], rolldownOptions },
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'es2022',
      // The page's policy allows neither inline scripts nor style attributes.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions,
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb(join(root, 'dist/web'));
