// The licences of packages whose code is part of a bundle, in one text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** @param {Iterable<string>} modules files that a bundle is made of */
export function licences(modules) {
  const folders = new Set([...modules].filter((file) => file.includes(`node_modules${sep}`)).map(packageOf));
  return [...folders].sort().map(licenceOf).join('\n');
}

function packageOf(file) {
  let folder = dirname(file.replace(/^\0/, '').split('?')[0]);
  while (!existsSync(join(folder, 'package.json')) || !('version' in manifestOf(folder)))
    folder = dirname(folder);
  return folder;
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

function licenceOf(folder) {
  const { name, version, license } = manifestOf(folder);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined) throw new Error(`${folder}: a part of a bundle comes without its licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
