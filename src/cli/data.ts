import { join } from 'node:path';
import { type DataPlaces, dataFolders, type FileSet, fileSets, filesOf, lookAt } from '../deep/data/index.ts';
import { AlignodeError } from '../support/error.ts';
import { noSuch } from '../support/nearest.ts';
import { refuse } from '../support/options.ts';
import { type Command, EXIT, type Values, type World } from './command.ts';
import { dataFlag } from './dataFlag.ts';
import { fetchSet } from './fetch/fetchSet.ts';
import { isThere } from './files.ts';
import { interruptible } from './interrupt.ts';
import { progress } from './progress.ts';
import { printable, say } from './say.ts';

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

export const dataCommand: Command = {
  title: 'which data sets there are and where they are; data get NAME fetches one',
  about: [
    'Without arguments: every set, whose it is, where it was looked for, and whether it is whole, each file read and its sum checked.',
    'With "get" and names: fetches what is missing of these sets from public servers into DIR, or $ALIGNODE_DATA, or the cache ' +
      'folder. Sums are checked, a file is there whole or not at all, and what was broken off is gone on with the next time.',
  ],
  lists: [
    {
      heading: 'Sets that are fetched',
      entries: Object.entries(fileSets).map(([name, { about, downloads }]) => [
        name,
        `${about}; ${downloads.length > 1 ? `${downloads.length} files` : downloads[0].name}`,
      ]),
    },
  ],
  flags: [
    { ...dataFlag, help: `${dataFlag.help}; "get" puts sets there` },
    {
      flag: 'from',
      key: 'from',
      value: 'URL',
      help: 'a folder of the web to fetch from, in place of the usual ones; it has the files under their usual names',
    },
  ],
  examples: ['alignode data', 'alignode data get mnist', 'alignode data get cifar-10 --data /scratch/data'],
  positionals: [],
  further: 'get NAME',
  run: async (values, words, world) => {
    if (words.length === 0) {
      if (values.from !== undefined) refuse('--from', 'it is for "alignode data get NAME"');
      return list(placesOf(values), world);
    }
    const [verb, ...names] = words;
    if (verb !== 'get' || names.length === 0)
      refuse(
        'data',
        `found "${words.join(' ')}"; use "alignode data", or "alignode data get NAME" with one of ${Object.keys(fileSets).join(', ')}`,
      );
    return get(names, values, world);
  },
};

const placesOf = ({ data }: Values): DataPlaces => (data === undefined ? {} : { data: data as string });

async function list(places: DataPlaces, { stdout }: World): Promise<number> {
  const folders = dataFolders(places);
  const write = (line: string): void => {
    stdout.write(`${printable(line)}\n`);
  };
  write('digits: 1797 images of 8 × 8, handwritten digits; inside the package, 0.1 MB');
  write('  E. Alpaydin, C. Kaynak (1998), UCI Machine Learning Repository; CC BY 4.0');
  for (const [name, set] of Object.entries(fileSets)) {
    write('');
    for (const line of linesOf(name, set, folders)) write(line);
  }
  return EXIT.done;
}

/** What there is to say of a set. */
function linesOf(name: string, set: FileSet, folders: readonly string[]): string[] {
  const { train, test, side, channels, about, whose } = set;
  const files = filesOf(set);
  const size = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const places = folders.map((folder) => placeLines(set, join(folder, name)));
  return [
    `${name}: ${train} + ${test} images of ${side} × ${side}${channels > 1 ? ` in ${channels} colours` : ''}, ${about}; ${files.length} files, ${megabytes(size)} MB unpacked`,
    `  ${whose}`,
    ...places.flatMap(({ lines }) => lines),
    ...(places.some(({ whole }) => whole) ? [] : [`  alignode data get ${name} fetches it`]),
  ];
}

function placeLines(set: FileSet, folder: string): { whole: boolean; lines: string[] } {
  const found = lookAt(set, folder);
  if (found.every(({ path }) => path === undefined))
    return { whole: false, lines: [`  ${folder}: ${isThere(folder) ? 'no file of it' : 'not there'}`] };
  const faults = found.flatMap(({ file, path, fault }) =>
    path === undefined ? [`${join(folder, file.name)}: missing`] : fault === undefined ? [] : [fault],
  );
  if (faults.length > 0)
    return { whole: false, lines: [`  ${folder}: not whole`, ...faults.map((fault) => `    ${fault}`)] };
  const summed = found.every(({ file }) => file.md5 !== undefined);
  const checked = summed
    ? 'sums right'
    : 'sizes and labels right; no sums of the unpacked files are published';
  return { whole: true, lines: [`  ${folder}: whole, ${checked}`] };
}

async function get(names: readonly string[], values: Values, world: World): Promise<number> {
  for (const name of names)
    if (!Object.hasOwn(fileSets, name))
      throw new AlignodeError(
        'invalid-option',
        name === 'digits'
          ? 'digits: they are inside the package'
          : noSuch('set', name, Object.keys(fileSets)),
      );
  const from = values.from as string | undefined;
  if (from !== undefined && !/^https?:\/\/\S+$/.test(from))
    refuse('--from', `found "${from}"; use the address of a folder, such as https://host/mnist/`);
  const [place] = dataFolders(placesOf(values));
  return interruptible(world, async (signal) => {
    for (const name of names) {
      const folder = join(place, name);
      let bar = progress(world, 'fetch');
      try {
        const done = await fetchSet(name, fileSets[name as keyof typeof fileSets], folder, {
          from,
          signal,
          told: (download) => {
            bar.end();
            bar = progress(world, 'fetch');
            return (bytes, total) =>
              bar.update(
                total ? bytes / total : 0,
                undefined,
                `${download.name} ${megabytes(bytes)}${total ? ` of ${megabytes(total)}` : ''} MB`,
              );
          },
        });
        say(world, `${name} is whole in ${folder}${done === 'whole' ? ' already' : ''}`);
      } catch (error) {
        if (!signal.aborted) throw error;
        say(
          world,
          `interrupted; what has come of ${name} is kept in ${folder}, and the same command goes on with it`,
        );
        return EXIT.failed;
      } finally {
        bar.end();
      }
    }
    return EXIT.done;
  });
}
