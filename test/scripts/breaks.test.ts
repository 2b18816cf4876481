import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Break, broken } from '../../scripts/breaks/break.ts';
import { rooms } from '../../scripts/breaks/breaks.ts';
import { caughtBy, countOf, type Tried, tableOf } from '../../scripts/breaks/table.ts';

const root = join(import.meta.dirname, '../..');
const all = rooms.flatMap(({ breaks }) => breaks);

describe('the changes that the tests are tried with', () => {
  it('are forty at least, four in each of ten rooms', () => {
    expect(all.length).toBeGreaterThanOrEqual(40);
    expect(rooms.filter(({ breaks }) => breaks.length >= 4).length).toBeGreaterThanOrEqual(10);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it.each(all)('$id fits the source', (change) => {
    const source = readFileSync(join(root, change.file), 'utf8');
    expect(broken(source, change)).not.toBe(source);
  });

  it.each(all)('$id names tests that npm test runs', ({ by }) => {
    expect(by.length).toBeGreaterThan(0);
    for (const file of by) expect([file, existsSync(join(root, file))]).toEqual([file, true]);
    expect(by.filter((file) => file.includes('.slow.'))).toEqual([]);
  });
});

const change: Break = {
  id: 'sign',
  file: 'src/a.ts',
  from: '+ $x',
  to: '- $&',
  wrong: 'a sign is wrong',
  by: ['test/a.test.ts'],
};

describe('a change', () => {
  it('is made where its text stands, whatever the text', () => {
    expect(broken('y = 1 + $x;', change)).toBe('y = 1 - $&;');
  });

  it.each(['y = 1;', 'y = 1 + $x + $x;'])('is refused where its text does not stand once: %s', (source) => {
    expect(() => broken(source, change)).toThrow(/^sign: found [02] times in src\/a\.ts, /);
  });
});

describe('the table', () => {
  const tried = (...files: string[]): Tried => ({
    room: 'a',
    change,
    failures: files.map((file) => ({ file, failed: 1, tests: 3 })),
  });

  it('names the test that was expected, and what the quicker command runs before what only the longer does', () => {
    const first = (...files: string[]) => caughtBy(tried(...files))?.file;
    expect(first('test/b.test.ts', 'test/a.test.ts')).toBe('test/a.test.ts');
    expect(first('test/b.slow.test.ts', 'test/b.test.ts')).toBe('test/b.test.ts');
    expect(first('test/b.slow.test.ts')).toBe('test/b.slow.test.ts');
    expect(first()).toBeUndefined();
  });

  it('says how many tests failed, or that not one came to be run', () => {
    expect(countOf({ file: 'a', failed: 1, tests: 3 })).toBe('1 of 3');
    expect(countOf({ file: 'a', failed: 0, tests: 3 })).toBe('before its first test');
  });

  it('has a row for each change, and counts what each command catches', () => {
    const lines = tableOf([tried('test/a.test.ts'), tried('test/b.slow.test.ts'), tried()]).split('\n');
    expect(lines.slice(2, 5)).toEqual([
      '| a | a sign is wrong | [a.ts](../src/a.ts) | `npm test` | [a.test.ts](../test/a.test.ts), 1 of 3 |',
      '| a | a sign is wrong | [a.ts](../src/a.ts) | `npm run test:all` | [b.slow.test.ts](../test/b.slow.test.ts), 1 of 3 |',
      '| a | a sign is wrong | [a.ts](../src/a.ts) |  | **nothing** |',
    ]);
    expect(lines[6]).toBe(
      'Of 3 changes `npm test` catches 1, `npm run test:all` 1 more, and 1 go unnoticed.',
    );
  });
});
