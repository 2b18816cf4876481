import { textChart } from '../draw/index.ts';
import { simulationToCsv, simulationToJson } from '../report/tables/index.ts';
import type { Problem } from '../shallow/problem/index.ts';
import { alignmentsOf, type SimulateOptions, type Simulation, simulate } from '../shallow/students/index.ts';
import { EXIT, type Values, type World } from './command.ts';
import type { Format, Output } from './output.ts';
import { progress } from './progress.ts';
import { say } from './say.ts';
import { faults } from './simulationFaults.ts';
import { readSimulationOptions, withFlag } from './simulationOptions.ts';

const FORMATS: Record<Format, (simulation: Simulation) => Iterable<string>> = {
  csv: (simulation) => simulationToCsv(simulation, alignmentsOf(simulation)),
  json: (simulation) => simulationToJson(simulation, alignmentsOf(simulation)),
};

/** `alignode simulate` for two layers; what it returns does the work. */
export function simulateStudents(
  values: Values,
  problem: unknown,
  output: Output,
  world: World,
): (signal: AbortSignal) => Promise<number> {
  const options = readSimulationOptions(values, problem);
  return async (signal) => {
    const simulation = await simulateInView(problem as Problem, options, signal, world);
    const finished = simulation.perRun.length > 0;
    if (finished) await output.write(FORMATS[output.format](simulation), signal);
    const { alpha, mean, runs, settings } = simulation;
    const found = faults(simulation, {
      place: finished ? `they are ${output.place}` : 'nothing was written',
      instead: 'fewer --threads, or with a smaller --N if memory is short',
      inBatches: settings.backend === 'gpu',
    });
    for (const line of [...simulation.notes, ...found]) say(world, line);
    if (world.stderr.isTTY && runs > 0 && alpha.length > 1)
      world.stderr.write(`\n${textChart(alpha, mean.eg, `test error eg, mean of ${runs}`)}`);
    return runs === settings.runs ? EXIT.done : EXIT.failed;
  };
}

/** Simulates with progress shown, and with errors in the words of the command line. */
async function simulateInView(
  problem: Problem,
  options: SimulateOptions,
  signal: AbortSignal,
  world: World,
): Promise<Simulation> {
  const bar = progress(world, 'simulate');
  try {
    return await simulate(problem, {
      ...options,
      signal,
      onProgress: ({ steps, total, finishedRuns, runs }) =>
        bar.update(total > 0 ? steps / total : 1, steps, `${finishedRuns} of ${runs} runs finished`),
    });
  } catch (error) {
    throw withFlag(error);
  } finally {
    bar.end();
  }
}
