import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Download, type FileSet, filesOf, lookAt } from '../../deep/data/index.ts';
import { AlignodeError } from '../../support/error.ts';
import { makeFolder, writeBytesWhole } from '../files.ts';
import { fetchFile, Refused, sizeOf, type Told } from './fetchFile.ts';
import { readTar } from './tar.ts';

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** Where a download may be had, in the order in which servers are asked. */
export const urlsOf = ({ mirrors }: FileSet, { name }: Download, from?: string): string[] =>
  (from === undefined ? mirrors : [from]).map((folder) => `${folder.replace(/\/*$/, '/')}${name}`);

/**
 * Fetches what a folder lacks of a set. Each file takes its place when its sum is right, whole or not at all; what has
 * come of one that was broken off stays beside, as NAME.part, and is gone on with.
 */
export async function fetchSet(
  name: string,
  set: FileSet,
  folder: string,
  {
    from,
    told,
    signal,
  }: { from?: string | undefined; told: (download: Download) => Told; signal: AbortSignal },
): Promise<'fetched' | 'whole'> {
  const found = lookAt(set, folder);
  if (found.every(({ path, fault }) => path !== undefined && fault === undefined)) return 'whole';
  const inTheWay = found.find(({ path, fault }) => fault !== undefined && !path?.endsWith('.gz'));
  if (inTheWay)
    throw new AlignodeError('file', `${inTheWay.fault}; remove this file first`, {
      path: inTheWay.path as string,
    });
  makeFolder(folder, '--data');
  for (const download of set.downloads) {
    const { path, fault } = found.find(({ file }) => download.name === `${file.name}.gz`) ?? {};
    if (path !== undefined && fault === undefined) continue;
    const part = join(folder, `${download.name}.part`);
    await fetchFromAny(name, set, download, part, folder, from, told(download), signal);
    if (download.archive) unpack(set, download, part, folder);
    else renameSync(part, join(folder, download.name));
  }
  const wrong = lookAt(set, folder).find(({ path, fault }) => path === undefined || fault !== undefined);
  if (wrong)
    throw new AlignodeError(
      'file',
      wrong.fault ?? `${join(folder, wrong.file.name)}: it is not in what was fetched`,
      {
        path: folder,
      },
    );
  return 'fetched';
}

/** Asks one server after the other for a file with the right sum. */
async function fetchFromAny(
  name: string,
  set: FileSet,
  download: Download,
  part: string,
  folder: string,
  from: string | undefined,
  told: Told,
  signal: AbortSignal,
): Promise<void> {
  const failures: string[] = [];
  for (const url of urlsOf(set, download, from)) {
    try {
      let fault: string | undefined;
      // What was there may have been the beginning of something else.
      for (let begun = true; begun; ) {
        begun = sizeOf(part) > 0;
        await fetchFile(url, part, told, signal);
        fault = sumFault(set, download, part);
        if (fault === undefined) return;
        rmSync(part, { force: true });
      }
      failures.push(`${url}: ${fault}`);
    } catch (error) {
      if (signal.aborted || !(error instanceof Refused)) throw error;
      failures.push(`${url}: ${error.message}`);
    }
  }
  const all = set.downloads.map((one) => urlsOf(set, one, from)[0]);
  throw new AlignodeError(
    'not-available',
    `${download.name} could not be fetched (${failures.join('; ')}); where there is a network, fetch ${all.join(', ')} by hand${download.archive ? ', unpack it' : ''} and put the files into ${folder}, or say with --from which folder of the web has them; alignode data then says whether ${name} is whole`,
  );
}

/** What was sent has the published sum, or is the right file packed in another way. */
function sumFault(set: FileSet, { name, md5: wanted, archive }: Download, part: string): string | undefined {
  const bytes = readFileSync(part);
  const sum = md5(bytes);
  const file = archive ? undefined : filesOf(set).find((one) => `${one.name}.gz` === name);
  if (sum === wanted || (file?.md5 !== undefined && unpackedSum(bytes, file.bytes) === file.md5))
    return undefined;
  return `the md5 sum of what was sent is ${sum} and should be ${wanted}; it was thrown away`;
}

function unpackedSum(bytes: Uint8Array, size: number): string | undefined {
  try {
    return md5(gunzipSync(bytes, { maxOutputLength: size + 1 }));
  } catch {
    return undefined;
  }
}

/** Takes the files of a set out of its archive, which is then removed. */
function unpack(set: FileSet, { name }: Download, part: string, folder: string): void {
  const members = readTar(gunzipSync(readFileSync(part)));
  for (const file of filesOf(set)) {
    const bytes = members.get(file.name);
    if (bytes === undefined)
      throw new AlignodeError('file', `${part}: ${file.name} is not in ${name}; fetch it anew`, {
        path: part,
      });
    writeBytesWhole(join(folder, file.name), bytes);
  }
  rmSync(part);
}
