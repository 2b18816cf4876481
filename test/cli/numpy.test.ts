import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findNumpy } from '../../scripts/notebooks/find-python.mjs';
import { readPage } from '../support/bookBlocks.ts';
import { describeWith } from '../support/describeWith.ts';
import { smallProblem } from '../support/problems.ts';
import { alignode } from '../support/world.ts';

const python = findNumpy();
const missing = python ? undefined : 'needs numpy for Python; npm test says how to get it';

const STUDENTS = '--N 20 --runs 10 --student projected --threads 1'.split(' ');
/** Every command that writes a table of numbers. */
const tables: Record<string, string[]> = {
  integrate: ['problem.json'],
  simulate: ['problem.json', ...STUDENTS, '--test-set', '3'],
  compare: ['problem.json', ...STUDENTS, '--scaling-runs', '0'],
  // The formula alone leaves cells empty.
  plearn: ['--K', '2,3', '--M', '2', '--runs', '0'],
};

describeWith('numpy', missing, 'numpy', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const printed = (program: string): string => {
    const { stdout, stderr, status } = spawnSync(python!, ['-c', program], { cwd: folder, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'alignode-'));
    writeFileSync(at('problem.json'), JSON.stringify(smallProblem()));
    for (const [command, args] of Object.entries(tables)) {
      const own = args.map((arg) => (arg === 'problem.json' ? at(arg) : arg));
      await alignode(command, ...own, '--out', at(`${command}.csv`));
      await alignode(command, ...own, '--out', at(`${command}-plain.csv`), '--header', 'none');
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads the table of every command without its head: names from the first line, all numbers', () => {
    const found = JSON.parse(
      printed(`import json, numpy as np
read = lambda name: np.genfromtxt(name + '-plain.csv', delimiter=',', names=True)
print(json.dumps({name: [list(read(name).dtype.names), [str(x) for x in read(name)[-1]]] for name in ${JSON.stringify(Object.keys(tables))}}))`),
    ) as Record<string, [string[], string[]]>;
    for (const command of Object.keys(tables)) {
      const [names, row] = found[command];
      const lines = readFileSync(at(`${command}.csv`), 'utf8')
        .trimEnd()
        .split('\n');
      const [header, ...rows] = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(','));
      expect(names).toEqual(header);
      const number = (cell: string): number => (/^(nan|)$/i.test(cell) ? Number.NaN : Number(cell));
      expect(row.map(number)).toEqual(rows.at(-1)!.map(number));
    }
  });

  it('reads them as the page of files says', async () => {
    writeFileSync(
      at('problem.json'),
      readFileSync(join(import.meta.dirname, '../../examples/dfa-k2m2.json')),
    );
    await alignode('integrate', at('problem.json'), '--out', at('curve.csv'));
    await alignode('integrate', at('problem.json'), '--out', at('plain.csv'), '--header', 'none');
    const blocks = readPage('docs/files.md').blocks.filter(({ language }) => language === 'python');
    expect(blocks).toHaveLength(1);
    expect(printed(blocks[0].content)).toMatch(/^10000\.0 1\.0\d* \(200, 15\) dfa\n$/);
  });
});
