import { AlignodeError, reasonOf, show } from '../../support/error.ts';
import { fileFault } from '../../support/fileFault.ts';
import { bytesOf, exists, inFolder, isFolder, md5Of, requireFiles, unzipped } from './disk.ts';
import { type FileSet, type FileSetName, fileSets, filesOf, type SetFile } from './fileSets.ts';
import type { LabelledImages } from './images.ts';
import { type DataPlaces, dataFolders } from './places.ts';

/** Both parts of a set that has files. */
export type ImageParts = Record<'train' | 'test', LabelledImages>;

/** Reads a set from the first folder that has any file of it, and checks all that it reads. */
export function readImages(name: FileSetName, places: DataPlaces): ImageParts {
  requireFiles('data.set', show(name));
  const { data } = places;
  if (data !== undefined && !isFolder(data))
    throw new AlignodeError(
      'invalid-option',
      `data: found ${show(data)}; there is no such folder: name one that has a folder ${name}`,
      { path: 'data' },
    );
  const set = fileSets[name];
  const folders = foldersOf(name, places);
  const folder = firstWith(set, folders);
  if (folder === undefined)
    throw new AlignodeError(
      'file',
      `data.set: found ${show(name)}, of which there is no file in ${folders.join(', ')}; alignode data get ${name} fetches it, alignode data says what belongs there, and --data or ALIGNODE_DATA names another folder`,
      { path: 'data.set' },
    );
  return { train: readPart(set, set.parts.train, folder), test: readPart(set, set.parts.test, folder) };
}

/** Reads files of one part. */
export function readPart(
  { side, channels, classes }: FileSet,
  files: readonly SetFile[],
  folder: string,
): LabelledImages {
  const images = emptyImages(
    { side, channels, classes },
    Math.max(...files.map(({ from, count }) => from + count)),
  );
  for (const file of files) readFile(file, folder, images);
  return images;
}

export const emptyImages = (
  { side, channels, classes }: Pick<FileSet, 'side' | 'channels' | 'classes'>,
  count: number,
): LabelledImages => ({
  count,
  side,
  channels,
  classes,
  levels: 255,
  pixels: new Uint8Array(count * channels * side * side),
  labels: new Uint8Array(count),
});

/** Where a file is in a folder, packed or not; undefined if it is not there. */
export const placeOf = ({ name }: SetFile, folder: string): string | undefined =>
  [name, `${name}.gz`].map((one) => inFolder(folder, one)).find(exists);

function readFile(file: SetFile, folder: string, into: LabelledImages): void {
  const path = placeOf(file, folder);
  if (path === undefined)
    throw fileFault(
      inFolder(folder, file.name),
      'no such file, packed (.gz) or not',
      'the others of the set are in this folder; put it there too, or fetch the set (alignode data get)',
    );
  const packed = bytesOf(path);
  const bytes = path.endsWith('.gz') ? unzipped(packed, path, file.bytes) : packed;
  file.read(bytes, path, into, file.from, file.count);
  if (file.md5 === undefined) return;
  const sum = md5Of(bytes);
  if (sum !== file.md5)
    throw fileFault(path, `the md5 sum ${sum}`, `that of the set is ${file.md5}: fetch it anew`);
}

/** Whether a set could be read: the first folder that has any file of it has all. */
export function isComplete(name: FileSetName, places: DataPlaces): boolean {
  const set = fileSets[name];
  const folder = firstWith(set, foldersOf(name, places));
  return folder !== undefined && filesOf(set).every((file) => placeOf(file, folder) !== undefined);
}

const foldersOf = (name: FileSetName, places: DataPlaces): string[] =>
  dataFolders(places).map((folder) => inFolder(folder, name));

/** The first folder that has any file of a set. */
const firstWith = (set: FileSet, folders: readonly string[]): string | undefined =>
  folders.find((one) => filesOf(set).some((file) => placeOf(file, one) !== undefined));

/** What is found of a set in a folder: of each file its path, and what is wrong with it. */
export function lookAt(set: FileSet, folder: string): { file: SetFile; path?: string; fault?: string }[] {
  return filesOf(set).map((file) => {
    const path = placeOf(file, folder);
    if (path === undefined) return { file };
    try {
      readFile({ ...file, from: 0 }, folder, emptyImages(set, file.count));
      return { file, path };
    } catch (error) {
      return { file, path, fault: reasonOf(error) };
    }
  });
}
