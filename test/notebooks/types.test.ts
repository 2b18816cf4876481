import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { codeOf, type Notebook, notebooks } from '../support/notebooks.ts';

const root = new URL('../..', import.meta.url).pathname;

/** The library's own types and those of the language, parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** The faults of the notebooks' cells, each notebook one module, to the project's own strictness and the package's own types. */
function faultsOf(some: readonly Pick<Notebook, 'name' | 'cells'>[]): string[] {
  const modules = new Map(
    some.map((notebook) => [join(root, 'notebooks', `${notebook.name}.ts`), moduleOf(notebook as Notebook)]),
  );
  const config = join(root, 'tsconfig.check.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.getSourceFile = (file, ...how) => {
    if (modules.has(file)) return getSourceFile(file, ...how);
    if (!parsed.has(file)) parsed.set(file, getSourceFile(file, ...how));
    return parsed.get(file);
  };
  host.fileExists = (file) => modules.has(file) || fileExists(file);
  host.readFile = (file) => modules.get(file)?.text ?? readFile(file);
  const program = ts.createProgram([...modules.keys()], options, host);
  return [...modules].flatMap(([file, { places, name }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText, start = 0, file: source }) => {
        const words = ts.flattenDiagnosticMessageText(messageText, '\n');
        const place = source && places[source.getLineAndCharacterOfPosition(start).line];
        return `${name}.ipynb${place ? `, cell ${place.cell}, line ${place.line}` : ''}: ${words}`;
      }),
  );
}

/** Cells in their order as one module, and where each of its lines comes from. */
function moduleOf(notebook: Notebook): {
  name: string;
  text: string;
  places: { cell: number; line: number }[];
} {
  const lines = codeOf(notebook).flatMap(({ number, code }) =>
    code.split('\n').map((text, i) => ({ text, cell: number, line: i + 1 })),
  );
  return {
    name: notebook.name,
    text: `${lines.map(({ text }) => text).join('\n')}\nexport {};\n`,
    places: lines,
  };
}

const notebookOf = (...cells: string[]): Pick<Notebook, 'name' | 'cells'> => ({
  name: 'one',
  cells: cells.map((code, i) => ({ cell_type: 'code', id: `c${i}`, source: [code] })),
});

it('the cells of each notebook, one after another, are sound TypeScript', () => {
  expect(faultsOf(notebooks)).toEqual([]);
});

it('a fault is told with its notebook, cell and line', () => {
  const start = "import { erf, integrate } from 'alignode';\nerf.name;";
  expect(faultsOf([notebookOf(start, 'integrate({});')])).toEqual([
    expect.stringMatching(
      /^one\.ipynb, cell 2, line 1: No overload matches this call\.[\s\S]*Argument of type '\{\}' is not assignable/,
    ),
  ]);
  expect(faultsOf([notebookOf(start, '\nconst x: number = 1;')])).toEqual([
    "one.ipynb, cell 1, line 1: 'integrate' is declared but its value is never read.",
    "one.ipynb, cell 2, line 2: 'x' is declared but its value is never read.",
  ]);
});

it('cells are written as the project writes code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alignode-'));
  try {
    for (const notebook of notebooks)
      for (const { number, code } of codeOf(notebook))
        writeFileSync(join(folder, `${notebook.name}, cell ${number}.ts`), `${code}\n`);
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const args = ['format', `--config-path=${join(root, 'biome.json')}`, '--vcs-enabled=false', '.'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [biome, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status, `${stdout}${stderr}`).toBe(0);
    expect(stdout).toContain(`Checked ${notebooks.flatMap(codeOf).length} files`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
