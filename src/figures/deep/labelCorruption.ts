import type { DeepRun } from '../../deep/networks/index.ts';
import { listed, type Panel, type Trace } from '../../draw/index.ts';
import { exp, hypot, ln } from '../../numbers/index.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import {
  type AlignmentSizes,
  alignmentCase,
  alignmentSizes,
  type Case,
  CLEAR,
  crossing,
  idOf,
  laterAndLater,
  meanOver,
  onsetInWords,
  onsetsOf,
  peakOf,
  percent,
  sound,
  titleOf,
} from './alignment.ts';
import { curve, EPOCH, facts, SEED } from './networks.ts';

/*
 * Figure 11 of Refinetti et al. 2021: what wrong labels change. The networks are those of figure 6, at four levels of
 * exchanged labels.
 */

export interface CorruptionSizes extends AlignmentSizes {
  activations: readonly string[];
  levels: readonly number[];
}

/** One set and one activation, from the fewest wrong labels to the most. */
export type Levels = Case[];

export const claimsOf = (all: readonly Levels[]): Claim[] => [
  slower(all),
  givesUpMore(all),
  hardlyMoves(all),
  sharpFall(all),
];

export async function labelCorruption(workshop: Workshop, sizes: CorruptionSizes): Promise<Drawing> {
  const { settings, activations, levels, units, runs, epochs } = sizes;
  const all: Levels[] = [];
  for (const setting of settings)
    for (const activation of activations) {
      const cases: Levels = [];
      for (const corruption of levels)
        cases.push(await alignmentCase(workshop, setting, activation, { ...sizes, corruption }));
      all.push(cases);
    }
  return {
    caption: `The networks of figure 6 at ${levels.length} levels of label corruption, from ${percent(levels[0])} to ${percent(levels[levels.length - 1])}: training error, weight and gradient alignment, and the cosine between the weights of networks from different starts. Vertical lines: the epoch at which the weight alignment is largest. Means of ${runs} networks; bars: two standard errors.`,
    parameters: {
      problem: settings[0].problem({ activation: activations[0], rule: 'dfa', units, epochs: [epochs] }),
      'learning rates': sizes.rates,
      'labels exchanged': levels.map(percent).join(', '),
      runs,
      seed: SEED,
    },
    panels: all.flatMap(panelsOf),
    claims: claimsOf(all),
  };
}

function panelsOf(cases: Levels): Panel[] {
  const [{ of }] = cases;
  const traces = (y: (one: Case) => number[], stderr: (one: Case) => number[]): Trace[] =>
    cases.map((one, colour) =>
      curve({ name: percent(one.corruption), colour }, of.epoch, y(one), stderr(one)),
    );
  const panel = (
    id: string,
    title: string,
    label: string,
    range: [number, number],
    some: Trace[],
  ): Panel => ({
    name: `11-${idOf(cases[0])}-${id}`,
    title: `${titleOf(cases[0])}: ${title}`,
    x: EPOCH,
    y: { label, range },
    traces: some,
  });
  return [
    panel(
      'error',
      'training error',
      'share of wrong answers',
      [0, 1],
      traces(
        (one) => one.of.mean.trainAccuracy.map((x) => 1 - x),
        (one) => one.of.stderr.trainAccuracy,
      ),
    ),
    {
      ...panel(
        'weights',
        'weight alignment',
        'weight alignment',
        [-0.1, 1],
        traces(
          (one) => one.of.mean.weightAlignment.total,
          (one) => one.of.stderr.weightAlignment.total,
        ),
      ),
      lines: cases
        .map((one) => ({ one, at: peakOf(one.of.mean.weightAlignment.total) }))
        .filter(({ one, at }) => at < one.of.epoch.length - 1)
        .map(({ one, at }) => ({ x: one.of.epoch[at], label: percent(one.corruption) })),
    },
    panel(
      'gradients',
      'gradient alignment',
      'gradient alignment',
      [-0.1, 1],
      traces(
        (one) => one.of.mean.gradientAlignment.total,
        (one) => one.of.stderr.gradientAlignment.total,
      ),
    ),
    panel(
      'cosine',
      'networks from different starts',
      'cosine of the weights',
      [-0.1, 1],
      traces(
        (one) => one.of.weightCosine?.total ?? [],
        (one) => one.of.weightCosine?.stderr ?? [],
      ),
    ),
  ];
}

/** Weights begin to align where their alignment passes this. */
const ONSET = 0.2;
const waOf = ({ weightAlignment }: DeepRun): number[] => weightAlignment.total;

function slower(all: readonly Levels[]): Claim {
  const found = all.map((cases) => onsetsOf(cases, waOf, ONSET));
  return {
    by: 'paper',
    says: 'Increasing label corruption slows down the early increase of weight alignment.',
    holds: verdictOf(found.every(laterAndLater)),
    numbers: facts({ onset: ONSET, cases: found }),
    found: found
      .map((one) => `${one.case}: an alignment of ${ONSET} is passed at epoch ${onsetInWords(one)}`)
      .join('; ')
      .concat('.'),
  };
}

function givesUpMore(all: readonly Levels[]): Claim {
  const found = all.map((cases) => ({
    case: titleOf(cases[0]),
    levels: cases.map((one) => {
      const runs = sound(one.of);
      const end = one.of.epoch.length - 1;
      return {
        corruption: one.corruption,
        most: meanOver(runs.map((run) => Math.max(...waOf(run)))),
        lost: meanOver(runs.map((run) => Math.max(...waOf(run)) - waOf(run)[end])),
        end: meanOver(runs.map((run) => waOf(run)[end])),
      };
    }),
  }));
  const more = found.every(({ levels }) =>
    levels.every(({ lost }, i) => i === 0 || lost.mean > levels[i - 1].lost.mean),
  );
  const some = found.some(({ levels }) => {
    const [least, most] = [levels[0].lost, levels[levels.length - 1].lost];
    return most.mean - least.mean > CLEAR * hypot(most.stderr, least.stderr);
  });
  return {
    by: 'paper',
    says: 'The more labels are wrong, the more weight alignment a network gives up to memorise them.',
    holds: more ? 'yes' : some ? 'not as printed' : 'no',
    numbers: facts({ cases: found }),
    found: found
      .map(
        ({ case: name, levels }) =>
          `${name}: from its largest to the end it loses ${listed(levels.map(({ corruption, lost, most }) => `${lost.mean.toFixed(3)} of ${most.mean.toFixed(3)} (${percent(corruption)})`))}`,
      )
      .join('; ')
      .concat('.'),
  };
}

/** Wrong labels are being memorised where this share of them is. */
const BEGUN = 0.2;

/** Of levels at which weights turn away: when they do, and when wrong labels begin to be memorised. */
function turns(cases: Levels) {
  return cases.flatMap((one) => {
    const { epoch } = one.of;
    const runs = sound(one.of);
    const places = runs.map((run) => peakOf(waOf(run)));
    if (places.some((at) => at === epoch.length - 1)) return [];
    const begins = runs.map(({ trainAccuracy }) =>
      crossing(epoch, trainAccuracy, 1 - one.corruption + BEGUN * one.corruption),
    );
    const turn = meanOver(places.map((at) => ln(epoch[at])));
    const fall = meanOver(begins.map(ln));
    return [
      {
        corruption: one.corruption,
        turn: exp(turn.mean),
        turnFactor: exp(2 * turn.stderr),
        fall: exp(fall.mean),
        fallFactor: exp(2 * fall.stderr),
      },
    ];
  });
}

/** Two epochs are near if they differ by no more than this factor. */
const NEAR = 3;
const apart = (a: number, b: number): number => Math.max(a / b, b / a);

function hardlyMoves(all: readonly Levels[]): Claim {
  const found = all.map((cases) => ({ case: titleOf(cases[0]), levels: turns(cases) }));
  const known = found.filter(({ levels }) => levels.length > 1);
  const spread = known.map(({ levels }) => {
    const at = levels.map(({ turn }) => turn);
    return Math.max(...at) / Math.min(...at);
  });
  return {
    by: 'paper',
    says: 'The epoch at which alignment turns to memorising is hardly affected by the level of corruption.',
    holds: known.length === 0 ? 'undecided' : verdictOf(spread.every((factor) => factor < NEAR)),
    numbers: facts({ cases: found, near: NEAR }),
    found:
      known.length === 0
        ? 'At fewer than two levels the weight alignment turns before the end.'
        : known
            .map(
              ({ case: name, levels }) =>
                `${name}: it is largest at epoch ${listed(levels.map(({ turn, corruption }) => `${Math.round(turn)} (${percent(corruption)})`))}`,
            )
            .join('; ')
            .concat('.'),
  };
}

function sharpFall(all: readonly Levels[]): Claim {
  const found = all.map((cases) => ({
    case: titleOf(cases[0]),
    levels: turns(cases).filter(({ corruption }) => corruption > 0),
  }));
  const levels = found.flatMap((one) => one.levels);
  return {
    by: 'paper',
    says: 'It is the time at which the training error begins to fall sharply.',
    holds:
      levels.length === 0
        ? 'undecided'
        : verdictOf(levels.every(({ turn, fall }) => apart(turn, fall) < NEAR)),
    numbers: facts({ cases: found, near: NEAR, begun: BEGUN }),
    found:
      levels.length === 0
        ? 'At no level with wrong labels does the weight alignment turn before the end.'
        : `A fifth of the wrong labels is memorised by epoch ${listed(levels.map(({ fall, turn, corruption }) => `${Math.round(fall)}, the alignment being largest at ${Math.round(turn)} (${percent(corruption)})`))}.`,
  };
}

const script = `import { simulate } from 'alignode';

for (const corruption of [0, 0.5]) {
  const { epoch, mean } = await simulate(
    {
      network: { widths: [64, 30, 30, 30, 10], activation: 'tanh' },
      rule: 'dfa',
      feedback: { draw: 'uniform', seed: 3 },
      loss: 'cross-entropy',
      data: { set: 'digits', train: 1500, test: 297, corruption, seed: 1 },
      learningRate: 0.05,
      batch: 32,
      epochs: { from: 1, to: 300, points: 10, scale: 'log' },
    },
    { runs: 2 },
  );
  console.log(corruption, epoch, mean.trainAccuracy, mean.weightAlignment.total);
}
`;

export const figure11: Figure = {
  name: '11',
  title: 'What wrong labels change',
  source: 'Figure 11 of Refinetti et al. 2021',
  seconds: { quick: 40, full: 80_000 },
  sets: { full: ['mnist', 'cifar-10'] },
  script,
  make: (workshop) =>
    labelCorruption(workshop, {
      ...workshop.pick(alignmentSizes),
      ...workshop.pick({
        quick: { activations: ['tanh'], levels: [0, 0.25, 0.5, 0.75] },
        full: { activations: ['tanh', 'relu'], levels: [0, 0.1, 0.5, 0.9] },
      }),
    }),
};
