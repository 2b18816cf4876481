import { checkOptions, type SimulateOptions } from '../shallow/students/index.ts';
import { AlignodeError } from '../support/error.ts';
import type { Options, Values } from './command.ts';
import { type Flag, list, named, number, optionsOf, readFlags, word } from './flags.ts';

/** Each flag, and what `simulate` calls it: its own table says what it may hold. */
const FLAGS: readonly (Flag & { key: keyof SimulateOptions })[] = [
  { flag: 'N', key: 'N', read: number },
  { flag: 'runs', key: 'runs', read: number },
  { flag: 'seed', key: 'seed', read: number },
  { flag: 'student', key: 'student', read: word },
  { flag: 'backend', key: 'backend', read: word },
  { flag: 'adapter', key: 'adapter', read: word },
  { flag: 'allow-software', key: 'allowSoftware' },
  { flag: 'threads', key: 'threads', read: number },
  { flag: 'redraw', key: 'redraw', read: list },
  { flag: 'test-set', key: 'testSet', read: number },
];

/** For parseArgs: the options of every command that simulates. */
export const simulationOptions: Options = optionsOf(FLAGS);

/** Those that say what does the work, and not what is to be done. */
const MACHINE = ['backend', 'adapter', 'allow-software', 'threads'];
export const machineFlags: readonly Flag[] = FLAGS.filter(({ flag }) => MACHINE.includes(flag));
export const machineOptions: Options = optionsOf(machineFlags);

/** The same for --help. */
export const machineHelp = `\
  --backend NAME      what does the work: cpu, gpu, reference (readable, and slow), or auto (if not given), the CPU, or
                      a GPU where there is much to do and it is measured to be faster
  --adapter NAME      a part of the name of the GPU to use; the fastest if not given (alignode doctor lists them)
  --allow-software    let --backend gpu use an adapter that computes on the CPU: slow, for tests
  --threads NUMBER    how many runs go on at the same time; as many as there are cores if not given
`;

/** The same for --help. */
export const simulationHelp = `\
  --N NUMBER          the input dimension; if not given, that in which the problem draws its student
  --runs NUMBER       how many students, each with inputs of its own; 1 if not given
  --seed NUMBER       the seed of run 1, from which the others' follow; 1 if not given
  --student KIND      trained, N-dimensional weights and inputs (if not given), or projected, the exact chain of
                      the overlaps: the same law, at a cost for each step that does not depend on N
${machineHelp}\
  --redraw PARTS      teacher, student, feedback: which of the parts that the problem draws are drawn anew for each
                      run, separated by commas; none if not given
  --test-set NUMBER   inputs on which the test error is sampled as well; 0, not at all, if not given
`;

/** What the flags ask `simulate` for, checked. `problem` is whatever the problem file holds: it may give N. */
export function readSimulationOptions(values: Values, problem?: unknown): SimulateOptions {
  const options = readFlags(FLAGS, values);
  options.N ??= drawnDimension(problem);
  if (options.N === undefined)
    throw new AlignodeError(
      'invalid-option',
      '--N: found nothing, and the problem does not draw its student; give the input dimension, as --N 500',
      { path: '--N' },
    );
  return checked(options);
}

/** The same of a command that chooses the students itself. */
export function readMachine(values: Values): Omit<SimulateOptions, 'N'> {
  const { N, ...machine } = checked({ N: 1, ...readFlags(FLAGS, values) });
  return machine;
}

function checked(options: Record<string, unknown>): SimulateOptions {
  try {
    checkOptions(options as unknown as SimulateOptions);
  } catch (error) {
    throw withFlag(error);
  }
  return options as unknown as SimulateOptions;
}

/** An error of `simulate` about an option, in the words of the command line; any other error as it is. */
export const withFlag = (error: unknown): unknown => named(FLAGS, error);

function drawnDimension(problem: unknown): unknown {
  return (problem as { student?: { draw?: { N?: unknown } } } | null)?.student?.draw?.N;
}
