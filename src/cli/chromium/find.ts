import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { AlignodeError } from '../../error.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const MAC = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What to say where none is found. */
export const howToGetChromium = 'Debian: apt-get install chromium; elsewhere set CHROMIUM=path';

/** The path of a Chromium or a Chrome, if there is one: what CHROMIUM names, or else what is found by the usual names. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM) {
    if (isProgram(env.CHROMIUM)) return env.CHROMIUM;
    throw new AlignodeError(
      'file',
      `CHROMIUM: ${env.CHROMIUM} is no program; name that of Chromium or Chrome, or leave the variable unset`,
      { path: 'CHROMIUM' },
    );
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const onWindows = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) =>
      ['Chromium', 'Google/Chrome'].map((name) => join(folder, name, 'Application', 'chrome.exe')),
    );
  return [...onPath, ...MAC, ...onWindows].find(isProgram);
}

/** The driver file by which a Vulkan loader finds SwiftShader, the GPU in software that lies beside Chromium's binary. */
export function swiftShaderOf(chromium: string | undefined): string | undefined {
  if (chromium === undefined) return undefined;
  const binary = realpathSync(chromium);
  // Distributions start theirs by a script in /usr/bin; the binary is in a folder of the same name.
  const folders = [dirname(binary), ...['/usr/lib', '/usr/lib64'].map((lib) => join(lib, basename(binary)))];
  return folders.map((folder) => join(folder, 'vk_swiftshader_icd.json')).find((file) => existsSync(file));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
