import {
  compareDeep,
  type DeepCompareOptions,
  type DeepComparison,
  type DeepComparisonPlan,
} from '../deep/compare/index.ts';
import { type DeepProblem, isDeep } from '../deep/problem/index.ts';
import { short } from '../draw/index.ts';
import { compareHtml } from '../report/pages/index.ts';
import {
  comparisonInWords,
  comparisonToCsv,
  comparisonToJson,
  deepComparisonInWords,
  deepComparisonToCsv,
  deepComparisonToJson,
} from '../report/tables/index.ts';
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
import { refuse } from '../support/options.ts';
import { type Command, EXIT, type Values, type World } from './command.ts';
import { dataFlag } from './dataFlag.ts';
import { readProblem, writeResult } from './files.ts';
import { changed, type Flag, named, number, readFlags } from './flags.ts';
import { checkReport, plotlySource, reportFlag } from './htmlReport.ts';
import { interruptible } from './interrupt.ts';
import { chooseOutput, type Format, type Output, outputFlags } from './output.ts';
import { type Progress, progress } from './progress.ts';
import { say } from './say.ts';
import { readSimulationOptions, simulationFlags, withFlag } from './simulationOptions.ts';

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

/** What a command line needs to know of the comparisons of a wing. */
interface Kind<C extends Comparison | DeepComparison> {
  /** The options of the other wing, which are refused: what they are about. */
  foreign: Readonly<Record<string, string>>;
  options(values: Values, problem: unknown): object;
  compare(problem: unknown, options: object, signal: AbortSignal, world: World): Promise<C>;
  formats: Record<Format, (comparison: C) => Iterable<string>>;
  /** Whether anything was finished that is worth writing. */
  finished(comparison: C): boolean;
  words(comparison: C): string[];
  html(comparison: C): string;
}

const SHALLOW: Kind<Comparison> = {
  foreign: { data: 'found a problem of two layers; it has no data' },
  options: (values, problem) => ({ ...readSimulationOptions(values, problem), ...readFlags(OWN, values) }),
  compare: (problem, options, signal, world) =>
    compareInView(problem as Problem, { ...(options as CompareOptions), signal }, world),
  formats: { csv: comparisonToCsv, json: comparisonToJson },
  finished: ({ simulation }) => simulation.perRun.length > 0,
  words: comparisonInWords,
  html: (comparison) => compareHtml(comparison, plotlySource()),
};

/** The options of both wings. */
const SHARED = ['runs', 'seed', 'backend', 'threads', 'level'];
const DEEP_FLAGS: readonly Flag[] = [
  ...[...simulationFlags, ...OWN].filter(({ flag }) => SHARED.includes(flag)),
  dataFlag,
];

const ofTwoLayers = (what: string): string => `found a deep problem; ${what}`;

const DEEP: Kind<DeepComparison> = {
  foreign: {
    N: ofTwoLayers('its widths are in the problem'),
    student: ofTwoLayers('its networks are always trained'),
    adapter: ofTwoLayers('its networks are trained on the CPU'),
    'allow-software': ofTwoLayers('its networks are trained on the CPU'),
    match: ofTwoLayers('its networks start where theory does, and no units are exchanged'),
    'test-set': ofTwoLayers('its test examples are in its data'),
    redraw: ofTwoLayers('theory is one curve, so every network has the same start, feedback and data'),
    'scaling-runs': ofTwoLayers(
      'there is no N to be scaled, but three learning rates, each with --runs networks',
    ),
    html: ofTwoLayers('reports are of two layers so far: use --out with .csv or .json'),
  },
  options: (values) => readFlags(DEEP_FLAGS, values),
  compare: (problem, options, signal, world) =>
    compareDeepInView(problem as DeepProblem, { ...options, signal }, world),
  formats: { csv: deepComparisonToCsv, json: deepComparisonToJson },
  finished: ({ simulations }) => simulations.some(({ perRun }) => perRun.length > 0),
  words: deepComparisonInWords,
  html: ({ verdict }) => verdict.message,
};

export const compareCommand: Command = {
  title: 'theory against students or networks trained on the same problem, and whether they agree',
  about: [
    'PROBLEM.json may be "-", standard input, and may be an output of this program: the problem in it is compared.',
    'A problem with the key "network" is a deep one; any other is one of two layers. A deep one must be one that integrate ' +
      'takes, with a "learningRate": its networks are trained at that rate, at half and at a quarter of it, and what is left of ' +
      'their deviation for η → 0 is tested.',
    "The result of two layers holds, for each time and observable, the students' mean, its standard error, theory, and their difference in " +
      'standard errors. Projected students at other N measure how far a finite N is from theory, of order 1/N, and what is left ' +
      'at N → ∞. The exit code is 0 if theory and students agree, and 1 if they do not or if that is undecided.',
    'Ctrl-C stops at once and keeps the runs that were finished, with a verdict that says so.',
  ],
  flags: [
    ...OWN,
    dataFlag,
    reportFlag,
    ...changed(simulationFlags, {
      runs: {
        help:
          'how many students, each with inputs of its own, 10 or more; 50 if not given. Of a deep problem, how many networks at ' +
          'each learning rate; 20 if not given, and 1 where every step takes all examples',
      },
      redraw: { help: undefined },
    }),
    ...outputFlags,
  ],
  examples: [
    'alignode compare examples/students-k2m2.json --student projected --html report.html',
    'alignode compare examples/students-k2m2.json --N 500 --runs 50 --seed 7 --out comparison.json',
    'alignode compare examples/students-k2m2.json --runs 20 --scaling-runs 0',
    'alignode compare examples/compare-deep-linear.json --out comparison.csv',
  ],
  positionals: ['PROBLEM.json'],
  run,
};

async function run(values: Values, [path]: string[], world: World): Promise<number> {
  const output = chooseOutput(values, world);
  const html = values.html as string | undefined;
  if (html !== undefined) checkReport(html, values.out as string | undefined);
  const problem = readProblem(path, world);
  return isDeep(problem)
    ? carryOut(DEEP, problem, values, output, world)
    : carryOut(SHALLOW, problem, values, output, world);
}

async function carryOut<C extends Comparison | DeepComparison>(
  kind: Kind<C>,
  problem: unknown,
  values: Values,
  output: Output,
  world: World,
): Promise<number> {
  for (const [flag, why] of Object.entries(kind.foreign))
    if (values[flag] !== undefined) refuse(`--${flag}`, why);
  const options = kind.options(values, problem);
  const html = values.html as string | undefined;
  return interruptible(world, async (signal) => {
    const comparison = await kind.compare(problem, options, signal, world);
    const { brokenOff, verdict } = comparison;
    if (!kind.finished(comparison)) {
      say(world, `${verdict.message}; nothing was written`);
      return EXIT.failed;
    }
    await output.write(kind.formats[output.format](comparison), signal);
    if (html !== undefined) await writeResult(html, [kind.html(comparison)], signal);
    for (const line of kind.words(comparison)) say(world, line);
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

/** The same of networks at three learning rates. */
async function compareDeepInView(
  problem: DeepProblem,
  options: DeepCompareOptions,
  world: World,
): Promise<DeepComparison> {
  let bar: Progress | undefined;
  const before = [0];
  try {
    return await compareDeep(problem, {
      ...options,
      onPlan: (plan) => {
        const costs = ratesInWords(plan);
        if (costs !== undefined) say(world, costs);
        bar = progress(world, 'compare');
        for (const { steps } of plan.rates) before.push(before[before.length - 1] + steps);
      },
      onProgress: ({ part, parts, learningRate, steps, fraction, finishedRuns, runs }) =>
        bar?.update(
          fraction,
          before[part - 1] + steps,
          `${part} of ${parts}: learning rate ${learningRate}, ${finishedRuns} of ${runs} runs finished`,
        ),
    });
  } catch (error) {
    throw named(DEEP_FLAGS, error);
  } finally {
    bar?.end();
  }
}

/** Operations of networks, about half a minute on two cores: small matrices take longer than many numbers at once. */
const DEEP_HALF_A_MINUTE = 3e11;

function ratesInWords({ rates, steps, work }: DeepComparisonPlan): string | undefined {
  if (work < DEEP_HALF_A_MINUTE) return undefined;
  const all = rates.map(({ learningRate }) => learningRate).join(', ');
  return `${rates[0].runs} networks at each of the learning rates ${all} will be trained (${short(steps)} steps)`;
}
