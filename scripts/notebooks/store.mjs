// Runs notebooks and stores their outputs in place. A file is written whole, or stays as it is.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTools } from '../get-tools.mjs';
import { inTurns } from '../in-turns.mjs';
import { notebookText } from './file.mjs';
import { findRunner } from './find-python.mjs';
import { NOTEBOOKS } from './kernel.mjs';
import { outputsOf } from './run.mjs';

const AT_ONCE = 2;

/** The names of the notebooks, without what ends their files' names. */
export const notebookNames = () =>
  readdirSync(NOTEBOOKS)
    .filter((file) => file.endsWith('.ipynb'))
    .map((file) => file.slice(0, -'.ipynb'.length))
    .sort();

/** @returns {Promise<number>} the exit code: 1 if one failed, but the others are stored */
export async function storeOutputs(wanted, deno) {
  const names = chosen(wanted);
  const missing = getTools(['runner'], 'running notebooks');
  if (missing !== undefined) throw new Error(`${missing.says}.`);
  const python = findRunner();
  let failed = 0;
  await inTurns(names, AT_ONCE, async (name) => {
    const file = join(NOTEBOOKS, `${name}.ipynb`);
    try {
      const before = readFileSync(file, 'utf8');
      const notebook = parsed(before, name);
      const after = notebookText(notebook, await outputsOf(notebook, { name, python, deno }));
      if (after !== before) {
        writeFileSync(`${file}.part`, after);
        renameSync(`${file}.part`, file);
      }
      console.log(`${name}: ${after === before ? 'as it was' : 'stored anew'}`);
    } catch (error) {
      failed++;
      console.error(error.message);
    }
  });
  return failed > 0 ? 1 : 0;
}

/** The notebooks named, with or without .ipynb or the folder; all if none is named. */
function chosen(wanted) {
  const all = notebookNames();
  const names = wanted.map((one) => one.replace(/^(.*[\\/])?(.*?)(\.ipynb)?$/, '$2'));
  const unknown = names.findIndex((name) => !all.includes(name));
  if (unknown >= 0)
    throw new Error(`${wanted[unknown]}: there is no such notebook; there are ${all.join(', ')}`);
  return names.length > 0 ? names : all;
}

function parsed(text, name) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${name}: not a notebook: ${error.message}`);
  }
}
