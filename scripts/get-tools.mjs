// Installs the tools that are not npm packages: root on Debian gets missing ones from apt-get. Needs the built package.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '../build/support/chromium.js';
import { missingTools } from './missing-tools.mjs';
import { findJupyter } from './notebooks/find-jupyter.mjs';
import { findNumpy, findRunner } from './notebooks/find-python.mjs';

const FOUND = {
  chromium: () => findChromium() !== undefined,
  vulkan: () => process.platform !== 'linux' || loads('libvulkan.so.1'),
  runner: () => findRunner() !== undefined,
  numpy: () => findNumpy() !== undefined,
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

/**
 * Installs packages; returns the reason if that fails. The package lists may be outdated: they are updated if need be.
 */
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

/**
 * Whether a shared library exists. Loading it as an add-on of Node fails in any case, but for another reason if it
 * exists.
 */
function loads(library) {
  try {
    process.dlopen({ exports: {} }, library);
    return true;
  } catch (error) {
    return !String(error).includes('cannot open shared object');
  }
}
