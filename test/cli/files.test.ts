import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gathered, writeWhole } from '../../src/cli/files.ts';

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
