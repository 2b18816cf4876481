// Stores the figures' data anew, all of it: test/figures stores what it does not find in test/fixtures/figures.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}test/fixtures/figures`, { recursive: true, force: true });
const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')));
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/figures'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CI: '' },
});
process.exitCode = status ?? 1;
