import { refuseDeep } from '../shallow/problem/index.ts';
import { SIMULATE_OPTIONS, type SimulateOptions } from '../shallow/students/index.ts';
import { checkOptions, refuse } from '../support/options.ts';
import type { Values } from './command.ts';
import { type Flag, list, named, number, readFlags } from './flags.ts';

/** The options of every command that simulates; the table of `simulate` says what each may hold. */
export const simulationFlags: readonly (Flag & { key: keyof SimulateOptions })[] = [
  {
    flag: 'N',
    key: 'N',
    value: 'NUMBER',
    read: number,
    help: 'the input dimension; if not given, that in which the problem draws its student',
  },
  {
    flag: 'runs',
    key: 'runs',
    value: 'NUMBER',
    read: number,
    help: 'how many students, each with inputs of its own; 1 if not given',
  },
  {
    flag: 'seed',
    key: 'seed',
    value: 'NUMBER',
    read: number,
    help: "the seed of run 1, from which the others' follow; 1 if not given",
  },
  {
    flag: 'student',
    key: 'student',
    value: 'KIND',
    help:
      'trained, N-dimensional weights and inputs (if not given), or projected, the exact chain of the overlaps: the same law, ' +
      'at a cost for each step that does not depend on N',
  },
  {
    flag: 'backend',
    key: 'backend',
    value: 'NAME',
    help:
      'what does the work: cpu, gpu, reference (readable, and slow), or auto (if not given), the CPU, or a GPU where there is ' +
      'much to do and it is measured to be faster',
  },
  {
    flag: 'adapter',
    key: 'adapter',
    value: 'NAME',
    help: 'a part of the name of the GPU to use; the fastest if not given (alignode doctor lists them)',
  },
  {
    flag: 'allow-software',
    key: 'allowSoftware',
    help: 'let --backend gpu use an adapter that computes on the CPU: slow, for tests',
  },
  {
    flag: 'threads',
    key: 'threads',
    value: 'NUMBER',
    read: number,
    help: 'how many runs go on at the same time; as many as there are cores if not given',
  },
  {
    flag: 'redraw',
    key: 'redraw',
    value: 'PARTS',
    read: list,
    help: 'teacher, student, feedback: which of the parts that the problem draws are drawn anew for each run, separated by commas; none if not given',
  },
  {
    flag: 'match',
    key: 'match',
    value: 'HOW',
    help:
      'theory (if not given): the units of students that end in another of several equivalent minima than theory are renumbered ' +
      'in the means; none: they are left as they are',
  },
  {
    flag: 'test-set',
    key: 'testSet',
    value: 'NUMBER',
    read: number,
    help: 'inputs on which the test error is sampled as well; 0, not at all, if not given',
  },
];

/** The options that choose what does the work, not what work is done. */
const MACHINE = ['backend', 'adapter', 'allow-software', 'threads'];
export const machineFlags: readonly Flag[] = simulationFlags.filter(({ flag }) => MACHINE.includes(flag));

/** What the flags ask `simulate` for, checked. `problem` is whatever the problem file holds: it may give N. */
export function readSimulationOptions(values: Values, problem?: unknown): SimulateOptions {
  const options = readFlags(simulationFlags, values);
  refuseDeep(problem);
  options.N ??= drawnDimension(problem);
  if (options.N === undefined)
    refuse(
      '--N',
      'found nothing, and the problem does not draw its student; give the input dimension, as --N 500',
    );
  return checked(options);
}

/** The same for a command that chooses the students itself. */
export function readMachine(values: Values): Omit<SimulateOptions, 'N'> {
  const { N, ...machine } = checked({ N: 1, ...readFlags(simulationFlags, values) });
  return machine;
}

function checked(options: Record<string, unknown>): SimulateOptions {
  try {
    checkOptions(options, SIMULATE_OPTIONS);
  } catch (error) {
    throw withFlag(error);
  }
  return options as unknown as SimulateOptions;
}

/** An error of `simulate` about an option, in the words of the command line; any other error as it is. */
export const withFlag = (error: unknown): unknown => named(simulationFlags, error);

function drawnDimension(problem: unknown): unknown {
  return (problem as { student?: { draw?: { N?: unknown } } } | null)?.student?.draw?.N;
}
