// npm run build: the kernel as a source, the modules in build/ from the sources, what is published in dist/, the
// explore page in dist/web. If neither inputs nor outputs have changed since the last build, nothing is done: .built
// holds a fingerprint of both.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './fingerprint.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const NOTE = join(root, '.built');

const KERNELS = [
  'src/shallow/students/kernelBytes.ts',
  'src/deep/networks/cpu/kernelBytes.ts',
  'src/deep/networks/cpu/relaxedBytes.ts',
];
const READ = [
  'src',
  'kernel',
  'types',
  'scripts/build.mjs',
  'scripts/build-kernel.mjs',
  'scripts/build-bundle.mjs',
  'scripts/build-web.mjs',
  'scripts/licences.mjs',
  'tsconfig.json',
  'tsconfig.check.json',
  'tsconfig.build.json',
  'package.json',
  // What npm has installed, the compilers among it.
  'node_modules/.package-lock.json',
];
const WRITTEN = ['build', 'dist', ...KERNELS];

const read = () => fingerprint(root, READ, KERNELS);
const written = () => fingerprint(root, WRITTEN);

// Taken before compiling: what changes meanwhile is not in this build.
const before = read();
if (existsSync(NOTE) && readFileSync(NOTE, 'utf8') === `${before} ${written()}\n`) {
  console.log('dist/ is up to date');
} else {
  rmSync(NOTE, { force: true });
  await run('scripts/build-kernel.mjs');
  await Promise.all([compile(), run('scripts/build-web.mjs')]);
  writeFileSync(NOTE, `${before} ${written()}\n`);
}

async function compile() {
  await run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
  await run('scripts/build-bundle.mjs');
  // The bundler writes plain files; the command needs the executable bit, which `npm pack` then keeps.
  chmodSync(join(root, 'dist/main.js'), 0o755);
}

/** Ends this program if a step fails; the step has printed the reason. */
function run(...args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    child.on('close', (code) => (code === 0 ? resolve() : process.exit(code ?? 1)));
  });
}
