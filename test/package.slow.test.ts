import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
let project: string;
/** What npm said when it installed the package. */
let warnings: string;

const inProject = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'alignode-'));
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', project], {
    cwd: root,
    stdio: 'ignore',
  });
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz')) as string;
  writeFileSync(join(project, 'package.json'), '{ "name": "user", "private": true, "type": "module" }');
  const { stderr } = spawnSync(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`],
    { cwd: project, encoding: 'utf8' },
  );
  warnings = stderr;
});
afterAll(() => rmSync(project, { recursive: true }));

describe('the packed package in an empty project', () => {
  it('is installed without a warning of its scripts', () => {
    expect(warnings).not.toContain('alignode@');
  });

  it('integrates from an ES module', () => {
    writeFileSync(
      join(project, 'use.mjs'),
      `import { integrate } from 'alignode';
       const { eg } = integrate({
         activation: 'relu', rule: 'bp', learningRate: 0.1, teacher: { T: [[1]], A: [1] },
         student: { Q: [[1]], R: [[1]], v: [1] }, alpha: [5],
       });
       console.log(eg[0]);`,
    );
    expect(inProject(process.execPath, 'use.mjs')).toBe('0\n');
  });

  it('integrates from TypeScript run by tsx in a project of CommonJS modules', () => {
    const folder = mkdtempSync(join(project, 'part-'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
    writeFileSync(
      join(folder, 'use.ts'),
      `import { integrate } from 'alignode';
       const { eg } = integrate({
         activation: 'erf', rule: 'bp', learningRate: 0.1, teacher: { T: [[1]], A: [1] },
         student: { Q: [[1]], R: [[0]], v: [1] }, alpha: [5],
       });
       console.log(eg[0] > 0 && eg[0] < 1);`,
    );
    const tsx = join(root, 'node_modules/.bin/tsx');
    expect(execFileSync(tsx, ['use.ts'], { cwd: folder, encoding: 'utf8' })).toBe('true\n');
  });

  it('has types that a strict compiler accepts, and that refuse a wrong problem', () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const check = (source: string): string => {
      writeFileSync(join(project, 'use.ts'), source);
      const options = [
        '--noEmit',
        '--strict',
        '--module',
        'nodenext',
        '--target',
        'es2022',
        '--lib',
        'es2023',
        'use.ts',
      ];
      try {
        return inProject(process.execPath, tsc, ...options);
      } catch (error) {
        return (error as { stdout: string }).stdout;
      }
    };
    // Without the DOM, in which browsers' WebGPU has its types: nobody need have it to use a GPU.
    const start = `import { erf, integrate, simulate, type Problem } from 'alignode';
                   declare global { interface AbortSignal { readonly aborted: boolean } }\n`;
    expect(
      check(`${start}export const curve = (p: Problem): number[][][] => integrate(p, { rtol: 1e-10 }).Q;
             export const drivers = async (p: Problem): Promise<string | undefined> =>
               (await simulate(p, { N: 10, backend: 'gpu', adapter: 'a' })).device?.driver;
             export const average: number = erf.I4([[1]], 0, 0, 0, 0);`),
    ).toBe('');
    expect(check(`${start}integrate({ activation: 'erf' });`)).toContain('error TS2769');
  });

  it('leads from its README to nothing that it lacks', () => {
    const place = join(project, 'node_modules/alignode');
    const links = [...readFileSync(join(place, 'README.md'), 'utf8').matchAll(/\]\(([^)#]+)[^)]*\)/g)];
    expect(links.map(([, link]) => link).filter((link) => !existsSync(join(place, link)))).toEqual([]);
  });

  it('has the examples that the help names', () => {
    const head = inProject('npx', '--no-install', 'alignode', 'integrate', 'examples/dfa-k2m2.json');
    expect(head).toMatch(/^# alignode /);
  });

  it('has a working command', () => {
    expect(inProject('npx', '--no-install', 'alignode', 'doctor')).toContain('All is well.');
  });

  it('has the explore page, which it serves until Ctrl-C', async () => {
    // A group of its own: Ctrl-C on a terminal goes to npx and to what it started.
    const child = spawn('npx', ['--no-install', 'alignode', 'explore'], {
      cwd: project,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    try {
      const [line] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), ended]);
      expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
      const address = line.trim();
      const page = await fetch(address);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const script = /<script [^>]*src="([^"]+)"/.exec(await page.text())![1];
      const found = await fetch(new URL(script, address));
      expect([found.status, found.headers.get('content-type')]).toEqual([
        200,
        'text/javascript; charset=utf-8',
      ]);
      expect((await found.text()).length).toBeGreaterThan(1000);
      process.kill(-child.pid!, 'SIGINT');
      // npx ends by the signal, whatever the exit code of what it started; its pipe closes when both have ended.
      await ended;
      await expect(fetch(address)).rejects.toThrow();
    } finally {
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
    }
  });
});
