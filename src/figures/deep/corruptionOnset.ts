import { listed, type Panel } from '../../draw/index.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import {
  alignmentCase,
  type Case,
  idOf,
  laterAndLater,
  onsetInWords,
  onsetsOf,
  percent,
  titleOf,
} from './alignment.ts';
import { curve, EPOCH, facts, SEED } from './networks.ts';
import { type Setting, settings } from './setting.ts';

/*
 * Figure 9 of Refinetti et al. 2021: the more labels are wrong, the later weights and gradients begin to align, as the
 * network first predicts all classes alike.
 */

/** Alignment has begun where it passes this. */
const ONSET = 0.1;

export interface OnsetSizes {
  settings: readonly Setting[];
  levels: readonly number[];
  runs: number;
  epochs: number;
  points: number;
  learningRate: number;
}

export const claimsOf = (all: readonly Case[][]): Claim[] => [
  later(all, 'weightAlignment'),
  later(all, 'gradientAlignment'),
];

export async function corruptionOnset(workshop: Workshop, sizes: OnsetSizes): Promise<Drawing> {
  const { settings, levels, runs, epochs, learningRate } = sizes;
  const all: Case[][] = [];
  for (const setting of settings) {
    const cases: Case[] = [];
    for (const corruption of levels)
      cases.push(
        await alignmentCase(workshop, setting, 'relu', {
          ...sizes,
          units: 100,
          hidden: 2,
          corruption,
          rates: { relu: learningRate },
        }),
      );
    all.push(cases);
  }
  const [{ setting }] = all[0];
  return {
    caption: `Relu networks of three layers of weights, 100 units in each hidden layer, trained by DFA on ${listed(settings.map(({ name }) => name))} with a part of the labels exchanged: global weight and gradient alignment in the early stages. Means of ${runs} networks; bars: two standard errors.`,
    parameters: {
      problem: setting.problem({
        activation: 'relu',
        rule: 'dfa',
        hidden: 2,
        learningRate,
        epochs: [epochs],
      }),
      'labels exchanged': levels.map(percent).join(', '),
      runs,
      seed: SEED,
    },
    panels: all.flatMap(panelsOf),
    claims: claimsOf(all),
  };
}

const NAMES = { weightAlignment: 'weight alignment', gradientAlignment: 'gradient alignment' } as const;
type Which = keyof typeof NAMES;

const panelsOf = (cases: Case[]): Panel[] =>
  (['weightAlignment', 'gradientAlignment'] as const).map((which) => ({
    name: `9-${idOf(cases[0])}-${which === 'weightAlignment' ? 'weights' : 'gradients'}`,
    title: `${titleOf(cases[0])}: ${NAMES[which]}`,
    x: EPOCH,
    y: { label: NAMES[which], range: [-0.1, 1] },
    traces: cases.map(({ corruption, of }, colour) =>
      curve({ name: percent(corruption), colour }, of.epoch, of.mean[which].total, of.stderr[which].total),
    ),
  }));

function later(all: readonly Case[][], which: Which): Claim {
  const found = all.map((cases) => onsetsOf(cases, (run) => run[which].total, ONSET));
  return {
    by: 'paper',
    says: `The more labels are wrong, the more time ${NAMES[which]} takes to start increasing.`,
    holds: verdictOf(found.every(laterAndLater)),
    numbers: facts({ onset: ONSET, cases: found }),
    found: found
      .map((one) => `${one.case}: ${ONSET} is passed at epoch ${onsetInWords(one)}`)
      .join('; ')
      .concat('.'),
  };
}

const script = `import { simulate } from 'alignode';

for (const corruption of [0, 0.9]) {
  const { epoch, mean } = await simulate(
    {
      network: { widths: [64, 100, 100, 10], activation: 'relu' },
      rule: 'dfa',
      feedback: { draw: 'uniform', seed: 3 },
      loss: 'cross-entropy',
      data: { set: 'digits', train: 1500, test: 297, corruption, seed: 1 },
      learningRate: 0.01,
      batch: 32,
      epochs: { from: 1, to: 60, points: 10, scale: 'log' },
    },
    { runs: 2 },
  );
  console.log(corruption, epoch, mean.weightAlignment.total, mean.gradientAlignment.total);
}
`;

export const figure9: Figure = {
  name: '9',
  title: 'Wrong labels delay alignment',
  source: 'Figure 9 of Refinetti et al. 2021',
  seconds: { quick: 15, full: 8000 },
  sets: { full: ['cifar-10'] },
  script,
  make: (workshop) =>
    corruptionOnset(
      workshop,
      workshop.pick({
        quick: {
          settings: settings.quick,
          levels: [0, 0.3, 0.6, 0.9],
          runs: 5,
          epochs: 200,
          points: 20,
          learningRate: 0.01,
        },
        full: {
          settings: settings.full.slice(1),
          levels: [0, 0.3, 0.6, 0.9],
          runs: 10,
          epochs: 200,
          points: 30,
          learningRate: 1e-3,
        },
      }),
    ),
};
