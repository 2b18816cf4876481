// Starts a command that would take long, waits for a line of its output that matches, and stops it as Ctrl-C does:
// node bookStart.mjs REGEXP COMMAND.
import { spawn } from 'node:child_process';

const [expected, command] = process.argv.slice(2);
const child = spawn('bash', ['-c', command], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
let output = '';
let seen = false;
for (const stream of [child.stdout, child.stderr])
  stream.on('data', (data) => {
    output += data;
    if (seen || !new RegExp(expected, 'm').test(output)) return;
    seen = true;
    process.kill(-child.pid, 'SIGINT');
  });
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    process.kill(-child.pid, 'SIGKILL');
    process.exit(1);
  });
child.on('close', () => {
  if (!seen) console.error(`nothing matched /${expected}/ in what "${command}" printed:\n${output}`);
  process.exitCode = seen ? 0 : 1;
});
