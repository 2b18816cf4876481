// Where Chromium is on this machine, and the GPU in software that it brings.
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const MAC = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The path of a Chromium or a Chrome, if there is one: what CHROMIUM names, or else what is found by the usual names.
 * @param {Record<string, string | undefined>} env
 * @returns {string | undefined}
 */
export function findChromium(env = process.env) {
  if (env.CHROMIUM) {
    if (!isProgram(env.CHROMIUM)) throw new Error(`CHROMIUM names no program: ${env.CHROMIUM}`);
    return env.CHROMIUM;
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

/**
 * The driver file by which a Vulkan loader finds SwiftShader, the GPU in software that lies beside Chromium's binary.
 * @param {string | undefined} chromium
 * @returns {string | undefined}
 */
export function swiftShaderOf(chromium) {
  if (chromium === undefined) return undefined;
  const binary = realpathSync(chromium);
  // Distributions start theirs by a script in /usr/bin; the binary is in a folder of the same name.
  const folders = [dirname(binary), ...['/usr/lib', '/usr/lib64'].map((lib) => join(lib, basename(binary)))];
  return folders.map((folder) => join(folder, 'vk_swiftshader_icd.json')).find((file) => existsSync(file));
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
