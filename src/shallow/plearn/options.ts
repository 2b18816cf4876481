import { show } from '../../support/error.ts';
import { checkOptions, integer, refuse, type SimulateOptions } from '../students/index.ts';
import type { PLearnOptions, PLearnSettings } from './types.ts';

const DEFAULTS = {
  negative: 0,
  N: 500,
  runs: 50,
  seed: 1,
  student: 'trained',
  learningRate: 0.1,
  noise: 0,
  sigma: 0.01,
  learned: 1e-4,
} as const;
/** The last time, in units of 1/η, if none is given. */
const LAST = 1000;
/** Before this time, in the same units, nobody is taken for stuck if none is given. */
const PATIENCE = 100;
const MOST_UNITS = 64;

interface Rule {
  key: keyof PLearnOptions;
  ok: (value: never) => boolean;
  want: string;
}

const between =
  (above: number, max: number) =>
  (x: unknown): boolean =>
    typeof x === 'number' && x > above && x <= max;
const orNothing =
  (ok: (x: unknown) => boolean) =>
  (x: unknown): boolean =>
    x === undefined || ok(x);

/** What the options beside those of `simulate` may hold. */
const RULES: readonly Rule[] = [
  {
    key: 'K',
    ok: (x: unknown) =>
      Array.isArray(x) ? x.length > 0 && x.every(integer(1, MOST_UNITS)) : integer(1, MOST_UNITS)(x),
    want: `use a whole number from 1 to ${MOST_UNITS}, or several: on the command line 3, or 2,3,5, or 2..10`,
  },
  { key: 'M', ok: integer(1, MOST_UNITS), want: `use a whole number from 1 to ${MOST_UNITS}` },
  { key: 'negative', ok: orNothing(integer(0, MOST_UNITS)), want: 'use a whole number from 0 to M' },
  {
    key: 'runs',
    ok: orNothing(integer(0, 1e7)),
    want: 'use a whole number from 0 (the formula alone) to 1e7',
  },
  { key: 'learningRate', ok: orNothing(between(0, 1e6)), want: 'use a positive number' },
  { key: 'noise', ok: orNothing((x) => x === 0 || between(0, 1e6)(x)), want: 'use 0 or a positive number' },
  { key: 'sigma', ok: orNothing(between(0, 1e6)), want: 'use a positive number' },
  { key: 'alpha', ok: orNothing(between(0, 1e12)), want: 'use a positive number, the last time' },
  {
    key: 'patience',
    ok: orNothing(between(0, Number.POSITIVE_INFINITY)),
    want: 'use a positive number, a time',
  },
  {
    key: 'learned',
    ok: orNothing(between(0, 1)),
    want: 'use a part of the error at the start, above 0 and up to 1',
  },
];

/** What is left to `simulate`: settings that change the numbers, and who does the work. */
const SHARED = ['N', 'seed', 'student'] as const;
const MACHINE = ['backend', 'adapter', 'allowSoftware', 'threads', 'signal'] as const;

/** The options with every default filled in, and those that only say who does the work. */
export function checked(options: PLearnOptions): {
  settings: PLearnSettings;
  machine: Partial<SimulateOptions>;
} {
  const own = [...RULES.map(({ key }) => key), ...SHARED];
  const known: string[] = [...own, ...MACHINE, 'onProgress'];
  for (const key of Object.keys(options))
    if (!known.includes(key)) refuse(key, `there is no such option; the options are ${known.join(', ')}`);
  for (const { key, ok, want } of RULES)
    if (!ok(options[key] as never)) refuse(key, `found ${show(options[key])}; ${want}`);
  const machine = given(options, MACHINE);
  const stated = given(options, own);
  const { N, seed, student, runs } = { ...DEFAULTS, ...stated };
  checkOptions({ ...machine, N, seed, student, runs: Math.max(1, runs) });

  const { K, M, learningRate = DEFAULTS.learningRate, negative = DEFAULTS.negative } = options;
  const settings: PLearnSettings = {
    ...DEFAULTS,
    alpha: LAST / learningRate,
    patience: PATIENCE / learningRate,
    ...(stated as Omit<typeof stated, 'K'>),
    M,
    K: [...new Set(typeof K === 'number' ? [K] : K)],
  };
  if (negative > M) refuse('negative', `found ${negative}; use a whole number from 0 to M = ${M}`);
  const dimension = Math.max(...settings.K) + M;
  if (settings.N < dimension) refuse('N', `found ${settings.N}; use at least K + M = ${dimension}`);
  const least = 4 / learningRate;
  if (settings.alpha < least)
    refuse(
      'alpha',
      `found ${settings.alpha}; nobody has learned by then: use ${least} (4/learningRate) or more`,
    );
  return { settings, machine };
}

/** Those of the options named that have a value. */
function given<Key extends keyof PLearnOptions>(
  options: PLearnOptions,
  keys: readonly Key[],
): Partial<{ [key in Key]: NonNullable<PLearnOptions[key]> }> {
  const some = keys.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]]));
  return Object.fromEntries(some);
}
