import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeGpu } from '../../../support/gpu.ts';
import { smallProblem } from '../../../support/problems.ts';

/* What only a process of its own can show of a GPU that fails. `npm test` builds dist/ first. */
const ROOT = new URL('../../../../', import.meta.url).pathname;
const MAIN = join(ROOT, 'dist/main.js');

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  writeFileSync(at('problem.json'), JSON.stringify(smallProblem()));
});
afterEach(() => rmSync(folder, { recursive: true }));

const simulateIn = (env: Record<string, string>, args: string[], main = MAIN) =>
  spawnSync(process.execPath, [main, 'simulate', at('problem.json'), '--N', '20', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

describeGpu('a GPU that fails', () => {
  const noDriver = { VK_ICD_FILENAMES: '/nonexistent', VK_DRIVER_FILES: '/nonexistent' };

  test('no adapter: "gpu" is refused with code 2, "auto" works', () => {
    const { status, stdout, stderr } = simulateIn(noDriver, ['--backend', 'gpu']);
    expect([status, stdout]).toEqual([2, '']);
    // That, and no word of the loader's own: Vulkan is not started.
    expect(stderr).toMatch(
      /^alignode: --backend: "gpu" does not run here: VK_DRIVER_FILES .* names no file .*: \/nonexistent \(or use "auto"\)\n$/,
    );
    expect(simulateIn(noDriver, []).status).toBe(0);
  });

  test('only an adapter in software: refused unless it is allowed', () => {
    const { status, stdout, stderr } = simulateIn({}, ['--backend', 'gpu']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^alignode: --backend: .*computes on the CPU.*--allow-software/m);
    const allowed = simulateIn({}, ['--backend', 'gpu', '--allow-software']);
    expect(allowed.status).toBe(0);
    expect(allowed.stdout).toMatch(/"backend":"gpu","threads":1,"adapter":"/);
    expect(allowed.stdout).toMatch(/^# device \{"name":".*","driver":".*","software":true\}$/m);
  });

  test.skipIf(process.platform !== 'linux')(
    'no adapter: in software where that is allowed, on what Chromium brings',
    () => {
      const { status, stdout } = simulateIn(noDriver, ['--backend', 'gpu', '--allow-software']);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^# device \{"name":".*swiftshader.*","software":true\}$/m);
      // And where it brings nothing: what was looked for, and what to install.
      const none = { ...noDriver, CHROMIUM: at('chromium') };
      const refused = simulateIn(none, ['--backend', 'gpu', '--allow-software']);
      expect([refused.status, refused.stdout]).toEqual([2, '']);
      expect(refused.stderr).toContain(
        `; nor is there SwiftShader, the GPU in software that Chromium brings: looked for vk_swiftshader_icd.json in ${folder} (Debian: apt-get install chromium; `,
      );
      // Without leave it is not even looked for.
      expect(simulateIn(none, ['--backend', 'gpu']).stderr).not.toContain('SwiftShader');
    },
  );

  test.skipIf(process.platform !== 'linux')('no Vulkan loader: said so, without a crash', () => {
    // Found before the system's, and no library.
    mkdirSync(at('lib'));
    writeFileSync(at('lib/libvulkan.so.1'), 'none');
    const { status, stdout, stderr } = simulateIn({ LD_LIBRARY_PATH: at('lib') }, [
      '--backend',
      'gpu',
      '--allow-software',
    ]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^alignode: --backend: "gpu" does not run here: /m);
  });

  test('no package: said which, "auto" works', () => {
    // An installation beside whose packages "webgpu" is not.
    mkdirSync(at('node_modules'));
    for (const name of Object.keys(
      JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).dependencies,
    )) {
      if (name.startsWith('@')) mkdirSync(join(at('node_modules'), name.split('/')[0]), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), join(at('node_modules'), name));
    }
    cpSync(join(ROOT, 'dist'), at('dist'), { recursive: true });
    copyFileSync(join(ROOT, 'package.json'), at('package.json'));
    const { status, stdout, stderr } = simulateIn({}, ['--backend', 'gpu'], at('dist/main.js'));
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/the package "webgpu" cannot be loaded .*; install it with npm install webgpu/);
    expect(simulateIn({}, ['--runs', '2'], at('dist/main.js')).status).toBe(0);
  });

  test('Ctrl-C while students are at work keeps the runs that were finished', async () => {
    const child = spawn(process.execPath, [
      ...[MAIN, 'simulate', at('problem.json'), '--N', '50', '--runs', '1000000'],
      ...['--backend', 'gpu', '--allow-software', '--out', at('runs.json')],
    ]);
    let stderr = '';
    let told = 0;
    child.stderr.on('data', (data) => {
      stderr += data;
      // At work, and some are finished.
      if (/ [1-9]\d* of 1000000 runs finished/.test(String(data)) && told++ === 0) child.kill('SIGINT');
    });
    const ending = await new Promise<unknown[]>((resolve) => child.on('close', (...args) => resolve(args)));
    expect(ending).toEqual([1, null]);
    const [, finished] = /interrupted; (\d+) of 1000000 runs were finished/.exec(stderr) ?? [];
    expect(Number(finished)).toBeGreaterThan(0);
    const { perRun, failed, settings } = JSON.parse(readFileSync(at('runs.json'), 'utf8'));
    expect([perRun.length, failed, settings.backend]).toEqual([Number(finished), [], 'gpu']);
    expect(perRun.every(({ eg }: { eg: (number | null)[] }) => eg.length === 3 && !eg.includes(null))).toBe(
      true,
    );
  });

  /** Dawn's objects on Node must be collected in the right order, or not at all. */
  test.each([
    ['between dispatches', 'for (let i = 0; i < 20; i++) { await batch.advance(50, 1); await collect(); }'],
    ['while a dispatch is at work', 'const work = batch.advance(3000, 0); await collect(); await work;'],
    ['while numbers are fetched', 'const fetch = batch.measure(); await collect(); await fetch();'],
    [
      'after it is closed, and once more',
      'batch.close(); await gpu.close(); await collect(); ({ gpu, batch } = await open());',
    ],
    [
      'after many were closed',
      'for (let i = 0; i < 4; i++) await (await openGpu({ allowSoftware: true })).close();',
    ],
  ])('nothing falls to pieces when garbage is collected %s', (_when, work) => {
    const script = `
      const { openGpu } = await import('${ROOT}build/shallow/students/gpu/device.js');
      const { gpuStudents } = await import('${ROOT}build/shallow/students/gpu/students.js');
      const { resolveProblem } = await import('${ROOT}dist/index.js');
      const problem = resolveProblem(${JSON.stringify(smallProblem())});
      const collect = async () => {
        for (let i = 0; i < 2; i++) { gc(); await new Promise((resolve) => setTimeout(resolve, 10)); }
      };
      const open = async () => {
        const gpu = await openGpu({ allowSoftware: true });
        await collect();
        return { gpu, batch: await gpuStudents.trained.start(gpu, [problem], 50, [1]) };
      };
      let { gpu, batch } = await open();
      await collect();
      ${work}
      await collect();
      batch.close();
      await gpu.close();
      await collect();
      console.log('done');
    `;
    const args = ['--expose-gc', '--input-type=module', '-e', script];
    for (let i = 0; i < 2; i++) {
      const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      // Vulkan's layers write to standard error what they like: it is shown, and not judged.
      expect([status, signal, stdout], stderr).toEqual([0, null, 'done\n']);
    }
  });
});
