import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  type Checkpoint,
  checkpointFromNpz,
  checkpointToNpz,
  type EarlierWork,
  type Journal,
  type RunRecord,
  recordFromNpz,
  recordToNpz,
} from '../deep/networks/index.ts';
import { AlignodeError, show } from '../support/error.ts';
import { howMany } from '../support/howMany.ts';
import { version } from '../support/version.ts';
import { isThere, makeFolder, readBytes, readText, writeBytesWhole, writeWhole } from './files.ts';
import { namesIn, removeLeftovers } from './replace.ts';

/*
 * The journal of a simulation that is written to FILE: a folder FILE.parts beside it, while there is work to be done, with
 *
 *     about.json             version, problem, settings, and sums of the data
 *     run-001.npz            a finished run
 *     checkpoint-002.npz     a run that is not finished yet
 *
 * each written whole or not at all, so that whoever kills the program finds everything that was finished.
 */

/** Milliseconds of work between two checkpoints of a run. */
const MINUTE = 60_000;

const ABOUT = 'about.json';
const RUN = /^run-\d+\.npz$/;
const CHECKPOINT = /^checkpoint-\d+\.npz$/;

/** "run-007.npz" for place 6. */
export const runFile = (run: number, what = 'run'): string =>
  `${what}-${String(run + 1).padStart(3, '0')}.npz`;

export interface Kept {
  journal: Journal;
  /** What is in it now, in words; undefined if nothing is. */
  holds(): string | undefined;
  folder: string;
  remove(): void;
}

export const partsOf = (file: string): string => `${file}.parts`;

/** What a folder holds, in words; undefined if there is nothing to keep in it. */
function contents(folder: string): string | undefined {
  const names = namesIn(folder);
  const finished = names.filter((name) => RUN.test(name)).length;
  const checkpoints = names.filter((name) => CHECKPOINT.test(name)).length;
  return finished + checkpoints === 0
    ? undefined
    : `${howMany(finished, 'finished run')} and ${howMany(checkpoints, 'checkpoint')}`;
}

/**
 * Refuses, before any work, a folder with earlier work that was not asked for, and one that is no journal. `problem`: what
 * is to be simulated now.
 */
function requireRoom(folder: string, file: string, resume: boolean): void {
  if (!isThere(folder)) return;
  const names = namesIn(folder);
  const isJournal = names.includes(ABOUT);
  if (!isJournal && names.some((name) => !name.startsWith('.')))
    throw new AlignodeError(
      'file',
      `${folder}: found files that are no simulation; it is where unfinished work for ${file} would be kept: name another file with --out`,
      { path: folder },
    );
  const held = contents(folder);
  if (resume || held === undefined) return;
  const { problem, settings } = readAbout(folder);
  throw new AlignodeError(
    'file',
    `${folder}: found ${held} of ${howMany(Number((settings as { runs?: unknown }).runs), 'run')} of an interrupted simulation (${inShort(problem)}); ` +
      'go on with it by --resume, or remove this folder to begin anew',
    { path: folder },
  );
}

interface About {
  version: unknown;
  problem: Record<string, unknown>;
  settings: Record<string, unknown>;
  read: unknown;
}

function readAbout(folder: string): About {
  const path = join(folder, ABOUT);
  try {
    const { version, problem, settings, read } = JSON.parse(readText(path)) as About;
    if (typeof problem === 'object' && typeof settings === 'object')
      return { version, problem, settings, read };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AlignodeError(
    'file',
    `${path}: found something else than problem and settings; remove the folder to begin anew`,
    {
      path,
    },
  );
}

const inShort = ({ rule, data, network }: Record<string, unknown>): string =>
  `rule ${show(rule)}, data ${show((data as { set?: unknown })?.set ?? data)}, network ${show((network as { widths?: unknown })?.widths ?? network)}`;

/** Opens the journal of a file. `say` is told what is taken up; `fault` of what could not be kept, once. */
export function journalFor(
  file: string,
  resume: boolean,
  say: (line: string) => void,
  fault: (error: unknown) => void,
): Kept {
  const folder = partsOf(file);
  requireRoom(folder, file, resume);
  const keep = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      fault(error);
    }
  };
  const checkpointAt = (run: number): string => join(folder, runFile(run, 'checkpoint'));
  return {
    folder,
    holds: () => contents(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
    journal: {
      saveEvery: MINUTE,
      open: ({ problem, settings, read }) => {
        const held = contents(folder);
        const about = JSON.parse(JSON.stringify({ version, problem, settings, read })) as About;
        if (held === undefined) {
          if (resume) say(`there is no unfinished work in ${folder}; all runs are trained from their start`);
          makeFolder(folder, '--out');
          writeWhole(join(folder, ABOUT), [`${JSON.stringify(about)}\n`]);
          return { finished: [], checkpoints: [] };
        }
        requireSame(readAbout(folder), about, folder);
        removeLeftovers(folder);
        say(`goes on with ${held} in ${folder}`);
        return workIn(folder);
      },
      onFinished: (record: RunRecord) =>
        keep(() => {
          writeBytesWhole(join(folder, runFile(record.run)), recordToNpz(record));
          rmSync(checkpointAt(record.run), { force: true });
        }),
      onCheckpoint: (one: Checkpoint) =>
        keep(() => writeBytesWhole(checkpointAt(one.run), checkpointToNpz(one))),
    },
  };
}

function workIn(folder: string): EarlierWork {
  const names = namesIn(folder).sort();
  const read = <T>(pattern: RegExp, from: (bytes: Uint8Array, path: string) => T): T[] =>
    names
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name))
      .map((path) => from(readBytes(path), path));
  const finished = read(RUN, recordFromNpz);
  const done = new Set(finished.map(({ run }) => run));
  const checkpoint = (bytes: Uint8Array, path: string): Checkpoint => {
    try {
      return checkpointFromNpz(bytes, path);
    } catch {
      throw new AlignodeError(
        'file',
        `${path}: this checkpoint is damaged; remove it, and its run begins anew`,
        { path },
      );
    }
  };
  return { finished, checkpoints: read(CHECKPOINT, checkpoint).filter(({ run }) => !done.has(run)) };
}

/** Refuses to go on with another problem, other settings (but threads, which change no number) or another version. */
function requireSame(then: About, now: About, folder: string): void {
  const path = differenceOf(
    { ...then, settings: { ...then.settings, threads: 0 } },
    { ...now, settings: { ...now.settings, threads: 0 } },
  );
  if (path === undefined) return;
  if (path[0] === 'read')
    throw new AlignodeError(
      'invalid-option',
      `--resume: the data, or the network from which runs start, are not what they were when ${basename(folder)} was made; bring back the files as they were, or remove that folder to begin anew`,
      { path: 'resume' },
    );
  const [was, is] = [then, now].map((one) => show(at(one, path)));
  throw new AlignodeError(
    'invalid-option',
    `--resume: found ${is} for ${path.join('.')}, and ${was} in ${basename(folder)}; use the same problem and options, or remove that folder to begin anew`,
    { path: 'resume' },
  );
}

const at = (it: unknown, path: readonly string[]): unknown =>
  path.reduce((one, key) => (one as Record<string, unknown> | undefined)?.[key], it);

/** Where two values of JSON differ first. */
function differenceOf(one: unknown, other: unknown, path: string[] = []): string[] | undefined {
  if (JSON.stringify(one) === JSON.stringify(other)) return undefined;
  const objects = [one, other].every((it) => typeof it === 'object' && it !== null && !Array.isArray(it));
  if (!objects) return path;
  const [a, b] = [one, other] as Record<string, unknown>[];
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = differenceOf(a[key], b[key], [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
