// npm run reproduce [-- arguments]: the main job. All figures as a gallery in out/, with the book beside it.
import { spawnSync } from 'node:child_process';
import { run } from '../build/cli/run.js';

// The gallery is made without a book where there is none; why, the builder has said.
spawnSync('npm', ['run', '--silent', 'docs'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
});
process.exitCode = await run(['reproduce', ...process.argv.slice(2)], process);
