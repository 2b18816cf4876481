// node scripts/pack-gpu.mjs [--out DIR] [--gzip]: after a build, everything that a Linux machine with an NVIDIA card,
// but without npm or a network, needs to check and to measure the GPU backend: one archive, and run-gpu.sh, which
// unpacks and runs it.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const MiB = 2 ** 20;
/** More is unwieldy to carry. */
const MOST = 60 * MiB;
/** Packages that the modules of build/, which check-gpu.mjs uses, need besides what is published. */
const OF_MODULES = ['ml-matrix', 'odex'];
/** Needed only for pages (`compare --html`), and only by TypeScript. */
const LEFT_OUT = ['plotly.js-dist-min', '@webgpu/types'];
/** The loader; and what NVIDIA's driver loads, which machines without a display may lack. */
const LOADER = 'libvulkan.so.1';
const ALSO = [
  'libGLdispatch.so.0',
  'libGLX.so.0',
  'libGL.so.1',
  'libEGL.so.1',
  'libX11.so.6',
  'libXext.so.6',
  'libxcb.so.1',
  'libXau.so.6',
  'libXdmcp.so.6',
  'libbsd.so.0',
  'libmd.so.0',
];

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'gpu-pack') },
    gzip: { type: 'boolean', default: false },
  },
});

function refuse(message) {
  console.error(message);
  process.exit(1);
}
if (process.platform !== 'linux' || process.arch !== 'x64')
  refuse('packs are made on Linux x64, for Linux x64');
if (!existsSync(join(root, 'dist/index.js'))) refuse('dist is missing: npm run build');
const readPackage = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The folders of packages needed at run time, found as Node finds them. */
function modulesOf(folder, names, found = new Set()) {
  for (const name of names.filter((one) => !LEFT_OUT.includes(one))) {
    let from = folder;
    while (!existsSync(join(from, 'node_modules', name))) {
      if (from === dirname(from)) refuse(`${name} is not installed: npm ci`);
      from = dirname(from);
    }
    const module = join(from, 'node_modules', name);
    if (found.has(module)) continue;
    found.add(module);
    modulesOf(module, Object.keys(readPackage(module).dependencies ?? {}), found);
  }
  return found;
}

/** False for what nothing reads at run time, and for the programs of other platforms. */
const needed = (path) =>
  !/\.(d\.[cm]?ts|map|md|dll)$|\/node_modules\/[^/]+(\/[^/]+)?\/(docs|benchmark|examples|test)$/.test(path) &&
  !/\/webgpu\/(build|dist\/(darwin|win32|linux-arm64)[^/]*)$/.test(path);

function libraries() {
  // ldconfig is not on every user's PATH.
  const list = execFileSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  });
  const lines = list.split('\n').filter((line) => line.includes('x86-64'));
  const find = (name) => lines.find((line) => line.trim().startsWith(`${name} `))?.split(' => ')[1];
  const found = [LOADER, ...ALSO].map((name) => [name, find(name)]);
  if (found[0][1] === undefined)
    refuse(`${LOADER} is not here; on Debian and Ubuntu: apt-get install libvulkan1`);
  return found.filter(([, path]) => path !== undefined);
}

const stage = mkdtempSync(join(tmpdir(), 'alignode-pack-'));
try {
  const put = (from, to) => {
    mkdirSync(dirname(join(stage, to)), { recursive: true });
    cpSync(from, join(stage, to), { recursive: true, dereference: true, filter: needed });
  };
  put(realpathSync(process.execPath), 'bin/node');
  for (const [name, path] of libraries()) put(realpathSync(path), `lib/${name}`);
  for (const part of [
    'build',
    'dist',
    'examples',
    'bench',
    'scripts/check-gpu.mjs',
    'package.json',
    'LICENSE',
  ])
    put(join(root, part), `package/${part}`);
  const { dependencies } = readPackage(root);
  const modules = modulesOf(root, [...Object.keys(dependencies), ...OF_MODULES, 'webgpu']);
  for (const module of modules) put(module, `package/${module.slice(root.length)}`);

  // Here only what was packed can be found.
  const doctor = spawnSync(join(stage, 'bin/node'), [join(stage, 'package/dist/main.js'), 'doctor']);
  if (doctor.status !== 0) refuse(`what was packed does not run: ${doctor.stderr}${doctor.stdout}`);

  const xz = !values.gzip && spawnSync('xz', ['--version']).status === 0;
  const archive = join(values.out, `alignode-gpu.tar.${xz ? 'xz' : 'gz'}`);
  mkdirSync(values.out, { recursive: true });
  // With two archives the script could not know which one is meant.
  for (const ending of ['xz', 'gz']) rmSync(join(values.out, `alignode-gpu.tar.${ending}`), { force: true });
  execFileSync('tar', [
    '--owner=0',
    '--group=0',
    '-C',
    stage,
    '-I',
    xz ? 'xz -6 -T0' : 'gzip -9',
    '-cf',
    archive,
    'bin',
    'lib',
    'package',
  ]);
  copyFileSync(join(root, 'scripts/run-gpu.sh'), join(values.out, 'run-gpu.sh'));

  const size = statSync(archive).size;
  const unpacked = execFileSync('du', ['-sk', stage], { encoding: 'utf8' }).split('\t')[0] / 1024;
  console.log(
    `${archive}: ${(size / MiB).toFixed(1)} MiB, ${unpacked.toFixed(0)} MiB unpacked, ${modules.size} packages, node ${process.version}`,
  );
  console.log(`Take it along with run-gpu.sh, and there: sh ${basename(values.out)}/run-gpu.sh`);
  if (size > MOST) refuse(`that is more than ${MOST / MiB} MiB`);
} finally {
  rmSync(stage, { recursive: true });
}
