import { AlignodeError } from './error.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const MAC = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What to say where none is found. */
export const howToGetChromium = 'Debian: apt-get install chromium; elsewhere set CHROMIUM=path';

/**
 * The path of a Chromium or a Chrome, if there is one: what CHROMIUM names, or else what is found by the usual names.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM === undefined || env.CHROMIUM === '') return installed(env)[0];
  if (isProgram(env.CHROMIUM)) return env.CHROMIUM;
  throw new AlignodeError(
    'file',
    `CHROMIUM: ${env.CHROMIUM} is no program; name that of Chromium or Chrome, or leave the variable unset`,
    { path: 'CHROMIUM' },
  );
}

/** What is found by the usual names, in the order in which it is preferred. */
function installed({ PATH = '', ...env }: NodeJS.ProcessEnv): string[] {
  const { join, delimiter } = paths();
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const onWindows = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) =>
      ['Chromium', 'Google/Chrome'].map((name) => join(folder, name, 'Application', 'chrome.exe')),
    );
  return [...onPath, ...MAC, ...onWindows].filter(isProgram);
}

/** By this file a Vulkan loader finds SwiftShader. */
const DRIVER = 'vk_swiftshader_icd.json';

/**
 * The driver file of SwiftShader, the software GPU for Vulkan that comes with Chromium and Chrome; or where it was
 * looked for.
 */
export function findSwiftShader(env: NodeJS.ProcessEnv = process.env): { file?: string; lookedFor: string } {
  const { join } = paths();
  const programs = env.CHROMIUM ? [env.CHROMIUM] : installed(env);
  const folders = [...new Set(programs.flatMap(foldersOf))];
  const file = folders.map((folder) => join(folder, DRIVER)).find((path) => files().existsSync(path));
  const lookedFor =
    folders.length > 0
      ? `${DRIVER} in ${folders.join(', ')}`
      : `${DRIVER} beside ${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1)}, of which none is in PATH`;
  return { ...(file !== undefined && { file }), lookedFor };
}

/** Where the libraries of a browser may lie. */
function foldersOf(program: string): string[] {
  const { basename, dirname, join } = paths();
  if (!isProgram(program)) return [dirname(program)];
  const binary = files().realpathSync(program);
  // Distributions start theirs by a script in /usr/bin; the binary is in a folder of the same name.
  return [dirname(binary), ...['/usr/lib', '/usr/lib64'].map((lib) => join(lib, basename(binary)))];
}

function isProgram(path: string): boolean {
  const { accessSync, constants, statSync } = files();
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Not imported, so that bundled pages do not contain them. */
const files = (): typeof import('node:fs') => process.getBuiltinModule('node:fs');
const paths = (): typeof import('node:path') => process.getBuiltinModule('node:path');
