import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findDeno } from '../../scripts/notebooks/kernel.mjs';
import hashes from '../fixtures/bits.json' with { type: 'json' };

const deno: string | undefined = findDeno();
const program = fileURLToPath(new URL('../support/printBits.ts', import.meta.url));

test('Deno finds the same bits', () => {
  expect(deno, 'the package deno has no program for this machine').toBeDefined();
  const out = execFileSync(
    deno!,
    ['run', '-A', '--no-check', '--node-modules-dir=manual', '--sloppy-imports', program],
    {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' },
    },
  );
  expect(JSON.parse(out)).toEqual(hashes);
});
