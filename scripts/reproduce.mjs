// npm run reproduce [-- arguments]: the main job. All figures as a gallery in out/, and pictures of them, for which root on
// Debian gets Chromium from apt-get; elsewhere the command says how to get it, and goes on without.
import { run } from '../dist/cli/run.js';
import { getTools } from './get-tools.mjs';

try {
  getTools({ vulkan: false, purpose: 'pictures of the figures' });
} catch {
  // A wrong CHROMIUM: the command says so.
}
process.exitCode = await run(['reproduce', ...process.argv.slice(2)], process);
