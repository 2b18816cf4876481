import { type DeepSimulateOptions, type DeepSimulation, simulateDeep } from '../deep/networks/index.ts';
import type { DeepProblem } from '../deep/problem/index.ts';
import { type PLearn, type PLearnOptions, plearn } from '../shallow/plearn/index.ts';
import type { Problem } from '../shallow/problem/index.ts';
import {
  type AdapterFacts,
  type SimulateOptions,
  type Simulation,
  simulate,
} from '../shallow/students/index.ts';
import { AlignodeError } from '../support/error.ts';
import { version } from '../support/version.ts';
import type { Size } from './types.ts';

/** Where pieces of work are kept between runs of the program. Values are what JSON can hold. */
export interface Store {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
}

/** One simulation that went into a figure: what the manifest says. */
export interface Work {
  what: string;
  settings: Record<string, unknown>;
  device?: AdapterFacts;
  seconds: number;
}

/** What figures are made with. */
export interface Workshop {
  size: Size;
  /** The value for the size at hand. */
  pick<T>(values: Record<Size, T>): T;
  /**
   * A named piece of work, kept once it is done: an interrupted run goes on with the first piece that is missing. Its
   * result must be what JSON can hold (no NaN, no undefined), and depend on `inputs` alone. Pieces of the same name and
   * inputs are one, also in different figures; several may be at work at once.
   */
  piece<T>(name: string, inputs: unknown, work: (bench: Bench) => Promise<T>): Promise<T>;
  /** What went into the pieces asked for so far. */
  work(): Work[];
}

/** What a piece is made with. */
export interface Bench {
  /** `simulate`, with progress, threads and a way to break it off; every run is finished, or it throws. */
  simulate(problem: Problem, options: SimulateOptions): Promise<Simulation>;
  /** The same for networks on data. */
  train(problem: DeepProblem, options: DeepSimulateOptions): Promise<DeepSimulation>;
  /** The same for `plearn`. */
  plearn(options: PLearnOptions): Promise<PLearn>;
  /** For anything else that is long: whether to stop, how far it is (0 to 1), what the manifest should have. */
  signal: AbortSignal;
  progress(fraction: number): void;
  note(settings: Record<string, unknown>, device?: AdapterFacts): void;
  /** Threads, backend: what the user chose for all simulations. */
  machine: Machine;
}

export type Machine = Pick<SimulateOptions, 'threads' | 'backend' | 'adapter' | 'allowSoftware'> &
  Pick<DeepSimulateOptions, 'data'>;

/** Receives the progress of one piece of work. */
export interface PieceWatch {
  /** It was done before. */
  kept(): void;
  /** How far it is: 0 as it begins, 1 when it is done. */
  progress(fraction: number): void;
}

export interface WorkshopOptions {
  size: Size;
  machine?: Machine;
  store?: Store;
  signal?: AbortSignal;
  /** Called for each piece that is asked for, once, with its name. */
  onPiece?: (name: string) => PieceWatch;
}

export function workshop({ size, machine = {}, store, signal, onPiece }: WorkshopOptions): Workshop {
  const never = new AbortController().signal;
  const done = new Map<string, Promise<Finished>>();
  const works: Work[] = [];

  const finish = async <T>(
    name: string,
    key: string,
    work: (bench: Bench) => Promise<T>,
  ): Promise<Finished> => {
    const heard = onPiece?.(name);
    const kept = (await store?.get(key)) as Finished | undefined;
    if (kept !== undefined) {
      heard?.kept();
      return kept;
    }
    if (signal?.aborted) throw stopped();
    const begin = performance.now();
    const notes: Omit<Work, 'seconds'>[] = [];
    const progress = (fraction: number): void => heard?.progress(fraction);
    const { data, ...students } = machine;
    const watch = {
      signal: signal ?? never,
      onProgress: ({ steps, total }: { steps: number; total: number }) =>
        progress(total > 0 ? steps / total : 1),
    };
    const note: Bench['note'] = (settings, device) =>
      notes.push({ what: name, settings, ...(device && { device }) });
    const whole = (failed: { run: number; reason: string }[]): void => {
      if (signal?.aborted) throw stopped();
      if (failed.length > 0)
        throw new AlignodeError(
          'not-available',
          `${name}: run ${failed[0].run} could not be finished: ${failed[0].reason}; try again with fewer threads`,
        );
    };
    const bench: Bench = {
      machine,
      signal: watch.signal,
      progress,
      note,
      simulate: async (problem, options) => {
        const simulation = await simulate(problem, { ...options, ...students, ...watch });
        whole(simulation.failed);
        note({ ...simulation.settings }, simulation.device);
        return simulation;
      },
      train: async (problem, options) => {
        // Networks have no GPU yet: what is asked for students means the CPU for them, but for the readable one.
        const backend = machine.backend === 'reference' ? 'reference' : 'cpu';
        const { threads } = machine;
        const own = { backend, ...(threads && { threads }), ...(data !== undefined && { data }) };
        const simulation = await simulateDeep(problem, { ...options, ...own, ...watch });
        whole(simulation.failed);
        note({ ...simulation.settings });
        return simulation;
      },
      plearn: async (options) => {
        const found = await plearn({ ...options, ...students, ...watch });
        whole(found.failed);
        note({ ...found.settings, backend: found.backend, threads: found.threads }, found.device);
        return found;
      },
    };
    progress(0);
    const value = await work(bench);
    if (signal?.aborted) throw stopped();
    const seconds = (performance.now() - begin) / 1000;
    // Passed through JSON even if nothing keeps it: a piece that was kept and one just made are then the same.
    const text = JSON.stringify({ value, works: notes.map((note) => ({ ...note, seconds })) });
    const finished = JSON.parse(text) as Finished;
    await store?.put(key, finished);
    progress(1);
    return finished;
  };

  return {
    size,
    pick: (values) => values[size],
    work: () => works,
    piece: <T>(name: string, inputs: unknown, work: (bench: Bench) => Promise<T>) => {
      const key = JSON.stringify({ version, name, inputs });
      const finished = done.get(key) ?? finish(name, key, work);
      done.set(key, finished);
      const value = finished.then(({ value, works: some }) => {
        for (const one of some) if (!works.includes(one)) works.push(one);
        return value as T;
      });
      // A figure that fails for another piece never waits for this one, and an unhandled rejection would end Node.
      value.catch(() => undefined);
      return value;
    },
  };
}

interface Finished {
  value: unknown;
  works: Work[];
}

const stopped = (): AlignodeError =>
  new AlignodeError(
    'interrupted',
    'stopped; what was finished is kept, and the same command goes on from there',
  );
