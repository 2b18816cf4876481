import { compareHtml } from '../report/pages/index.ts';
import { comparisonInWords, comparisonToCsv, comparisonToJson } from '../report/tables/index.ts';
import { type CompareOptions, type Comparison, compare } from '../shallow/compare/index.ts';
import type { Problem } from '../shallow/problem/index.ts';
import { type Command, EXIT, type Values, type World } from './command.ts';
import { readProblem, writeResult } from './files.ts';
import { changed, type Flag, named, number, readFlags } from './flags.ts';
import { checkReport, plotlySource, reportFlag } from './htmlReport.ts';
import { interruptible } from './interrupt.ts';
import { chooseOutput, type Format, outputFlags } from './output.ts';
import { type Progress, progress } from './progress.ts';
import { say } from './say.ts';
import { readSimulationOptions, simulationFlags, withFlag } from './simulationOptions.ts';

const FORMATS: Record<Format, (comparison: Comparison) => Iterable<string>> = {
  csv: comparisonToCsv,
  json: comparisonToJson,
};

/** The options beside those of `simulate`. */
const OWN: readonly (Flag & { key: keyof CompareOptions })[] = [
  {
    flag: 'level',
    key: 'level',
    value: 'P',
    read: number,
    help: 'how often, at most, a right theory is found wrong by chance, all tests together; 1e-3 if not given',
  },
  {
    flag: 'scaling-runs',
    key: 'scalingRuns',
    value: 'N',
    read: number,
    help: 'projected students at each size of the finite-size scaling, 10 or more, or 0 for no scaling; 100 if not given',
  },
];

export const compareCommand: Command = {
  title: 'theory against students trained on the same problem, and whether they agree',
  about: [
    'PROBLEM.json may be "-", standard input, and may be an output of this program: the problem in it is compared.',
    "The result holds, for each time and observable, the students' mean, its standard error, theory, and their difference in " +
      'standard errors. Projected students at other N measure how far a finite N is from theory, of order 1/N, and what is left ' +
      'at N → ∞. The exit code is 0 if theory and students agree, and 1 if they do not or if that is undecided.',
    'Ctrl-C stops at once; nothing is written then.',
  ],
  flags: [
    ...OWN,
    reportFlag,
    ...changed(simulationFlags, {
      runs: { help: 'how many students, each with inputs of its own; 50 if not given' },
      redraw: { help: undefined },
    }),
    ...outputFlags,
  ],
  examples: [
    'alignode compare examples/students-k2m2.json --student projected --html report.html',
    'alignode compare examples/students-k2m2.json --N 500 --runs 50 --seed 7 --out comparison.json',
    'alignode compare examples/students-k2m2.json --runs 20 --scaling-runs 0',
  ],
  positionals: ['PROBLEM.json'],
  run,
};

async function run(values: Values, [path]: string[], world: World): Promise<number> {
  const output = chooseOutput(values, world);
  const html = values.html as string | undefined;
  if (html !== undefined) checkReport(html, values.out as string | undefined);
  const problem = readProblem(path, world);
  const options: CompareOptions = { ...readSimulationOptions(values, problem), ...readFlags(OWN, values) };

  return interruptible(world, async (signal) => {
    const comparison = await compareInView(problem as Problem, { ...options, signal }, world);
    const { brokenOff, verdict } = comparison;
    if (brokenOff) {
      say(world, `${verdict.message}; nothing was written`);
      return EXIT.failed;
    }
    await output.write(FORMATS[output.format](comparison), signal);
    if (html !== undefined) await writeResult(html, [compareHtml(comparison, plotlySource())], signal);
    for (const line of comparisonInWords(comparison)) say(world, line);
    return verdict.agrees === true ? EXIT.done : EXIT.failed;
  });
}

/** Compares with a progress bar for each simulation, and with errors in the words of the command line. */
async function compareInView(problem: Problem, options: CompareOptions, world: World): Promise<Comparison> {
  let bar: Progress | undefined;
  let shown = 0;
  try {
    return await compare(problem, {
      ...options,
      onProgress: ({ part, parts, N, steps, total, finishedRuns, runs }) => {
        if (part !== shown) {
          bar?.end();
          bar = progress(world, 'compare');
          shown = part;
        }
        const where = `${part} of ${parts}: N = ${N}, ${finishedRuns} of ${runs} runs finished`;
        bar?.update(total > 0 ? steps / total : 1, steps, where);
      },
    });
  } catch (error) {
    throw named(OWN, withFlag(error));
  } finally {
    bar?.end();
  }
}
