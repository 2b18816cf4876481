// What is published: the modules of build/, bundled into a few files in dist/, which start several times as fast as two
// hundred small ones. dist/LICENCES.txt names the packages whose code is bundled, with their licences.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { licences } from './licences.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

const bundle = await rolldown({
  cwd: root,
  platform: 'node',
  input: {
    index: 'build/index.js',
    main: 'build/cli/main.js',
    gpuSurvey: 'build/cli/gpuSurvey.js',
    nodeWorker: 'build/shallow/students/nodeWorker.js',
    pageWorker: 'build/shallow/students/pageWorker.js',
    networksNodeWorker: 'build/deep/networks/networksNodeWorker.js',
    networksPageWorker: 'build/deep/networks/networksPageWorker.js',
  },
  // Loaded on demand, or read as a file.
  external: ['webgpu', '@resvg/resvg-js', 'plotly.js-dist-min'],
  // Its separate modules, most of which are left out of the bundle, in place of the one file that holds them all.
  resolve: { alias: { 'ml-matrix': join(root, 'node_modules/ml-matrix/src/index.js') } },
  checks: { pluginTimings: false },
});
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  // In the folder of the workers' scripts, because chunks find those by a relative path.
  chunkFileNames: '[name]-[hash].js',
});
await bundle.close();
writeFileSync(join(dist, 'LICENCES.txt'), licences(output.flatMap(({ moduleIds = [] }) => moduleIds)));
