import type { DeepRun } from '../../deep/networks/index.ts';
import { listed } from '../../draw/index.ts';
import { exp, hypot, ln } from '../../numbers/index.ts';
import { moments } from '../../numbers/moments.ts';
import type { Size } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import { type Networks, networks } from './networks.ts';
import { type Setting, settings } from './setting.ts';

/*
 * What the figures of alignment share: networks by DFA on labels of which a part was exchanged, and when their alignment
 * is largest.
 */

export interface AlignmentSizes {
  settings: readonly Setting[];
  units: number;
  /** Hidden layers; three if not given. */
  hidden?: number;
  /** The share of labels that are exchanged. */
  corruption: number;
  rates: Readonly<Record<string, number>>;
  runs: number;
  epochs: number;
  points: number;
}

/**
 * In minutes: so few units that the digits, half of whose labels are exchanged, are as hard to fit for them as CIFAR-10 is
 * for the paper's networks. At the paper's size: its networks, at ten times its rate, since at 1e-4 nothing has fallen
 * after 1,000 epochs.
 */
export const alignmentSizes: Record<Size, AlignmentSizes> = {
  quick: {
    settings: settings.quick,
    units: 30,
    corruption: 0.5,
    rates: { tanh: 0.05, relu: 0.005 },
    runs: 5,
    epochs: 2000,
    points: 24,
  },
  full: {
    settings: settings.full,
    units: 100,
    corruption: 0.1,
    rates: { tanh: 1e-3, relu: 1e-3 },
    runs: 10,
    epochs: 1000,
    points: 40,
  },
};

/** Networks of one set and one activation. */
export interface Case {
  setting: Setting;
  activation: string;
  corruption: number;
  of: Networks;
}

export async function alignmentCase(
  workshop: Workshop,
  setting: Setting,
  activation: string,
  { units, hidden, rates, runs, epochs, points, corruption }: Omit<AlignmentSizes, 'settings'>,
): Promise<Case> {
  const problem = setting.problem({
    activation,
    rule: 'dfa',
    units,
    ...(hidden && { hidden }),
    corruption,
    learningRate: rates[activation],
    epochs: { from: 1, to: epochs, points, scale: 'log' },
  });
  const name = `${setting.name}, ${activation}, DFA, ${Math.round(100 * corruption)} % of labels exchanged`;
  return {
    setting,
    activation,
    corruption,
    of: await networks(workshop, name, problem, { runs, cosine: 'all' }),
  };
}

export const titleOf = ({ setting, activation }: Pick<Case, 'setting' | 'activation'>): string =>
  `${setting.name}, ${activation}`;
export const idOf = ({ setting, activation }: Pick<Case, 'setting' | 'activation'>): string =>
  `${setting.id}-${activation}`;

/** A mean over runs and its standard error. */
export type Mean = { mean: number; stderr: number };

export function meanOver(values: readonly number[]): Mean {
  const { mean, stderr } = moments(
    values.map((x) => Float64Array.of(x)),
    1,
  );
  return { mean: mean[0], stderr: stderr[0] };
}

/** How many standard errors a difference must have. */
export const CLEAR = 5;
export const clear = ({ mean, stderr }: Mean): boolean => mean > CLEAR * stderr && mean > 0;

/** Runs whose numbers stayed finite. */
export const sound = ({ perRun }: Networks): DeepRun[] =>
  perRun.filter(({ diverged }) => diverged === undefined);

/** Where a curve is largest. */
export function peakOf(values: readonly number[]): number {
  let at = 0;
  values.forEach((x, i) => {
    if (x > values[at]) at = i;
  });
  return at;
}

/** The epoch at which a curve is largest, over runs: its geometric mean, and by which factor it is uncertain. */
export type PeakEpoch = { epoch: number; factor: number; atTheEnd: number; runs: number };

export function peakEpoch({ epoch, ...of }: Networks, curve: (run: DeepRun) => readonly number[]): PeakEpoch {
  const places = sound({ epoch, ...of }).map((run) => peakOf(curve(run)));
  const { mean, stderr } = meanOver(places.map((at) => ln(epoch[at])));
  return {
    epoch: exp(mean),
    factor: exp(2 * stderr),
    atTheEnd: places.filter((at) => at === epoch.length - 1).length,
    runs: places.length,
  };
}

export const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The epoch at which a curve first passes a value, between two times as a power of the epoch; NaN if it never does. */
export function crossing(epoch: readonly number[], values: readonly number[], level: number): number {
  const i = values.findIndex((x) => x >= level);
  if (i < 0) return Number.NaN;
  if (i === 0) return epoch[0];
  const part = (level - values[i - 1]) / (values[i] - values[i - 1]);
  return exp(ln(epoch[i - 1]) + part * ln(epoch[i] / epoch[i - 1]));
}

/** When a curve passes a value at each level of corruption: its geometric mean over runs, and by which factor it is uncertain. */
export type Onsets = {
  case: string;
  levels: { corruption: number; epoch: number; factor: number; ln: number; stderr: number }[];
};

/** Of cases that differ by their corruption. */
export const onsetsOf = (
  cases: readonly Case[],
  curve: (run: DeepRun) => readonly number[],
  value: number,
): Onsets => ({
  case: titleOf(cases[0]),
  levels: cases.map(({ corruption, of }) => {
    const { mean, stderr } = meanOver(sound(of).map((run) => ln(crossing(of.epoch, curve(run), value))));
    return { corruption, epoch: exp(mean), factor: exp(2 * stderr), ln: mean, stderr };
  }),
});

/** Whether each level is later than the one before, beyond two standard errors. */
export const laterAndLater = ({ levels }: Onsets): boolean =>
  levels.every(
    (one, i) => i === 0 || one.ln - levels[i - 1].ln > 2 * hypot(one.stderr, levels[i - 1].stderr),
  );

export const onsetInWords = ({ levels }: Onsets): string =>
  listed(levels.map(({ corruption, epoch }) => `${epoch.toPrecision(3)} (${percent(corruption)})`));
