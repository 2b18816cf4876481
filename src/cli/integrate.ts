import { textChart } from '../draw/index.ts';
import { curveToCsv, curveToJson } from '../report/tables/index.ts';
import { type PartialProblem, type Problem, withPrefix } from '../shallow/problem/index.ts';
import { type Curve, type IntegrateOptions, integrateInSteps, phases } from '../shallow/theory/index.ts';
import { breathing } from '../support/breath.ts';
import { type Command, EXIT, type Values, type World } from './command.ts';
import { readIfThere, readProblem } from './files.ts';
import { type Flag, named, number, readFlags } from './flags.ts';
import { interruptible } from './interrupt.ts';
import { chooseOutput, type Format, outputFlags } from './output.ts';
import { progress } from './progress.ts';
import { say } from './say.ts';

const FORMATS: Record<Format, (curve: Curve) => string> = {
  csv: curveToCsv,
  json: (curve) => curveToJson(curve, phases(curve)),
};

/** The options of `integrate`. */
const TOLERANCES: readonly (Flag & { key: keyof IntegrateOptions })[] = [
  {
    flag: 'rtol',
    key: 'rtol',
    value: 'NUMBER',
    read: number,
    help: 'relative tolerance of each order parameter, from 1e-14 to 1e-4; 1e-9 if not given',
  },
  {
    flag: 'atol',
    key: 'atol',
    value: 'NUMBER',
    read: number,
    help: 'absolute tolerance of each order parameter; 1e-12 if not given',
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
  title: 'the learning curve of a problem, from the equations for N → ∞',
  about: [
    'PROBLEM.json may be "-", standard input, and may be an output of this program: the problem in it is solved again.',
    'Ctrl-C stops after the step at hand and keeps the points that were finished.',
  ],
  flags: [
    ...outputFlags,
    ...TOLERANCES,
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
    'alignode integrate examples/dfa-k2m2.json --prefix runs/init | head',
  ],
  positionals: ['PROBLEM.json'],
  run,
};

async function run(values: Values, [path]: string[], world: World): Promise<number> {
  const output = chooseOutput(values, world);
  const options: IntegrateOptions = readFlags(TOLERANCES, values);
  const problem = chooseProblem(path, values.prefix as string | undefined, world);

  return interruptible(world, async (signal) => {
    const { curve, complete } = await follow(problem, options, signal, world);
    await output.write([FORMATS[output.format](curve)], signal);
    if (!complete) {
      const { alpha, problem: solved } = curve;
      say(
        world,
        `interrupted; ${alpha.length} of ${solved.alpha.length} points were finished and are ${output.place}`,
      );
      return EXIT.failed;
    }
    const { symmetricFrom, heldFrom } = curve.stats;
    if (symmetricFrom !== null && heldFrom === null)
      say(
        world,
        `from alpha = ${symmetricFrom.toPrecision(4)} on two teacher units are alike to this student, to the last digit, as they were not at the start: what would tell them apart again is below rounding; a smaller --rtol and --atol may keep it, and students show what happens (alignode simulate)`,
      );
    if (world.stderr.isTTY && curve.alpha.length > 1)
      world.stderr.write(`\n${textChart(curve.alpha, curve.eg, 'test error eg')}`);
    return EXIT.done;
  });
}

function chooseProblem(path: string, prefix: string | undefined, world: World): Problem {
  const problem = readProblem(path, world);
  if (prefix === undefined) return problem as Problem;
  return withPrefix(problem as PartialProblem, prefix, readIfThere);
}

/** Integrates with progress shown. When stopped, it ends after the current step, with the points finished so far. */
async function follow(
  problem: Problem,
  options: IntegrateOptions,
  signal: AbortSignal,
  world: World,
): Promise<{ curve: Curve; complete: boolean }> {
  const bar = progress(world, 'integrate');
  try {
    const steps = integrateInSteps(problem, options);
    const breathe = breathing();
    for (;;) {
      const { done, value } = steps.next();
      if (done) return { curve: value, complete: true };
      const { reached, curve } = value;
      const end = curve.problem.alpha[curve.problem.alpha.length - 1];
      bar.update(reached / end, curve.stats.steps, `alpha ${reached.toPrecision(4)} of ${end}`);
      // Signals are delivered only between turns of the event loop.
      await breathe();
      if (signal.aborted && reached < end) return { curve, complete: false };
    }
  } catch (error) {
    throw named(TOLERANCES, error);
  } finally {
    bar.end();
  }
}
