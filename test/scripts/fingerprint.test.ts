import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprint } from '../../scripts/fingerprint.mjs';

/* By which npm run build knows that nothing has changed. */

test('files have another fingerprint after any change of them, and the same without one', () => {
  const root = mkdtempSync(join(tmpdir(), 'alignode-'));
  const file = (path: string): string => join(root, path);
  try {
    const seen = new Set<string>();
    const after = (change: () => void): void => {
      change();
      const found = fingerprint(root, ['a', 'b.json']);
      expect(fingerprint(root, ['a', 'b.json'])).toBe(found);
      expect(seen).not.toContain(found);
      seen.add(found);
    };
    after(() => {});
    after(() => mkdirSync(file('a/deep'), { recursive: true }));
    after(() => writeFileSync(file('a/deep/x.ts'), 'xy'));
    after(() => writeFileSync(file('a/deep/y.ts'), 'z'));
    after(() => {
      writeFileSync(file('a/deep/x.ts'), 'x');
      writeFileSync(file('a/deep/y.ts'), 'yz');
    });
    after(() => renameSync(file('a/deep/y.ts'), file('a/deep/z.ts')));
    after(() => renameSync(file('a/deep/z.ts'), file('a/z.ts')));
    after(() => writeFileSync(file('b.json'), ''));
    after(() => rmSync(file('a/deep/x.ts')));
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('files that are left out, or lie elsewhere, do not count', () => {
  const root = mkdtempSync(join(tmpdir(), 'alignode-'));
  try {
    const found = (): string => fingerprint(root, ['a'], ['a/made.ts']);
    mkdirSync(join(root, 'a'));
    const before = found();
    writeFileSync(join(root, 'a/made.ts'), 'made');
    writeFileSync(join(root, 'b.ts'), 'b');
    expect(found()).toBe(before);
  } finally {
    rmSync(root, { recursive: true });
  }
});
