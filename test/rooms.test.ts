import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import {
  createSourceFile,
  forEachChild,
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  type Node,
  ScriptTarget,
  SyntaxKind,
} from 'typescript';
import { expect, it } from 'vitest';

/*
 * The rooms of src/, from the bottom up. What is in one of them may import what is in its own and in those before it:
 * arrows run one way. Types count as well.
 */
const ROOMS = [
  'support',
  'crew',
  'arrays',
  'numbers',
  'random',
  'ode',
  'shallow/gaussian',
  'shallow/problem',
  'shallow/theory',
  'shallow/students',
  'shallow/compare',
  'shallow/plearn',
  'deep/problem',
  'deep/data',
  'deep/linear',
  'deep/networks',
  'deep/compare',
  'wings',
  'draw',
  'figures',
  'report/tables',
  'report/pages',
  'cli',
  'index.ts',
  'web',
];

const root = join(import.meta.dirname, '../src');

interface Import {
  from: string;
  to: string;
  /** Whether anything is loaded when the module is. */
  loads: boolean;
}

function importsOf(from: string): Import[] {
  const source = createSourceFile(from, readFileSync(join(root, from), 'utf8'), ScriptTarget.Latest);
  const found: Import[] = [];
  const add = (specifier: Node | undefined, loads: boolean): void => {
    const text = specifier && 'text' in specifier ? String(specifier.text) : '';
    if (text.startsWith('.')) found.push({ from, to: posix.join(dirname(from), text), loads });
  };
  const visit = (node: Node): void => {
    if (isImportDeclaration(node)) {
      const { importClause } = node;
      const named = importClause?.namedBindings;
      const typesAlone =
        importClause?.isTypeOnly ||
        (named && 'elements' in named && !importClause.name && named.elements.every((one) => one.isTypeOnly));
      add(node.moduleSpecifier, !typesAlone);
    } else if (isExportDeclaration(node)) {
      const named = node.exportClause;
      const typesAlone =
        node.isTypeOnly ||
        (named &&
          'elements' in named &&
          named.elements.every((one) => 'isTypeOnly' in one && one.isTypeOnly));
      add(node.moduleSpecifier, !typesAlone);
    } else if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = (readdirSync(root, { recursive: true }) as string[]).filter((file) => /\.c?ts$/.test(file));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

const roomOf = (file: string): string => {
  const room = ROOMS.find((one) => file === one || file.startsWith(`${one}/`));
  if (room === undefined) throw new Error(`src/${file} is in no room; add its room to test/rooms.test.ts`);
  return room;
};

/** A module and all that is loaded with it. */
function behind(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { to, loads } of imports.get(file) ?? []) if (loads && imports.has(to)) behind(to, seen);
  return seen;
}

it('no room imports from one above it', () => {
  const wrong = [...imports.values()]
    .flat()
    .filter(({ from, to }) => ROOMS.indexOf(roomOf(to)) > ROOMS.indexOf(roomOf(from)));
  expect(wrong.map(({ from, to }) => `src/${from} imports src/${to}`)).toEqual([]);
});

it('the wings know nothing of each other', () => {
  const across = [...imports.values()]
    .flat()
    .filter(({ from, to }) => from.startsWith('deep/') && to.startsWith('shallow/'));
  expect(across.map(({ from, to }) => `src/${from} imports src/${to}`)).toEqual([]);
});

it('every import leads to a file', () => {
  const lost = [...imports.values()].flat().filter(({ to }) => !imports.has(to));
  expect(lost.map(({ from, to }) => `src/${from} imports src/${to}`)).toEqual([]);
});

it('a chart loads what draws it, and the library no figures, pages or commands', () => {
  expect(behind('draw/lineChart.ts').size).toBeLessThanOrEqual(25);
  const rooms = new Set([...behind('index.ts')].map(roomOf));
  for (const room of ['figures', 'report/pages', 'cli', 'web']) expect(rooms).not.toContain(room);
});

it('a command loads what it needs and nothing that others need', () => {
  expect(new Set([...behind('cli/main.ts')].map(roomOf))).not.toContain('shallow/theory');
  const rooms = new Set([...behind('cli/integrate.ts')].map(roomOf));
  for (const room of ['shallow/students', 'shallow/compare', 'shallow/plearn', 'figures', 'report/pages'])
    expect(rooms).not.toContain(room);
});
