import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notebookText } from '../../scripts/notebooks/file.mjs';
import { outputsOf } from '../../scripts/notebooks/run.mjs';
import { describeNotebooks } from '../support/notebooks.ts';

const root = new URL('../..', import.meta.url).pathname;

/** A copy of the project with other notebooks, and a folder of programs that stand before all others. */
let project: string;
let programs: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'alignode-'));
  programs = join(project, 'programs');
  for (const folder of ['programs', 'notebooks', 'node_modules']) mkdirSync(join(project, folder));
  for (const one of ['scripts', 'package.json'])
    cpSync(join(root, one), join(project, one), { recursive: true });
  for (const one of [
    'build',
    'dist',
    'node_modules/deno',
    'node_modules/@deno',
    'node_modules/plotly.js-dist-min',
  ])
    symlinkSync(join(root, one), join(project, one));
  // Whatever happens, no test installs anything.
  program('apt-get', 'echo "E: no network here" >&2; exit 100');
});
afterEach(() => rmSync(project, { recursive: true }));

function program(name: string, script: string): string {
  const file = join(programs, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const cellsOf = (...sources: string[]): { cells: unknown[] } => ({
  cells: sources.map((source) => ({ cell_type: 'code', source, metadata: {}, outputs: [] })),
});
const store = (name: string, ...sources: string[]): string => {
  const file = join(project, 'notebooks', `${name}.ipynb`);
  writeFileSync(file, notebookText(cellsOf(...sources)));
  return file;
};

function start(args: string[], env: Record<string, string>): { child: ChildProcess; ended: Promise<Said> } {
  const child = spawn(process.execPath, [join(project, 'scripts/notebooks/main.mjs'), ...args], {
    env: { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}`, ...env },
  });
  const said = { code: -1, stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].on('data', (data: Buffer) => {
      said[stream] += data.toString();
    });
  return { child, ended: once(child, 'close').then(([code]) => ({ ...said, code })) };
}

interface Said {
  code: number;
  stdout: string;
  stderr: string;
}
const notebooks = (args: string[], env: Record<string, string> = {}): Promise<Said> => start(args, env).ended;

describe('without what it needs, the command says what would do:', () => {
  it('no kernel', async () => {
    rmSync(join(project, 'node_modules/deno'));
    store('one', '1');
    for (const action of ['run', 'open']) {
      const { code, stderr } = await notebooks([action]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^No kernel: the package deno has no program for this machine.*npm ci .*\n$/);
    }
  });

  it('no Python that runs notebooks', async () => {
    const file = store('one', '1');
    const before = readFileSync(file, 'utf8');
    const none = await notebooks(['run'], { PYTHON: '/nowhere/python' });
    expect([none.code, none.stderr]).toEqual([
      1,
      'PYTHON is /nowhere/python, which cannot be started; name a Python, or leave PYTHON unset\n',
    ]);
    const { code, stderr } = await notebooks(['run'], { PYTHON: program('python-without', 'exit 1') });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /a runner of notebooks \(nbclient for Python\) not found \(Debian: apt-get install python3-nbclient; elsewhere, pip install nbclient, .*PYTHON=path.*\)\.\n$/,
    );
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('no Jupyter', async () => {
    for (const one of ['jupyter', 'jupyter-lab', 'jupyter-notebook']) program(one, 'exit 1');
    const { code, stderr } = await notebooks(['open'], { PYTHON: program('python-without', 'exit 1') });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /Jupyter not found \(Debian: apt-get install jupyter-notebook; elsewhere, pip install jupyterlab; or open .*VS Code.*npx deno jupyter --install\)\.\n$/,
    );
  });

  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    it('and root on Debian is told what apt-get was asked for, and why it failed', async () => {
      const { stderr } = await notebooks(['run'], { PYTHON: program('python-without', 'exit 1') });
      expect(stderr).toMatch(
        /^Installing python3-nbclient by apt-get, for running notebooks\.\napt-get failed: E: no network here\n/,
      );
    });

  it('a wrong name, or a wrong word', async () => {
    store('one', '1');
    store('two', '2');
    expect(await notebooks(['run', 'one', 'three'])).toMatchObject({
      code: 1,
      stderr: 'three: there is no such notebook; there are one, two\n',
    });
    for (const wrong of [[], ['start'], ['toString']])
      expect(await notebooks(wrong)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^use: node /) });
  });
});

describeNotebooks('the command that runs notebooks', (runner) => {
  it('stores outputs, the same every time', async () => {
    const file = store('one', "console.log('a'); console.error('b'); console.log('c');", '', '6 * 7');
    expect(await notebooks(['run'])).toMatchObject({ code: 0, stdout: 'one: stored anew\n', stderr: '' });
    const { cells } = JSON.parse(readFileSync(file, 'utf8'));
    expect(cells).toMatchObject([
      {
        execution_count: 1,
        metadata: {},
        outputs: [
          { output_type: 'stream', name: 'stdout', text: ['a\n', 'c\n'] },
          { output_type: 'stream', name: 'stderr', text: ['b\n'] },
        ],
      },
      { execution_count: null, outputs: [] },
      {
        execution_count: 2,
        outputs: [{ output_type: 'execute_result', execution_count: 2, data: { 'text/plain': ['42'] } }],
      },
    ]);
    store('other', '1');
    const { ino } = statSync(file);
    expect(await notebooks(['run', 'notebooks/one.ipynb'])).toMatchObject({
      code: 0,
      stdout: 'one: as it was\n',
    });
    expect(statSync(file).ino).toBe(ino);
  });

  it('hears all that a cell prints, on both streams, however late', async () => {
    const file = store(
      'one',
      ...Array.from({ length: 40 }, (_, i) => `console.log(${i}); console.error(${i});`),
    );
    expect(await notebooks(['run'])).toMatchObject({ code: 0, stderr: '' });
    const { cells } = JSON.parse(readFileSync(file, 'utf8'));
    expect(
      cells.map(({ outputs }: { outputs: { text: string[] }[] }) => outputs.map(({ text }) => text)),
    ).toEqual(Array.from({ length: 40 }, (_, i) => [[`${i}\n`], [`${i}\n`]]));
  });

  it('tells which cell fails, and how; that notebook stays as it was, and others are stored', async () => {
    const broken = store('broken', "console.log('fine');", "\n  const x = 1;\nthrow new Error('no');", '3');
    store('sound', '1');
    const before = readFileSync(broken, 'utf8');
    expect(await notebooks(['run'])).toEqual({
      code: 1,
      stdout: 'sound: stored anew\n',
      stderr: 'broken, cell 2 of 3 (const x = 1;): Error: no\n',
    });
    expect(readFileSync(broken, 'utf8')).toBe(before);
    expect(readdirSync(join(project, 'notebooks')).sort()).toEqual(['broken.ipynb', 'sound.ipynb']);
  });

  it('tells of a cell that is not well-formed, and of a file that is no notebook', async () => {
    store('broken', 'const x = ;');
    writeFileSync(join(project, 'notebooks/text.ipynb'), 'Words.');
    const { stderr } = await notebooks(['run']);
    expect(stderr).toContain(
      'broken, cell 1 of 1 (const x = ;): Error: Execution failed (is the code well-formed?)\n',
    );
    expect(stderr).toMatch(/text: not a notebook: .*JSON/);
  });

  it.each([
    ['ends its kernel', 'Deno.exit(3)', 'the kernel ended'],
    ['never ends', 'while (true);', 'not done after 3 s'],
    ['waits for ever', 'await new Promise(() => {});', 'not done after 3 s'],
  ])('tells of a cell that %s', async (_what, source, fault) => {
    const run = outputsOf(JSON.parse(notebookText(cellsOf('1', source))), {
      ...runner,
      name: 'one',
      folder: project,
      limit: 3,
    });
    await expect(run).rejects.toThrow(`one, cell 2 of 2 (${source}): ${fault}`);
  });

  it('tells of a kernel that does not start', async () => {
    // Of the copy: where others look for the kernel, nothing may be changed.
    const copy: typeof import('../../scripts/notebooks/run.mjs') = await import(
      join(project, 'scripts/notebooks/run.mjs')
    );
    const run = copy.outputsOf(JSON.parse(notebookText(cellsOf('1'))), {
      ...runner,
      name: 'one',
      deno: program('deno', 'exit 1'),
      folder: project,
    });
    await expect(run).rejects.toThrow(/^one: the kernel did not start: /);
  });
});

describe('the command that opens notebooks', () => {
  /** A Jupyter that writes down how it was started, and ends when it is asked to. */
  const jupyter = (name: string, version: string): string =>
    program(
      name,
      `case "$*" in *--version) echo ${version}; exit 0;; esac
echo "$PWD|$*|$JUPYTER_PATH|$JUPYTER_CONFIG_PATH" > '${programs}/started.part'
trap 'echo ended > "${programs}/ended"; exit 15' TERM
mv '${programs}/started.part' '${programs}/started'
while :; do sleep 0.1; done`,
    );

  async function opened(args: string[], env: Record<string, string> = {}): Promise<string[] & Partial<Said>> {
    const { child, ended } = start(['open', ...args], env);
    const file = join(programs, 'started');
    let gone = false;
    ended.then(() => {
      gone = true;
    });
    while (!existsSync(file) && !gone) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGINT');
    const said = await ended;
    if (!existsSync(file)) throw new Error(said.stderr);
    return Object.assign(readFileSync(file, 'utf8').trim().split('|'), said);
  }

  it('starts Jupyter in their folder, with the kernel and the arguments given, and ends it on Ctrl-C', async () => {
    jupyter('jupyter-lab', '4.4.1');
    const [folder, args, path, config, ...rest] = Object.assign(
      await opened(['--no-browser', '--port=8889'], {
        JUPYTER_PATH: '/mine',
        JUPYTER_CONFIG_PATH: '/settings',
      }),
    );
    expect(rest).toEqual([]);
    expect(folder).toMatch(/notebooks$/);
    expect(args).toMatch(/^(--allow-root )?--no-browser --port=8889$/);
    const [share, mine] = path.split(delimiter);
    expect(mine).toBe('/mine');
    const { argv, env } = JSON.parse(readFileSync(join(share, 'kernels/deno/kernel.json'), 'utf8'));
    expect(argv.slice(1)).toEqual(['jupyter', '--kernel', '--conn', '{connection_file}']);
    expect(existsSync(argv[0])).toBe(true);
    expect(env.NO_COLOR).toBe('1');
    expect(share.startsWith(join(project, 'node_modules'))).toBe(true);
    expect(config).toBe('/settings');
    expect(readFileSync(join(programs, 'ended'), 'utf8')).toBe('ended\n');
  });

  it('ends well when it is asked to end', async () => {
    jupyter('jupyter-lab', '4.4.1');
    expect((await opened([])).code).toBe(0);
  });

  it('teaches the classic Notebook to draw plots', async () => {
    for (const one of ['jupyter', 'jupyter-lab']) program(one, 'exit 1');
    jupyter('jupyter-notebook', '6.4.12');
    const env = { PYTHON: program('python-without', 'exit 1'), JUPYTER_CONFIG_PATH: '/settings' };
    const [, , path, config] = await opened([], env);
    const extension = join(path.split(delimiter)[0], 'nbextensions/alignode');
    expect(readdirSync(extension).sort()).toEqual(['main.js', 'plotly.min.js']);
    const [settings, mine] = config.split(delimiter);
    expect(mine).toBe('/settings');
    expect(JSON.parse(readFileSync(join(settings, 'nbconfig/notebook.json'), 'utf8'))).toEqual({
      load_extensions: { 'alignode/main': true },
    });
  });

  it('leaves a newer Notebook as it is', async () => {
    for (const one of ['jupyter', 'jupyter-lab']) program(one, 'exit 1');
    jupyter('jupyter-notebook', '7.2.0');
    const env = { PYTHON: program('python-without', 'exit 1'), JUPYTER_CONFIG_PATH: '/settings' };
    expect((await opened([], env))[3]).toBe('/settings');
  });
});
