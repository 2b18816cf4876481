import { DEEP_SIMULATE_OPTIONS, type DeepSimulateOptions } from '../deep/networks/index.ts';
import { checkOptions, refuse } from '../support/options.ts';
import type { Values } from './command.ts';
import { dataFlag } from './dataFlag.ts';
import { changed, type Flag, named, number, readFlags } from './flags.ts';
import { simulationFlags } from './simulationOptions.ts';

/** The options of `simulate` for networks that students of two layers have not. */
const ALONE: readonly (Flag & { key: keyof DeepSimulateOptions })[] = [
  {
    flag: 'examples',
    key: 'examples',
    value: 'NUMBER',
    read: number,
    help: 'networks: examples of the training part with which signals are compared; 1000 if not given, or all if there are fewer',
  },
  {
    flag: 'cosine',
    key: 'cosine',
    value: 'WHEN',
    help: 'networks: when the weights of different runs are compared: end (if not given), all times, or none',
  },
  { ...dataFlag, help: `networks: ${dataFlag.help}` },
];

/** What the command line alone knows of. */
const KEPT: readonly Flag[] = [
  {
    flag: 'save',
    key: 'save',
    value: 'DIR',
    help: 'networks: a folder for every finished one, run-001.npz and so on: "network": { "init": { "file": "DIR/run-001.npz" } } starts from it',
  },
  {
    flag: 'resume',
    key: 'resume',
    help: 'networks: go on with the work that is in FILE.parts, where --out FILE was interrupted or killed',
  },
];

/** Options that both kinds of problem have, and how they read where both are meant. */
const SHARED = ['runs', 'seed', 'backend', 'threads', 'redraw'];

const isShared = ({ flag }: Flag): boolean => SHARED.includes(flag);

/** Those of both kinds, with a word that says for which they are. */
export const bothFlags: readonly Flag[] = [
  ...changed(simulationFlags.filter(isShared), {
    runs: { help: 'how many students or networks, each with inputs or a start of its own; 1 if not given' },
    backend: {
      help:
        'what does the work: cpu, reference (readable, and slow), of two layers gpu, of networks relaxed (relaxed SIMD: faster ' +
        'on new engines, with bits of its own); auto (if not given) takes the CPU, or a GPU where there is much to do for it ' +
        'and it is measured to be faster',
    },
    redraw: {
      help:
        'which of the parts that the problem draws are drawn anew for each run, separated by commas: of two layers teacher, ' +
        'student, feedback; of networks feedback, data; none if not given',
    },
  }),
  ...simulationFlags
    .filter((one) => !isShared(one))
    .map((one) => ({ ...one, help: one.help && `two layers: ${one.help}` })),
  ...ALONE,
  ...KEPT,
];

const networkFlags: readonly Flag[] = [...simulationFlags.filter(isShared), ...ALONE];

/** Refuses options of `simulate` that are for the other kind of problem. */
export function refuseOthers(values: Values, kind: 'two layers' | 'networks'): void {
  const others = kind === 'networks' ? simulationFlags.filter((one) => !isShared(one)) : [...ALONE, ...KEPT];
  const other = others.find(({ flag }) => values[flag] !== undefined);
  if (other !== undefined)
    refuse(
      `--${other.flag}`,
      kind === 'networks'
        ? 'found a deep problem; this option is for students of two layers: leave it out'
        : 'found a problem of two layers; this option is for networks on data: leave it out',
    );
}

/** What the flags ask `simulate` for networks for, checked. */
export function readNetworkOptions(values: Values): DeepSimulateOptions {
  const options = readFlags(networkFlags, values);
  try {
    checkOptions(options, DEEP_SIMULATE_OPTIONS);
  } catch (error) {
    throw withNetworkFlag(error);
  }
  return options as DeepSimulateOptions;
}

/** An error of `simulate` about an option, in the words of the command line; any other error as it is. */
export const withNetworkFlag = (error: unknown): unknown => named(networkFlags, error);
