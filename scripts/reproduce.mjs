// npm run reproduce [-- arguments]: the main job. All figures as a gallery in out/, with the book beside it.
import { spawnSync } from 'node:child_process';
import { run } from '../build/cli/run.js';

// If the book cannot be built, the gallery is made without it; the builder has printed the reason.
spawnSync('npm', ['run', '--silent', 'docs'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
});
process.exitCode = await run(['reproduce', ...process.argv.slice(2)], process);
