// node scripts/side-by-side.mjs 'COMMAND' 'COMMAND' …: runs all commands at once, prints the output of each when it
// ends, and fails if one failed.
import { exec } from 'node:child_process';

const fails = process.argv.slice(2).map(
  (command) =>
    new Promise((resolve) => {
      exec(command, { maxBuffer: Number.POSITIVE_INFINITY }, (error, stdout, stderr) => {
        process.stdout.write(stdout);
        process.stderr.write(stderr);
        if (error) console.error(`failed: ${command}`);
        resolve(error !== null);
      });
    }),
);
if ((await Promise.all(fails)).includes(true)) process.exitCode = 1;
