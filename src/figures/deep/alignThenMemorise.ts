import { listed, type Panel } from '../../draw/index.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import {
  type AlignmentSizes,
  alignmentCase,
  alignmentSizes,
  type Case,
  clear,
  idOf,
  type Mean,
  meanOver,
  peakOf,
  sound,
  titleOf,
} from './alignment.ts';
import { curve, EPOCH, facts, SEED } from './networks.ts';

/*
 * Figure 6 of Refinetti et al. 2021: weights first align with the feedback, then turn away from it to fit the rest, while
 * gradients go on aligning.
 */

export const claimsOf = (cases: readonly Case[]): Claim[] => [
  aligns(cases),
  turnsAway(cases),
  gradientsGoOn(cases),
];

export async function alignThenMemorise(workshop: Workshop, sizes: AlignmentSizes): Promise<Drawing> {
  const { settings, units, corruption, runs, epochs, rates } = sizes;
  const cases: Case[] = [];
  for (const setting of settings)
    for (const activation of ['tanh', 'relu'])
      cases.push(await alignmentCase(workshop, setting, activation, sizes));
  return {
    caption: `Networks of four layers of weights, ${units} units in each hidden layer, trained by DFA on ${listed(settings.map(({ name }) => name))}, ${100 * corruption} % of the labels exchanged: global weight and gradient alignment (eq. 18). Means of ${runs} networks; bars: two standard errors.`,
    parameters: {
      problem: settings[0].problem({ activation: 'tanh', rule: 'dfa', units, corruption, epochs: [epochs] }),
      'learning rates': rates,
      runs,
      seed: SEED,
    },
    panels: cases.map(panelOf),
    claims: claimsOf(cases),
  };
}

function panelOf(one: Case): Panel {
  const { epoch, mean, stderr } = one.of;
  return {
    name: `6-${idOf(one)}`,
    title: titleOf(one),
    x: EPOCH,
    y: { label: 'alignment', range: [-0.1, 1] },
    traces: [
      curve(
        { name: 'weight alignment', colour: 0 },
        epoch,
        mean.weightAlignment.total,
        stderr.weightAlignment.total,
      ),
      curve(
        { name: 'gradient alignment', colour: 2 },
        epoch,
        mean.gradientAlignment.total,
        stderr.gradientAlignment.total,
      ),
      curve({ name: 'training accuracy', colour: 7, mark: 'dotted' }, epoch, mean.trainAccuracy, []),
    ],
  };
}

/** Of one case: the weight alignment at its largest, and what becomes of it and of that of gradients until the end. */
type Peak = {
  case: string;
  epoch: number;
  start: number;
  most: number;
  end: number;
  /** Lost from the largest to the end; gained by gradients in the same time, and at most. */
  lost: Mean;
  gained: Mean;
};

function peaksOf(cases: readonly Case[]): Peak[] {
  return cases.map((one) => {
    const { of } = one;
    const total = of.mean.weightAlignment.total;
    const at = peakOf(total);
    const end = total.length - 1;
    const runs = sound(of);
    return {
      case: titleOf(one),
      epoch: of.epoch[at],
      start: total[0],
      most: total[at],
      end: total[end],
      lost: meanOver(runs.map(({ weightAlignment: { total: wa } }) => wa[at] - wa[end])),
      gained: meanOver(runs.map(({ gradientAlignment: { total: ga } }) => ga[end] - ga[at])),
    };
  });
}

function aligns(cases: readonly Case[]): Claim {
  const peaks = peaksOf(cases);
  return {
    by: 'paper',
    says: 'Weights become aligned with the feedback, to an alignment of order one, within few epochs.',
    holds: verdictOf(peaks.every(({ start, most }) => Math.abs(start) < 0.1 && most > 0.3)),
    numbers: facts({ peaks }),
    found: `After the first epoch it is ${listed(peaks.map(({ start }) => start.toFixed(2)))}, and at most ${listed(peaks.map(({ case: name, most }) => `${most.toFixed(2)} (${name})`))}.`,
  };
}

function turnsAway(cases: readonly Case[]): Claim {
  const peaks = peaksOf(cases);
  const fall = peaks.filter(({ lost }) => clear(lost));
  return {
    by: 'paper',
    says: 'Weight alignment reaches a maximum, then decreases.',
    holds: fall.length === peaks.length ? 'yes' : fall.length > 0 ? 'not as printed' : 'no',
    numbers: facts({ peaks }),
    found: peaks
      .map(({ case: name, epoch, most, end, lost }) =>
        clear(lost)
          ? `${name}: ${most.toFixed(3)} at epoch ${Math.round(epoch)}, ${end.toFixed(3)} at the end`
          : `${name}: no fall by the end (${end.toFixed(3)})`,
      )
      .join('; ')
      .concat('.'),
  };
}

function gradientsGoOn(cases: readonly Case[]): Claim {
  const all = peaksOf(cases);
  const peaks = all.filter(({ lost }) => clear(lost));
  const rise = peaks.filter(({ gained }) => clear(gained));
  return {
    by: 'paper',
    says: 'While the weight alignment decreases, the gradient alignment keeps increasing.',
    holds:
      peaks.length === 0
        ? 'undecided'
        : rise.length === peaks.length
          ? 'yes'
          : rise.length > 0
            ? 'not as printed'
            : 'no',
    numbers: facts({ peaks: all }),
    found:
      peaks.length === 0
        ? 'No weight alignment falls by the end.'
        : `From the largest weight alignment to the end that of gradients changes by ${listed(peaks.map(({ case: name, gained }) => `${gained.mean.toFixed(3).replace('-', '−')} ± ${gained.stderr.toFixed(3)} (${name})`))}.`,
  };
}

const script = `import { simulate } from 'alignode';

const { epoch, mean } = await simulate(
  {
    network: { widths: [64, 30, 30, 30, 10], activation: 'tanh' },
    rule: 'dfa',
    feedback: { draw: 'uniform', seed: 3 },
    loss: 'cross-entropy',
    data: { set: 'digits', train: 1500, test: 297, corruption: 0.5, seed: 1 },
    learningRate: 0.05,
    batch: 32,
    epochs: { from: 1, to: 300, points: 10, scale: 'log' },
  },
  { runs: 2 },
);
console.log(epoch, mean.weightAlignment.total, mean.gradientAlignment.total);
`;

export const figure6: Figure = {
  name: '6',
  title: 'Deep networks align, then memorise',
  source: 'Figure 6 of Refinetti et al. 2021',
  seconds: { quick: 30, full: 20_000 },
  sets: { full: ['mnist', 'cifar-10'] },
  script,
  make: (workshop) => alignThenMemorise(workshop, workshop.pick(alignmentSizes)),
};
