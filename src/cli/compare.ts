import { short } from '../draw/index.ts';
import { compareHtml } from '../report/pages/index.ts';
import { comparisonInWords, comparisonToCsv, comparisonToJson } from '../report/tables/index.ts';
import {
  type CompareOptions,
  type Comparison,
  type ComparisonPart,
  type ComparisonPlan,
  compare,
  HALF_A_MINUTE,
  workOf,
} from '../shallow/compare/index.ts';
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
    help: 'projected students at each size of the finite-size scaling, 10 or more, or 0 for no scaling; if not given, 100, or fewer, or none, where the scaling would cost more than the students compared and more than half a minute',
  },
];

export const compareCommand: Command = {
  title: 'theory against students trained on the same problem, and whether they agree',
  about: [
    'PROBLEM.json may be "-", standard input, and may be an output of this program: the problem in it is compared.',
    'The problem must be one of two layers: a deep one, with the key "network", is for integrate and simulate.',
    "The result holds, for each time and observable, the students' mean, its standard error, theory, and their difference in " +
      'standard errors. Projected students at other N measure how far a finite N is from theory, of order 1/N, and what is left ' +
      'at N → ∞. The exit code is 0 if theory and students agree, and 1 if they do not or if that is undecided.',
    'Ctrl-C stops at once and keeps the runs that were finished, with a verdict that says so.',
  ],
  flags: [
    ...OWN,
    reportFlag,
    ...changed(simulationFlags, {
      runs: { help: 'how many students, each with inputs of its own, 10 or more; 50 if not given' },
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
    const { brokenOff, verdict, simulation } = comparison;
    if (simulation.perRun.length === 0) {
      say(world, `${verdict.message}; nothing was written`);
      return EXIT.failed;
    }
    await output.write(FORMATS[output.format](comparison), signal);
    if (html !== undefined) await writeResult(html, [compareHtml(comparison, plotlySource())], signal);
    for (const line of comparisonInWords(comparison)) say(world, line);
    if (brokenOff) {
      say(world, `what was finished is ${output.place}`);
      return EXIT.failed;
    }
    return verdict.agrees === true ? EXIT.done : EXIT.failed;
  });
}

/** Compares with one progress for all the work, and with errors in the words of the command line. */
async function compareInView(problem: Problem, options: CompareOptions, world: World): Promise<Comparison> {
  let bar: Progress | undefined;
  /** The steps of the parts before the present one. */
  const before = [0];
  try {
    return await compare(problem, {
      ...options,
      onPlan: (plan) => {
        const costs = costsInWords(plan);
        if (costs !== undefined) say(world, costs);
        bar = progress(world, 'compare');
        for (const { steps } of [plan.students, ...plan.scaling])
          before.push(before[before.length - 1] + steps);
      },
      onProgress: ({ part, parts, N, steps, fraction, finishedRuns, runs }) =>
        bar?.update(
          fraction,
          before[part - 1] + steps,
          `${part} of ${parts}: N = ${N}, ${finishedRuns} of ${runs} runs finished`,
        ),
    });
  } catch (error) {
    throw named(OWN, withFlag(error));
  } finally {
    bar?.end();
  }
}

/** What will be trained, where that takes so long that it is worth a line before it. */
function costsInWords({ students, scaling }: ComparisonPlan): string | undefined {
  const all = [students, ...scaling];
  if (workOf(all) < HALF_A_MINUTE) return undefined;
  const steps = (some: readonly ComparisonPart[]): string =>
    `${short(some.reduce((sum, { steps }) => sum + steps, 0))} steps`;
  const first = `${students.runs} ${students.student} students at N = ${students.N} will be trained (${steps([students])})`;
  if (scaling.length === 0) return first;
  return (
    `${first}, and for the finite-size scaling ${scaling[0].runs} projected students at each of ` +
    `N = ${scaling.map(({ N }) => N).join(', ')} (${steps(scaling)}; --scaling-runs says how many, or 0)`
  );
}
