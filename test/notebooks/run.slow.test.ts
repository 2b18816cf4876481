import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTurns } from '../../scripts/in-turns.mjs';
import { notebookText } from '../../scripts/notebooks/file.mjs';
import { outputsOf } from '../../scripts/notebooks/run.mjs';
import { differences } from '../support/notebookOutputs.ts';
import { type Cell, describeNotebooks, notebooks } from '../support/notebooks.ts';

const root = new URL('../..', import.meta.url).pathname;

describeNotebooks('run cell by cell with the built package, a notebook', (runner) => {
  let folder: string;
  const found: Record<string, string | Error> = {};

  // In a project of their own, as a user's notebooks are; the files of this one are only read.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'alignode-'));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules/alignode'), 'junction');
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "dependencies": { "alignode": "*" } }');
    await inTurns(notebooks, 2, async (notebook) => {
      try {
        const whole = JSON.parse(notebook.text);
        found[notebook.name] = notebookText(
          whole,
          await outputsOf(whole, { ...runner, name: notebook.name, folder }),
        );
      } catch (error) {
        found[notebook.name] = error as Error;
      }
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(notebooks)('has the outputs that are stored: $name', ({ name, cells }) => {
    const now = found[name];
    if (typeof now !== 'string') throw now;
    const told = differences(cells, (JSON.parse(now) as { cells: Cell[] }).cells);
    expect(
      told,
      `${name}.ipynb, ${told.join('\n')}\nnpm run notebooks:run -- ${name} stores them anew`,
    ).toEqual([]);
  });
});
