import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../../scripts/notebooks/file.mjs';
import { findRunner } from '../../scripts/notebooks/find-python.mjs';
import { findDeno, NO_KERNEL, NOTEBOOKS } from '../../scripts/notebooks/kernel.mjs';
import { describeWith } from './describeWith.ts';

export interface Output {
  output_type: 'stream' | 'execute_result' | 'display_data' | 'error';
  name?: string;
  text?: string[];
  data?: Record<string, unknown>;
}

export interface Cell {
  cell_type: 'code' | 'markdown';
  id: string;
  source: string[];
  outputs?: Output[];
}

export interface Notebook {
  name: string;
  /** The file's text. */
  text: string;
  cells: Cell[];
}

/** Those of the project, as notebooks/README.md names them: a reader's own may lie beside them. */
const names = [...readFileSync(join(NOTEBOOKS, 'README.md'), 'utf8').matchAll(/\]\(([\w-]+)\.ipynb\)/g)];

export const notebooks: Notebook[] = names.map(([, name]) => {
  const text = readFileSync(join(NOTEBOOKS, `${name}.ipynb`), 'utf8');
  return { name, text, ...(JSON.parse(text) as { cells: Cell[] }) };
});

/** Cells of code and their numbers, from 1 among all cells, as messages have them. */
export const codeOf = ({ cells }: Notebook): { number: number; code: string }[] =>
  cells.flatMap((cell, i) =>
    cell.cell_type === 'code' ? [{ number: i + 1, code: textOf(cell.source) }] : [],
  );

/** What runs notebooks. */
export interface Runner {
  python: string;
  deno: string;
}

/** A suite that runs notebooks. */
export function describeNotebooks(name: string, suite: (runner: Runner) => void): void {
  const [python, deno] = [findRunner(), findDeno()];
  const missing = [
    ...(python ? [] : ['needs nbclient for Python; npm test says how to get it']),
    ...(deno ? [] : [NO_KERNEL]),
  ].join(' ');
  describeWith('what runs notebooks', missing || undefined, name, () =>
    suite({ python: python ?? '', deno: deno ?? '' }),
  );
}
