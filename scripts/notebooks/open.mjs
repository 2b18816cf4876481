// Opens the notebooks in Jupyter, with their kernel; Ctrl-C ends it.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getTools } from '../get-tools.mjs';
import { findJupyter } from './find-jupyter.mjs';
import { CACHE, kernelEnvironment, NOTEBOOKS, writeJson } from './kernel.mjs';

/** @returns {Promise<number>} the exit code: Jupyter's, if it ends by itself */
export async function openNotebooks(more, deno) {
  const missing = getTools(['jupyter'], 'opening notebooks');
  if (missing !== undefined) throw new Error(`${missing.says}.`);
  const { command, classic } = findJupyter();
  const env = { ...kernelEnvironment(deno), ...(classic && plotsInClassic(process.env)) };
  // Jupyter lets root start it only if root says so.
  const root = process.getuid?.() === 0 ? ['--allow-root'] : [];
  const [program, ...args] = [...command, ...root, ...more];
  console.error(`${command.join(' ')} opens ${NOTEBOOKS}; Ctrl-C ends it.`);
  return ended(() =>
    spawn(program, args, { cwd: NOTEBOOKS, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true }),
  );
}

/**
 * In its own process group Jupyter hears of Ctrl-C from this program only: it then ends with its kernels, and asks no
 * question.
 */
function ended(start) {
  let asked = false;
  const stop = () => {
    asked = true;
    child.kill('SIGTERM');
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // Before the start: a signal that comes just then would end this program and leave Jupyter running.
  for (const signal of signals) process.on(signal, stop);
  const child = start();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      for (const signal of signals) process.removeListener(signal, stop);
      resolve(asked ? 0 : (code ?? 1));
    });
  });
}

/** The classic Notebook draws plots by an extension, which it finds beside the kernel. */
function plotsInClassic({ JUPYTER_CONFIG_PATH }) {
  const [extension, config] = [join(CACHE, 'share/nbextensions/alignode'), join(CACHE, 'etc')];
  mkdirSync(extension, { recursive: true });
  const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
  copyFileSync(path('classicPlotly.js'), join(extension, 'main.js'));
  copyFileSync(
    fileURLToPath(import.meta.resolve('plotly.js-dist-min/plotly.min.js')),
    join(extension, 'plotly.min.js'),
  );
  writeJson(join(config, 'nbconfig/notebook.json'), { load_extensions: { 'alignode/main': true } });
  return { JUPYTER_CONFIG_PATH: [config, JUPYTER_CONFIG_PATH].filter(Boolean).join(delimiter) };
}
