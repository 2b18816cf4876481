import { type DeepCurve, integrateDeepInSteps } from '../deep/linear/index.ts';
import { type DeepProblem, isDeep } from '../deep/problem/index.ts';
import { textChart } from '../draw/index.ts';
import { curveToCsv, curveToJson, deepCurveToCsv, deepCurveToJson } from '../report/tables/index.ts';
import { type PartialProblem, type Problem, withPrefix } from '../shallow/problem/index.ts';
import { type Curve, type IntegrateOptions, integrateInSteps, phases } from '../shallow/theory/index.ts';
import { breathing } from '../support/breath.ts';
import { AlignodeError } from '../support/error.ts';
import { refuse } from '../support/options.ts';
import { type Command, EXIT, type Values, type World } from './command.ts';
import { dataFlag } from './dataFlag.ts';
import { readIfThere, readProblem } from './files.ts';
import { type Flag, named, number, readFlags } from './flags.ts';
import { interruptible } from './interrupt.ts';
import { chooseOutput, type Format, type Output, outputFlags } from './output.ts';
import { progress } from './progress.ts';
import { say } from './say.ts';

/** What a command line needs to know of the curves of a wing. */
interface Kind<C> {
  inSteps(problem: unknown, options: IntegrateOptions): Generator<{ reached: number; curve: C }, C>;
  formats: Record<Format, (curve: C) => string>;
  /** The times asked for and those reached, and what is drawn on a terminal. */
  axis: string;
  asked(curve: C): number[];
  reached(curve: C): number[];
  drawn(curve: C): number[];
  title: string;
  /** What is to be said of a curve that was finished. */
  remark(curve: C): string | undefined;
}

const SHALLOW: Kind<Curve> = {
  inSteps: (problem, options) => integrateInSteps(problem as Problem, options),
  formats: { csv: curveToCsv, json: (curve) => curveToJson(curve, phases(curve)) },
  axis: 'alpha',
  asked: ({ problem }) => problem.alpha,
  reached: ({ alpha }) => alpha,
  drawn: ({ eg }) => eg,
  title: 'test error eg',
  remark({ stats: { symmetricFrom, heldFrom } }) {
    if (symmetricFrom === null || heldFrom !== null) return undefined;
    return `from alpha = ${symmetricFrom.toPrecision(4)} on two teacher units are alike to this student, to the last digit, as they were not at the start: what would tell them apart again is below rounding; a smaller --rtol and --atol may keep it, and students show what happens (alignode simulate)`;
  },
};

const DEEP: Kind<DeepCurve> = {
  inSteps: (problem, options) => integrateDeepInSteps(problem as DeepProblem, options),
  formats: { csv: deepCurveToCsv, json: deepCurveToJson },
  axis: 'time',
  asked: ({ problem }) => problem.time as number[],
  reached: ({ time }) => time,
  drawn: ({ trainLoss }) => trainLoss,
  title: 'training loss',
  remark({ problem, time, trainLoss }) {
    if (time.length < 2 || trainLoss.some((loss) => loss !== trainLoss[0])) return undefined;
    const { rule, network } = problem;
    return network.init === 'zero' && (rule === 'bp' || rule === 'ifa')
      ? `the loss never changes: from zero weights nothing moves by "${rule}"; use another "init", such as "pytorch"`
      : 'the loss never changes: nothing that the first layer learns is seen at the outputs, or targets do not depend on the inputs';
  },
};

/** The options of `integrate`. */
const TOLERANCES: readonly (Flag & { key: keyof IntegrateOptions })[] = [
  {
    flag: 'rtol',
    key: 'rtol',
    value: 'NUMBER',
    read: number,
    help: 'relative tolerance of each order parameter or other unknown, from 1e-14 to 1e-4; 1e-9 if not given',
  },
  {
    flag: 'atol',
    key: 'atol',
    value: 'NUMBER',
    read: number,
    help: 'absolute tolerance of each order parameter or other unknown; 1e-12 if not given',
  },
  {
    flag: 'max-steps',
    key: 'maxSteps',
    value: 'NUMBER',
    read: number,
    help: 'most steps of the integrator before it gives up; 200000 if not given',
  },
];

export const integrateCommand: Command = {
  title: 'the learning curve of a problem, from theory: two layers as N → ∞, deep linear networks as η → 0',
  about: [
    'A problem with the key "network" is a deep one; any other is one of two layers.',
    'PROBLEM.json may be "-", standard input, and may be an output of this program: the problem in it is solved again.',
    'Ctrl-C stops after the step at hand and keeps the points that were finished.',
  ],
  flags: [
    ...outputFlags,
    ...TOLERANCES,
    dataFlag,
    {
      flag: 'prefix',
      key: 'prefix',
      value: 'NAME',
      help:
        'take teacher, student and feedback from NAME_Q0.dat, _R0.dat, _T0.dat, _A0.dat, _v0.dat and _vrand.dat, the files that ' +
        "nn2pp and dfa-dynamics write, in place of the problem's own",
    },
  ],
  examples: [
    'alignode integrate examples/dfa-k2m2.json',
    'alignode integrate examples/dfa-k2m2.json --rtol 1e-12 --out curve.json',
    'alignode integrate examples/deep-linear-dfa.json --out curve.csv',
    'alignode integrate examples/dfa-k2m2.json --prefix runs/init | head',
  ],
  positionals: ['PROBLEM.json'],
  run,
};

async function run(values: Values, [path]: string[], world: World): Promise<number> {
  const output = chooseOutput(values, world);
  const options: IntegrateOptions = readFlags(TOLERANCES, values);
  const prefix = values.prefix as string | undefined;
  const problem = readProblem(path, world);
  if (!isDeep(problem)) {
    if (values.data !== undefined) refuse('--data', 'found a problem of two layers; it has no data');
    return follow(
      SHALLOW,
      prefix === undefined ? problem : prefixed(problem, prefix),
      options,
      output,
      world,
    );
  }
  if (prefix !== undefined)
    throw new AlignodeError('invalid-option', '--prefix: found a deep problem; its files are of two layers', {
      path: 'prefix',
    });
  return follow(DEEP, problem, { ...options, ...readFlags([dataFlag], values) }, output, world);
}

const prefixed = (problem: unknown, prefix: string): Problem =>
  withPrefix(problem as PartialProblem, prefix, readIfThere);

function follow<C>(
  kind: Kind<C>,
  problem: unknown,
  options: IntegrateOptions,
  output: Output,
  world: World,
): Promise<number> {
  const { formats, asked, reached, drawn, title, remark } = kind;
  return interruptible(world, async (signal) => {
    const { curve, complete } = await stepThrough(kind, problem, options, signal, world);
    await output.write([formats[output.format](curve)], signal);
    const times = reached(curve);
    if (!complete) {
      say(
        world,
        `interrupted; ${times.length} of ${asked(curve).length} points were finished and are ${output.place}`,
      );
      return EXIT.failed;
    }
    const words = remark(curve);
    if (words !== undefined) say(world, words);
    if (world.stderr.isTTY && times.length > 1)
      world.stderr.write(`\n${textChart(times, drawn(curve), title)}`);
    return EXIT.done;
  });
}

/** Integrates with progress shown. When stopped, it ends after the current step, with the points finished so far. */
async function stepThrough<C>(
  { inSteps, axis, asked }: Kind<C>,
  problem: unknown,
  options: IntegrateOptions,
  signal: AbortSignal,
  world: World,
): Promise<{ curve: C; complete: boolean }> {
  const bar = progress(world, 'integrate');
  let steps = 0;
  try {
    const pieces = inSteps(problem, options);
    const breathe = breathing();
    for (;;) {
      const { done, value } = pieces.next();
      if (done) return { curve: value, complete: true };
      const { reached, curve } = value;
      const times = asked(curve);
      const end = times[times.length - 1];
      bar.update(reached / end, ++steps, `${axis} ${reached.toPrecision(4)} of ${end}`);
      // Signals are delivered only between turns of the event loop.
      await breathe();
      if (signal.aborted && reached < end) return { curve, complete: false };
    }
  } catch (error) {
    throw named([...TOLERANCES, dataFlag], error);
  } finally {
    bar.end();
  }
}
