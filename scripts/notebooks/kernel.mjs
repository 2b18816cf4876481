// The kernel of the notebooks: Deno, from its npm package, announced to Jupyter by a folder of our own. Nothing is
// installed into the user's home.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const NOTEBOOKS = fileURLToPath(new URL('../../notebooks', import.meta.url));
/** What the notebooks need besides npm packages is kept here, and can be deleted at any time. */
export const CACHE = fileURLToPath(new URL('../../node_modules/.cache/alignode-notebooks', import.meta.url));

/** What Jupyter calls the kernel and its language; the same in every notebook. */
export const KERNELSPEC = { display_name: 'Deno', language: 'typescript', name: 'deno' };

/** The path of Deno, or undefined: its package has none for this platform, or was left out of the installation. */
export function findDeno() {
  try {
    return createRequire(import.meta.url)('deno/install_api.cjs').runInstall();
  } catch {
    return undefined;
  }
}

export const NO_KERNEL =
  'No kernel: the package deno has no program for this machine in node_modules. Run npm ci without --omit=dev and --omit=optional; on other platforms than Linux (glibc), macOS and Windows, run a Deno of your own: deno jupyter --install.';

/** Announces the kernel to Jupyter; returns the environment in which Jupyter's programs find it. */
export function kernelEnvironment(deno, env = process.env) {
  const spec = {
    argv: [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'],
    display_name: KERNELSPEC.display_name,
    language: KERNELSPEC.language,
    // Deno's module cache stays here too, and Deno does not look for updates of itself.
    env: { NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', DENO_DIR: join(CACHE, 'deno') },
  };
  writeJson(join(CACHE, 'share/kernels', KERNELSPEC.name, 'kernel.json'), spec);
  return { ...env, JUPYTER_PATH: [join(CACHE, 'share'), env.JUPYTER_PATH].filter(Boolean).join(delimiter) };
}

/** Writes a file only if it would change: another Jupyter may be reading it. */
export function writeJson(file, value) {
  const text = `${JSON.stringify(value, null, 1)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
