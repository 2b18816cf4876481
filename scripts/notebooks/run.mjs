// Runs notebooks unattended, each with a kernel of its own.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { textOf } from './file.mjs';
import { CACHE, kernelEnvironment, NOTEBOOKS } from './kernel.mjs';

const PROGRAM = fileURLToPath(new URL('run.py', import.meta.url));
/** Seconds that a cell may take, far beyond what any needs. */
const LIMIT = 600;

/**
 * The outputs of a notebook's cells, in their order. An error of a cell fails with a sentence that says which.
 * @param {{ cells: any[] }} notebook
 * @param {{ name: string, python: string, deno: string, folder?: string, limit?: number }} where
 *   what messages call it; the programs; the folder that its cells work in
 * @returns {Promise<any[][]>}
 */
export async function outputsOf(notebook, { name, python, deno, folder = NOTEBOOKS, limit = LIMIT }) {
  const runtime = join(CACHE, 'runtime');
  mkdirSync(runtime, { recursive: true });
  const env = { ...kernelEnvironment(deno), JUPYTER_RUNTIME_DIR: runtime, PYTHONDONTWRITEBYTECODE: '1' };
  const child = spawn(python, ['-W', 'ignore', PROGRAM, folder, String(limit)], { env });
  let [said, complained] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complained += text;
  });
  child.stdin.on('error', () => undefined).end(JSON.stringify(notebook));
  const status = await new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Error(`${name}: ${python} could not be started: ${error.message}`)),
    );
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  if (status !== 0) throw new Error(`${name}: ${python} ended with ${status}${lastLine(complained)}`);
  const answer = JSON.parse(said);
  if (answer.fault === undefined) return answer.outputs;
  const { cells } = notebook;
  if (answer.cell === null) throw new Error(`${name}: the kernel did not start: ${answer.fault}`);
  const first = textOf(cells[answer.cell].source)
    .split('\n')
    .find((line) => line.trim() !== '');
  throw new Error(`${name}, cell ${answer.cell + 1} of ${cells.length} (${first?.trim()}): ${answer.fault}`);
}

const lastLine = (text) => {
  const line = text.trim().split('\n').at(-1);
  return line ? `: ${line}` : '';
};
