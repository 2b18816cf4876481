import { textChart } from '../draw/index.ts';
import { simulationToCsv, simulationToJson } from '../report/tables/index.ts';
import type { Problem } from '../shallow/problem/index.ts';
import { alignmentsOf, type SimulateOptions, type Simulation, simulate } from '../shallow/students/index.ts';
import { type Command, EXIT, type Values, type World } from './command.ts';
import { readProblem } from './files.ts';
import { interruptible } from './interrupt.ts';
import { chooseOutput, type Format, outputFlags } from './output.ts';
import { progress } from './progress.ts';
import { say } from './say.ts';
import { faults } from './simulationFaults.ts';
import { readSimulationOptions, simulationFlags, withFlag } from './simulationOptions.ts';

const FORMATS: Record<Format, (simulation: Simulation) => Iterable<string>> = {
  csv: (simulation) => simulationToCsv(simulation, alignmentsOf(simulation)),
  json: (simulation) => simulationToJson(simulation, alignmentsOf(simulation)),
};

export const simulateCommand: Command = {
  title: 'students trained on a problem, and the mean of their learning curves',
  about: [
    'PROBLEM.json may be "-", standard input, and may be an output of this program: the problem in it is simulated.',
    'The problem must be one of two layers: a deep one, with the key "network", is for integrate alone.',
    'The result is the mean over the runs with its standard errors, both alignments among them; as JSON, every single run too.',
    'Ctrl-C stops at once and keeps the runs that were finished; a GPU finishes them by the batch, thousands together.',
  ],
  flags: [...simulationFlags, ...outputFlags],
  examples: [
    'alignode simulate examples/students-k2m2.json --runs 20',
    'alignode simulate examples/students-k2m2.json --N 100 --runs 50 --seed 7 --out runs.json',
    'alignode simulate examples/students-k2m2.json --runs 10 --student projected --redraw student | head -20',
  ],
  positionals: ['PROBLEM.json'],
  run,
};

async function run(values: Values, [path]: string[], world: World): Promise<number> {
  const output = chooseOutput(values, world);
  const problem = readProblem(path, world);
  const options = readSimulationOptions(values, problem);

  return interruptible(world, async (signal) => {
    const simulation = await simulateInView(problem as Problem, options, signal, world);
    const finished = simulation.perRun.length > 0;
    if (finished) await output.write(FORMATS[output.format](simulation), signal);
    const found = faults(simulation, finished ? `they are ${output.place}` : 'nothing was written');
    for (const line of [...simulation.notes, ...found]) say(world, line);
    const { alpha, mean, runs, settings } = simulation;
    if (world.stderr.isTTY && runs > 0 && alpha.length > 1)
      world.stderr.write(`\n${textChart(alpha, mean.eg, `test error eg, mean of ${runs}`)}`);
    return runs === settings.runs ? EXIT.done : EXIT.failed;
  });
}

/** Simulates with progress shown, and with errors in the words of the command line. */
export async function simulateInView(
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
