// Finds Jupyter, in whatever form it is installed.
import { spawnSync } from 'node:child_process';
import { pythons } from './find-python.mjs';

/** Its forms, the newest first; commands on PATH that do not work (as pyenv's may) are passed over. */
const forms = () => [
  ['jupyter-lab'],
  ['jupyter', 'lab'],
  ...pythons().map((python) => [python, '-m', 'jupyterlab']),
  ['jupyter-notebook'],
  ['jupyter', 'notebook'],
  ...pythons().map((python) => [python, '-m', 'notebook']),
];

/**
 * The command that opens Jupyter, or undefined.
 * @returns {{ command: string[], classic: boolean } | undefined} `classic`: the Notebook up to version 6, which is built otherwise
 */
export function findJupyter() {
  for (const command of forms()) {
    const [program, ...args] = command;
    const { status, stdout } = spawnSync(program, [...args, '--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (status !== 0) continue;
    const notebook = /notebook$/.test(command.at(-1) ?? '');
    return { command, classic: notebook && Number.parseInt(stdout, 10) < 7 };
  }
  return undefined;
}
