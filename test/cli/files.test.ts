import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  createReadStream,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkWritable, gathered, readProblem, writeResult, writeWhole } from '../../src/cli/files.ts';
import { worldOf } from '../support/world.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a file is written from its pieces', () => {
  writeWhole(join(folder, 'a'), ['1', '2ü', '', '3\n']);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('12ü3\n');
  expect(readdirSync(folder)).toEqual(['a']);
});

it('a link stays a link, and what it points at is written', () => {
  writeFileSync(join(folder, 'target'), 'before');
  symlinkSync('target', join(folder, 'link'));
  writeWhole(join(folder, 'link'), ['after']);
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('after');
});

it('a link to nothing stays a link, and what it points at is made', () => {
  symlinkSync('target', join(folder, 'link'));
  writeWhole(join(folder, 'link'), ['new']);
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('new');
});

it.skipIf(process.platform === 'win32')('a file that is replaced keeps its mode', () => {
  const path = join(folder, 'a');
  writeFileSync(path, 'before');
  for (const mode of [0o600, 0o664, 0o755]) {
    chmodSync(path, mode);
    writeWhole(path, ['after']);
    expect(statSync(path).mode & 0o7777).toBe(mode);
  }
});

it.skipIf(process.getuid?.() !== 0)('a file that is replaced by the superuser keeps its owner', () => {
  const path = join(folder, 'a');
  writeFileSync(path, 'before');
  chownSync(path, 1234, 2345);
  chmodSync(path, 0o640);
  writeWhole(path, ['after']);
  const { uid, gid, mode } = statSync(path);
  expect([uid, gid, mode & 0o7777]).toEqual([1234, 2345, 0o640]);
});

it('what a killed process left beside a file goes when the file is written, what others write stays', () => {
  const path = join(folder, 'a.csv');
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  let names: string[] = [];
  const own = (): string => readdirSync(folder).find((name) => name.startsWith('.a.csv.')) as string;
  const seen = (function* () {
    names = [own(), own().replace(`-${process.pid}-`, `-${dead}-`), own().replace('.a.csv.', '.b.csv.')];
    yield 'y';
  })();
  writeWhole(path, seen);
  const [mine, left, other] = names;
  const others = [other.replace(`-${process.pid}-`, `-${dead}-`), mine, '.a.csv.swp'];
  for (const name of [left, ...others]) writeFileSync(join(folder, name), '');
  writeWhole(path, ['z']);
  expect(readdirSync(folder).toSorted()).toEqual(['a.csv', ...others].toSorted());
});

it('a name that is too long is refused before any work', () => {
  const path = join(folder, 'n'.repeat(300));
  expect(() => checkWritable(path)).toThrow('the name is too long; shorten it or name another');
  const longest = join(folder, 'ü'.repeat(127));
  checkWritable(longest);
  writeWhole(longest, ['x']);
  expect(readdirSync(folder)).toEqual(['ü'.repeat(127)]);
});

it.runIf(process.platform === 'linux')(
  'a folder where nobody can make a file is refused before any work',
  () => {
    expect(() => checkWritable('/proc/x.csv')).toThrow('/proc/x.csv: no file can be made in that folder');
  },
);

it.skipIf(process.platform === 'win32')('a pipe that nobody reads is waited for until Ctrl-C', async () => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const stop = new AbortController();
  const written = writeResult(path, ['1'], stop.signal);
  setImmediate(() => stop.abort());
  await expect(written).rejects.toThrow(`${path}: interrupted; this pipe was not read to the end`);
});

it.skipIf(process.platform === 'win32')('a pipe that is read gets all', async () => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const pieces = Array.from({ length: 10 }, () => 'x'.repeat(1e5));
  const written = writeResult(path, pieces, new AbortController().signal);
  let got = 0;
  const reader = createReadStream(path).on('data', (data) => {
    got += data.length;
  });
  await Promise.all([written, once(reader, 'end')]);
  expect(got).toBe(1e6);
});

it('an example that is not in this folder is that of the package, as standard error says', () => {
  const { world, outcome } = worldOf({ on: () => 0 });
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(readProblem('examples/dfa-k2m2.json', world)).toMatchObject({ activation: 'erf', rule: 'dfa' });
    expect(outcome.stderr).toMatch(
      /^alignode: examples\/dfa-k2m2\.json is not in this folder; the one of the package is taken, \/.*\n$/,
    );
    expect(() => readProblem('examples/none.json', world)).toThrow(
      'examples/none.json: there is no such file',
    );
    expect(() => readProblem('dfa-k2m2.json', world)).toThrow('dfa-k2m2.json: there is no such file');
  } finally {
    process.chdir(before);
  }
});

it('a file is left as it was when its pieces fail in the middle', () => {
  writeFileSync(join(folder, 'a'), 'before');
  const pieces = function* () {
    yield 'x'.repeat(1e6);
    throw new Error('no more');
  };
  expect(() => writeWhole(join(folder, 'a'), pieces())).toThrow('no more');
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['a']);
});

it('small pieces are gathered, large ones passed on at once', () => {
  const many = [...gathered(Array.from({ length: 1e5 }, () => 'ab'))];
  expect(many.length).toBeLessThan(10);
  expect(many.join('')).toBe('ab'.repeat(1e5));
  expect([...gathered(['x'.repeat(1e6), 'y'])]).toHaveLength(2);
  expect([...gathered([])]).toEqual([]);
});
