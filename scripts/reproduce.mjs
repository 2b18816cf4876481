// npm run reproduce [-- arguments]: the main job. All figures as a gallery in out/, with the book beside it, and pictures of them,
// for which root on Debian gets Chromium from apt-get; elsewhere the command says how to get it, and goes on without.
import { spawnSync } from 'node:child_process';
import { run } from '../dist/cli/run.js';
import { getTools } from './get-tools.mjs';

try {
  getTools(['chromium'], 'pictures of the figures');
} catch {
  // A wrong CHROMIUM: the command says so.
}
// The gallery is made without a book where there is none; why, the builder has said.
spawnSync('npm', ['run', '--silent', 'docs'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
});
process.exitCode = await run(['reproduce', ...process.argv.slice(2)], process);
