import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figures } from '../../src/figures/index.ts';
import { startedWhole } from '../support/nodeAborted.ts';

/*
 * The scripts that people copy run as they stand, with the built package, and their types hold. They are run where the package
 * is found by its name, and write there what they write.
 */

const ROOT = join(import.meta.dirname, '../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(ROOT, '.scripts-'));
  for (const { name, script } of figures) writeFileSync(join(folder, `${name}.ts`), script);
});
afterAll(() => rmSync(folder, { recursive: true }));

const program = (name: string): string => join(ROOT, 'node_modules/.bin', name);
const started = (command: string, ...args: string[]) =>
  startedWhole(() => spawnSync(program(command), args, { cwd: folder, encoding: 'utf8' }));

describe('the short script of each figure', () => {
  it.each(figures.map(({ name }) => name))('%s: it runs and prints numbers', (name) => {
    const { status, stdout, stderr } = started('tsx', `${name}.ts`);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/\d/);
    expect(stdout).not.toMatch(/NaN|undefined|\[object/);
  });

  it('their types hold', () => {
    const options =
      '--ignoreConfig --noEmit --strict --module nodenext --moduleResolution nodenext --target es2022 --types node';
    const { status, stdout } = started(
      'tsc',
      ...options.split(' '),
      '--skipLibCheck',
      ...figures.map(({ name }) => `${name}.ts`),
    );
    expect([status, stdout]).toEqual([0, '']);
  });
});

describe('the scripts of scripts/', () => {
  it.each([
    ['integrate', /BP: learned at α = 1763, out\/curve-1\.csv/],
    ['plearn', /K = 3: 0\.5 by the formula, 21 of 40 learned/],
    ['degeneracy-breaking', /F at 20°: ends in the best aligned, overlap 0\.982 of at most 0\.982/],
    ['compare', /theory and students agree/],
    ['conditioning', /final weight alignment\n.*\n0\.2\t0\.814[\s\S]*every curve has come to rest/],
  ])('%s does what it says', (name, words) => {
    const { status, stdout, stderr } = started('tsx', join(ROOT, 'scripts', `${name}.ts`));
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(words);
  });
});
