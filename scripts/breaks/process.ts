import { spawn } from 'node:child_process';

/**
 * Runs a program in a folder, silently; returns its exit code and its output. The signal ends it, with all processes
 * that it has started.
 */
export function run(
  folder: string,
  [program, ...args]: readonly string[],
  signal: AbortSignal,
): Promise<{ code: number; said: string }> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // The head of a process group, which can be ended as a whole.
    const child = spawn(program, args, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (text: string): void => {
      said += text;
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    const end = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    signal.addEventListener('abort', end);
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason);
      else resolve({ code: code ?? 1, said });
    });
  });
}
