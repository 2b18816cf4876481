// Gets the tools that are no npm packages. Where one is missing, root on Debian gets it from apt-get. Needs the built package.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '../build/support/chromium.js';
import { missingTools } from './missing-tools.mjs';
import { findJupyter } from './notebooks/find-jupyter.mjs';
import { findRunner } from './notebooks/find-python.mjs';

const FOUND = {
  chromium: () => findChromium() !== undefined,
  vulkan: () => process.platform !== 'linux' || loads('libvulkan.so.1'),
  runner: () => findRunner() !== undefined,
  jupyter: () => findJupyter() !== undefined,
};

/**
 * @param {readonly (keyof typeof FOUND)[]} wanted
 * @param {string} purpose what for
 * @returns {ReturnType<typeof missingTools>} what is missing in the end
 */
export function getTools(wanted, purpose) {
  const look = () =>
    missingTools(
      wanted.filter((tool) => !FOUND[tool]()),
      { aptAsRoot: process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') },
    );
  const missing = look();
  if (missing === undefined || missing.install.length === 0) return missing;
  console.error(`Installing ${missing.install.join(' and ')} by apt-get, for ${purpose}.`);
  const fault = install(missing.install);
  if (fault !== undefined) console.error(`apt-get failed: ${fault}`);
  return look();
}

/** Why the packages could not be installed, if so. Lists of packages that are there may be old: they are fetched if need be. */
function install(packages) {
  const wanted = ['install', '-y', '--no-install-recommends', ...packages];
  if (apt(wanted) === undefined) return undefined;
  return apt(['update']) ?? apt(wanted);
}

function apt(order) {
  const { status, error, stderr } = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...order], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return undefined;
  return error?.message ?? (stderr.match(/^E: .*/m)?.[0] || `apt-get ${order[0]} ended with ${status}`);
}

/** Whether a shared library is there. Loading it as an add-on of Node fails in any case, but then for another reason. */
function loads(library) {
  try {
    process.dlopen({ exports: {} }, library);
    return true;
  } catch (error) {
    return !String(error).includes('cannot open shared object');
  }
}
