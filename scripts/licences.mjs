// The licences of packages whose code is part of a bundle, and of data in it that others made, in one text.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/** Modules of data that others made. */
const DATA = /(digitsImages)\.[jt]s$/;

/** @param {Iterable<string>} modules files that a bundle is made of */
export function licences(modules) {
  const folders = new Set([...modules].filter((file) => file.includes(`node_modules${sep}`)).map(packageOf));
  return [...[...folders].sort().map(licenceOf), ...noticesOf(modules)].join('\n');
}

/** Data has its notice in the comment at the head of its module, which bundlers leave out. */
function noticesOf(modules) {
  return [...new Set([...modules].filter((file) => DATA.test(file)))].sort().map((file) => {
    const [, comment] = /^\/\*([\s\S]*?)\*\//.exec(readFileSync(file, 'utf8')) ?? [];
    if (!comment?.includes('licensed under'))
      throw new Error(`${file}: data of a bundle comes without its licence`);
    const kilobytes = Math.round(statSync(file).size / 1000);
    return `${basename(file).replace(DATA, '$1')} (data, ${kilobytes} kB)\n\n${comment.replace(/^ \* ?/gm, '').trim()}\n`;
  });
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
