import { join } from 'node:path';
import {
  type DeepSimulateOptions,
  type DeepSimulation,
  networkToNpz,
  simulateDeep,
} from '../deep/networks/index.ts';
import type { DeepProblem } from '../deep/problem/index.ts';
import { textChart } from '../draw/index.ts';
import { deepSimulationToCsv, deepSimulationToJson } from '../report/tables/index.ts';
import { reasonOf } from '../support/error.ts';
import { refuse } from '../support/options.ts';
import { EXIT, type Values, type World } from './command.ts';
import { makeFolder, writeBytesWhole } from './files.ts';
import { journalFor, runFile } from './journal.ts';
import { readNetworkOptions, withNetworkFlag } from './networkOptions.ts';
import type { Format, Output } from './output.ts';
import { type Progress, progress } from './progress.ts';
import { say } from './say.ts';
import { faults } from './simulationFaults.ts';

const FORMATS: Record<Format, (simulation: DeepSimulation) => Iterable<string>> = {
  csv: deepSimulationToCsv,
  json: deepSimulationToJson,
};

/** `alignode simulate` for networks on data; what it returns does the work. */
export function simulateNetworks(
  values: Values,
  problem: unknown,
  output: Output,
  world: World,
): (signal: AbortSignal) => Promise<number> {
  const options = readNetworkOptions(values);
  const { save, resume = false } = values as { save?: string; resume?: boolean };
  const { file } = output;
  if (resume && file === undefined)
    refuse('--resume', 'found no --out FILE; unfinished work is kept beside the file that it is for');
  if (save !== undefined) makeFolder(save, '--save');

  /** What stopped the work, if something could not be kept. */
  let fault: string | undefined;
  const broken = new AbortController();
  const stop = (error: unknown): void => {
    fault ??= reasonOf(error);
    broken.abort();
  };
  const kept = file === undefined ? undefined : journalFor(file, resume, (line) => say(world, line), stop);

  return async (signal) => {
    const simulation = await simulateInView(
      problem as DeepProblem,
      {
        ...options,
        signal: AbortSignal.any([signal, broken.signal]),
        ...(kept && { journal: kept.journal }),
        ...(save !== undefined && {
          onNetwork: (run, network) => {
            try {
              const bytes = networkToNpz(problem as DeepProblem, network);
              writeBytesWhole(join(save, runFile(run - 1)), bytes);
            } catch (error) {
              stop(error);
            }
          },
        }),
      },
      world,
    ).catch((error) => {
      // What was refused leaves no empty folder behind.
      if (kept?.holds() === undefined) kept?.remove();
      throw error;
    });
    const { perRun, complete, epoch, mean, runs, settings } = simulation;
    const finished = perRun.length > 0;
    if (finished) await output.write(FORMATS[output.format](simulation), signal);
    const found = faults(simulation, {
      place: finished ? `they are ${output.place}` : 'nothing was written',
      instead: 'fewer --threads',
    });
    for (const line of [...(fault === undefined ? [] : [fault]), ...simulation.notes, ...found])
      say(world, line);
    const holds = kept?.holds();
    if (kept && (complete || holds === undefined)) kept.remove();
    else if (kept) say(world, `${kept.folder} holds ${holds}: the same command with --resume goes on`);
    if (world.stderr.isTTY && runs > 0 && epoch.length > 1)
      world.stderr.write(`\n${textChart(epoch, mean.trainLoss, `training loss, mean of ${runs}`)}`);
    return runs === settings.runs && fault === undefined ? EXIT.done : EXIT.failed;
  };
}

/** Simulates with progress shown, and with errors in the words of the command line. */
async function simulateInView(
  problem: DeepProblem,
  options: DeepSimulateOptions,
  world: World,
): Promise<DeepSimulation> {
  let bar: Progress | undefined;
  try {
    return await simulateDeep(problem, {
      ...options,
      onProgress: ({ steps, total, earlier, finishedRuns, runs }) => {
        const part = (some: number): number => (total > 0 ? some / total : 1);
        bar ??= progress(world, 'simulate', undefined, { fraction: part(earlier), steps: earlier });
        bar.update(part(steps), steps, `${finishedRuns} of ${runs} runs finished`);
      },
    });
  } catch (error) {
    throw withNetworkFlag(error);
  } finally {
    bar?.end();
  }
}
