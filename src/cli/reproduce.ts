import { arch, availableParallelism, cpus, release } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type DataPlaces, dataFolders, isComplete } from '../deep/data/index.ts';
import { type Claim, type Figure, figures, type Machine, type Size, workshop } from '../figures/index.ts';
import type { GalleryEntry, GalleryFacts } from '../report/tables/index.ts';
import { AlignodeError } from '../support/error.ts';
import { noSuch } from '../support/nearest.ts';
import { version } from '../support/version.ts';
import { BOOK, copyBook } from './book.ts';
import { type Command, EXIT, type Values, type World } from './command.ts';
import { dataFlag } from './dataFlag.ts';
import { type Made, PAGE, prepareFolder, readFigure, writeFigure, writeGallery } from './figureFolder.ts';
import { type FigureProgress, figureProgress } from './figureProgress.ts';
import { isThere } from './files.ts';
import { changed } from './flags.ts';
import { interruptible } from './interrupt.ts';
import { headerFlag, readHeader } from './output.ts';
import { type Pieces, piecesIn } from './pieces.ts';
import { type Png, pngRenderer } from './png.ts';
import { printable, say } from './say.ts';
import { machineFlags, readMachine, withFlag } from './simulationOptions.ts';

/** Where finished pieces of unfinished figures are kept, within the folder of the figures. */
const PIECES = '.pieces';

export const reproduceCommand: Command = {
  title: "the papers' figures and ours, from theory and from students trained for them",
  about: [
    'Makes the figures named, or all of them if none is named, or with "all". OUT/index.html is a gallery that needs no network: ' +
      'each figure with its caption, parameters, data and a verdict on what the paper says of it. OUT/FIGURE holds its data as CSV ' +
      'and JSON and its pictures as SVG and PNG; OUT/manifest.json has seeds, settings, machine and times. Figures of this version ' +
      'and size that were made before stay in the gallery.',
    'Without --full it takes minutes. Ctrl-C stops at once and keeps the work done, from which the same command goes on.',
    'A claim that does not hold is a result and no failure; the exit code is 1 if a figure could not be made.',
  ],
  lists: [{ heading: 'Figures', entries: figures.map(({ name, title }) => [name, title] as const) }],
  flags: [
    { flag: 'out', key: 'out', value: 'FOLDER', help: 'where all goes; out if not given' },
    { flag: 'full', key: 'full', help: "the papers' own sizes and more, in place of what takes minutes" },
    ...changed(machineFlags, {
      backend: {
        help:
          'what does the work: cpu, gpu, reference (readable, and slow), or auto, the CPU, or a GPU where there is much to do and ' +
          'it is measured to be faster; if not given, auto with --full, and otherwise cpu, so that figures are the same on every ' +
          'machine',
      },
    }),
    { ...dataFlag, help: `${dataFlag.help}; figures of networks read sets with --full alone` },
    {
      ...headerFlag,
      help:
        'comments (if not given): CSV begins with lines with # that say what it is; none: it begins with the names of its ' +
        "columns, and the rest is in the figure's JSON",
    },
  ],
  examples: [
    'alignode reproduce',
    `alignode reproduce ${figures
      .slice(0, 2)
      .map(({ name }) => name)
      .join(' ')} --out figures`,
    'alignode reproduce all --full',
  ],
  positionals: [],
  further: 'FIGURE',
  run: (values, names, world) => reproduce(values, names, world, { figures, book: BOOK }),
};

/** The figures and the book that the command works with. */
export interface Surroundings {
  figures: readonly Figure[];
  /** Where the book is, if it was built. */
  book: string;
}

/** One run of the command. */
interface Job {
  asked: readonly Figure[];
  size: Size;
  machine: Machine;
  folder: string;
  pieces: Pieces;
  png: Png;
  headed: boolean;
  progress: FigureProgress;
  signal: AbortSignal;
}

/** Its outcome. */
interface Outcome {
  made: GalleryEntry[];
  failed: string[];
}

export async function reproduce(
  values: Values,
  names: readonly string[],
  world: World,
  { figures, book }: Surroundings,
): Promise<number> {
  const chosen = choose(names, figures);
  const size = values.full ? 'full' : 'quick';
  const places: DataPlaces = values.data === undefined ? {} : { data: values.data as string };
  const machine = {
    ...(size === 'quick' && { backend: 'cpu' }),
    ...readMachine(values),
    ...places,
  };
  const missing = missingSets(chosen, size, places);
  if (missing && chosen !== figures) throw new AlignodeError('file', missing.words, { path: 'data' });
  if (missing) say(world, `${missing.words}; without them the others are made`);
  const asked = chosen.filter(({ name }) => !missing?.names.includes(name));
  const folder = (values.out as string | undefined) ?? 'out';
  const headed = readHeader(values);
  prepareFolder(folder, asked);
  const pieces = piecesIn(join(folder, PIECES));
  const started = new Date();
  const begin = performance.now();
  const png = await pngRenderer();

  return interruptible(world, async (signal) => {
    const job: Job = {
      asked,
      size,
      machine,
      folder,
      pieces,
      signal,
      png,
      headed,
      progress: figureProgress(world, asked, { size, threads: machine.threads }),
    };
    let outcome: Outcome;
    try {
      outcome = await makeAll(job);
    } finally {
      job.progress.end();
    }
    const { made } = outcome;
    const complete = made.length === asked.length;
    if (made.length > 0) {
      const entries = figures
        .map(({ name }) => made.find((one) => one.figure.name === name) ?? readFigure(folder, name, size))
        .filter((entry) => entry !== undefined);
      writeGallery(folder, entries, {
        ...factsOf(entries, machine, size),
        started: started.toISOString(),
        seconds: (performance.now() - begin) / 1000,
        images: 'missing' in png ? png.missing : null,
        book: copyBook(book, folder, (line) => say(world, line)),
      });
    }
    if (complete) pieces.removeUsed();
    for (const line of lastWords(job, outcome)) say(world, line);
    const page = join(folder, PAGE);
    if (made.length > 0) world.stdout.write(`${world.stdout.isTTY ? printable(page) : page}\n`);
    return complete ? EXIT.done : EXIT.failed;
  });
}

/** The figures whose data is not there, and in words, what gets it; undefined if there are none. */
function missingSets(
  asked: readonly Figure[],
  size: Size,
  places: DataPlaces,
): { names: string[]; words: string } | undefined {
  const missing = new Map<string, string[]>();
  for (const { name, sets } of asked)
    for (const set of sets?.[size] ?? [])
      if (!isComplete(set, places)) missing.set(set, [...(missing.get(set) ?? []), name]);
  if (missing.size === 0) return undefined;
  const sets = [...missing.keys()];
  const names = asked.map(({ name }) => name).filter((name) => [...missing.values()].flat().includes(name));
  const words =
    `${names.length === 1 ? `figure ${names[0]} needs` : `figures ${names.join(', ')} need`} ${sets.join(' and ')} with --${size}, and not all files of ${sets.length === 1 ? 'it' : 'them'} are in ${dataFolders(places).join(', ')}; ` +
    `${sets.map((set) => `alignode data get ${set}`).join(' and ')} ${sets.length === 1 ? 'fetches it' : 'fetch them'}, and --data names another folder`;
  return { names, words };
}

/** The figures named, each once, in the order of the gallery. */
function choose(names: readonly string[], figures: readonly Figure[]): readonly Figure[] {
  const known = figures.map(({ name }) => name);
  for (const name of names)
    if (name !== 'all' && !known.includes(name))
      throw new AlignodeError(
        'invalid-option',
        `${noSuch('figure', name, [...known, 'all'])} (alignode reproduce --help)`,
        { path: 'FIGURE' },
      );
  if (names.length === 0 || names.includes('all')) return figures;
  return figures.filter(({ name }) => names.includes(name));
}

/** One figure after another, each written as soon as it is made. A figure that fails does not stop the others. */
async function makeAll(job: Job): Promise<Outcome> {
  const { asked, folder, png, headed, progress, signal } = job;
  const outcome: Outcome = { made: [], failed: [] };
  if ('missing' in png) progress.say(png.missing);
  for (const [place, figure] of asked.entries()) {
    if (signal.aborted) break;
    progress.begin(place);
    try {
      const made = await make(figure, job);
      const entry = writeFigure(folder, made, { png, headed });
      outcome.made.push(entry);
      progress.say(`${figure.name} in ${made.seconds.toFixed(1)} s: ${summary(entry.drawing.claims)}`);
    } catch (error) {
      if (signal.aborted) break;
      // Every figure would fail in the same way: a wrong option, a full disk.
      if (error instanceof AlignodeError && ['invalid-option', 'output'].includes(error.code))
        throw withFlag(error);
      outcome.failed.push(figure.name);
      progress.say(`${figure.name} failed: ${error instanceof AlignodeError ? error.message : error}`);
    } finally {
      progress.finish();
    }
  }
  return outcome;
}

async function make({ name, title, source, script, make }: Figure, job: Job): Promise<Made> {
  const { size, machine, pieces, progress, signal } = job;
  // If one piece of a figure fails, its other pieces at work are of no more use.
  const own = new AbortController();
  const shop = workshop({
    size,
    machine,
    store: pieces,
    signal: AbortSignal.any([signal, own.signal]),
    onPiece: (name) => {
      const watch = progress.piece(name);
      return {
        kept: watch.kept,
        progress: (fraction) => {
          if (!own.signal.aborted) watch.progress(fraction);
        },
      };
    },
  });
  const begin = performance.now();
  try {
    const drawing = await make(shop);
    const seconds = (performance.now() - begin) / 1000;
    return { figure: { name, title, source, script }, drawing, work: shop.work(), seconds, size };
  } finally {
    own.abort();
  }
}

/** "all 3 claims hold", or how many do, and those that do not. */
function summary(claims: readonly Claim[]): string {
  if (claims.length === 0) return 'made';
  const others = claims.filter(({ holds }) => holds !== 'yes');
  const all = claims.length === 1 ? 'its claim holds' : `all ${claims.length} claims hold`;
  if (others.length === 0) return all;
  const named = others.map(({ holds, says }) => `; ${holds === 'no' ? 'does not hold' : holds}: ${says}`);
  return `${claims.length - others.length} of ${claims.length} claims hold${named.join('')}`;
}

function factsOf(
  entries: readonly GalleryEntry[],
  machine: Machine,
  size: Size,
): Omit<GalleryFacts, 'started' | 'seconds' | 'images' | 'book'> {
  const devices = entries.flatMap(({ work }) => work.flatMap(({ device }) => (device ? [device.name] : [])));
  const [cpu] = cpus();
  return {
    version,
    size,
    platform: [`${process.platform} ${release()} ${arch()}`, ...(cpu ? [cpu.model.trim()] : [])].join(', '),
    node: process.versions.node,
    threads: machine.threads ?? availableParallelism(),
    ...(devices.length > 0 && { adapter: [...new Set(devices)].join(', ') }),
  };
}

function lastWords({ asked, folder, signal }: Job, { made, failed }: Outcome): string[] {
  const lines: string[] = [];
  const kept = isThere(join(folder, PIECES))
    ? `the work done for others is kept in ${join(folder, PIECES)}, and the same command goes on from there`
    : 'the same command begins anew';
  if (failed.length > 0)
    lines.push(`${failed.length} of ${asked.length} figures failed: ${failed.join(', ')}; ${kept}`);
  if (signal.aborted && made.length + failed.length < asked.length)
    lines.push(`interrupted; ${made.length} of ${asked.length} figures were finished; ${kept}`);
  if (made.length > 0) lines.push(`the gallery is ${pathToFileURL(join(folder, PAGE)).href}`);
  return lines;
}
