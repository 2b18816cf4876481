import { listed, type Panel } from '../../draw/index.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import { meanOver } from './alignment.ts';
import { curve, EPOCH, facts, type Networks, networks, ofLayer, SEED } from './networks.ts';
import { type Setting, settings } from './setting.ts';

/*
 * Figure 5 of Refinetti et al. 2021: networks that share their feedback end in one region of the landscape, wherever they
 * start. Beside it, which the paper has not: DFA with feedback of its own for each network, so that it is the feedback
 * that decides; the cosine layer by layer; and with hidden units matched, as networks that differ in the order of their
 * units alone are one function.
 */

const ACTIVATIONS = ['tanh', 'relu'] as const;

/** The three ways to train. */
const WAYS = [
  { id: 'bp', name: 'BP', rule: 'bp', colour: 4 },
  { id: 'dfa', name: 'DFA, the same feedback', rule: 'dfa', colour: 0 },
  { id: 'other', name: 'DFA, feedback of its own', rule: 'dfa', colour: 1 },
] as const;
type Way = (typeof WAYS)[number]['id'];

export interface DegeneracyBreakingSizes {
  settings: readonly Setting[];
  runs: number;
  epochs: number;
  points: number;
}

/** All networks of one set and one activation. */
export interface Case {
  setting: Setting;
  activation: string;
  of: Record<Way, Networks>;
}

export const claimsOf = (cases: readonly Case[]): Claim[] => [
  bpStaysApart(cases),
  dfaComesTogether(cases),
  feedbackDecides(cases),
  unitsMatched(cases),
];

export async function degeneracyBreaking(
  workshop: Workshop,
  { settings, runs, epochs, points }: DegeneracyBreakingSizes,
): Promise<Drawing> {
  const cases: Case[] = [];
  for (const setting of settings)
    for (const activation of ACTIVATIONS) {
      const of: Partial<Record<Way, Networks>> = {};
      for (const { id, name, rule } of WAYS) {
        const problem = setting.problem({
          activation,
          rule,
          epochs: { from: 1, to: epochs, points, scale: 'log' },
        });
        of[id] = await networks(workshop, `${setting.name}, ${activation}, ${name}`, problem, {
          runs,
          cosine: 'matched',
          ...(id === 'other' && { redraw: ['feedback'] }),
        });
      }
      cases.push({ setting, activation, of: of as Record<Way, Networks> });
    }
  return {
    caption: `Networks of four layers of weights, 100 units in each hidden layer, trained by BP and by DFA on ${listed(settings.map(({ name }) => name))}: accuracy on the training set, and the cosine between the weights of networks from different starts, all layers stacked. By DFA either all have the same feedback, or each its own. Means of ${runs} networks and of their pairs; bars: two standard errors.`,
    parameters: {
      problem: settings[0].problem({ activation: 'tanh', rule: 'dfa', epochs: [epochs] }),
      runs,
      seed: SEED,
      'order of hidden units': 'matched layer by layer, for half as many pairs as there are networks',
    },
    panels: cases.flatMap(panelsOf),
    claims: claimsOf(cases),
  };
}

const last = <T>(values: readonly T[]): T => values[values.length - 1];
const titleOf = ({ setting, activation }: Case): string => `${setting.name}, ${activation}`;
const idOf = ({ setting, activation }: Case): string => `${setting.id}-${activation}`;

function panelsOf(one: Case): Panel[] {
  const { of } = one;
  const cosines = WAYS.map(({ id, name, colour }) => {
    const { epoch, weightCosine } = of[id];
    return curve({ name, colour }, epoch, weightCosine?.total ?? [], weightCosine?.stderr ?? []);
  });
  return [
    {
      name: `5-${idOf(one)}-accuracy`,
      title: `${titleOf(one)}: accuracy`,
      x: EPOCH,
      y: { label: 'accuracy on the training set', range: [0, 1.02] },
      traces: WAYS.filter(({ id }) => id !== 'other').map(({ id, rule, colour }) => {
        const { epoch, mean, stderr } = of[id];
        return curve({ name: rule.toUpperCase(), colour }, epoch, mean.trainAccuracy, stderr.trainAccuracy);
      }),
    },
    {
      name: `5-${idOf(one)}-cosine`,
      title: `${titleOf(one)}: networks from different starts`,
      x: EPOCH,
      y: { label: 'cosine of the weights', range: [-0.1, 1] },
      traces: cosines,
    },
    {
      name: `5-${idOf(one)}-layers`,
      title: `${titleOf(one)}: layer by layer, by DFA with the same feedback`,
      x: EPOCH,
      y: { label: 'cosine of the weights', range: [-0.1, 1] },
      traces: [1, 2, 3, 4].map((l) =>
        curve(
          { name: `layer ${l}`, colour: l - 1 },
          of.dfa.epoch,
          ofLayer(of.dfa.weightCosine?.layers ?? [], l),
          [],
        ),
      ),
    },
  ];
}

/** The cosine at the end of each case, and its standard error. */
type Ends = { case: string; cosine: number; stderr: number }[];
const endsOf = (cases: readonly Case[], way: Way): Ends =>
  cases.map((one) => ({
    case: titleOf(one),
    cosine: last(one.of[way].weightCosine?.total ?? []),
    stderr: last(one.of[way].weightCosine?.stderr ?? []),
  }));
const inWords = (ends: Ends): string =>
  listed(
    ends.map(({ case: name, cosine, stderr }) => `${cosine.toFixed(3)} ± ${stderr.toFixed(3)} (${name})`),
  );

/** "BP reaches at most 10⁻²" (section 1.3): an upper end of the interval above this is another number. */
const APART = 0.01;

function bpStaysApart(cases: readonly Case[]): Claim {
  const ends = endsOf(cases, 'bp');
  const largest = Math.max(...ends.map(({ cosine }) => cosine));
  const apart = ends.every(({ cosine, stderr }) => cosine - 3 * stderr <= APART);
  const small = largest < 0.1;
  return {
    by: 'paper',
    says: 'By BP networks from different starts stay apart: the cosine of their weights is at most 10⁻².',
    holds: apart ? 'yes' : small ? 'not as printed' : 'no',
    numbers: facts({ ends }),
    found: `At the end it is ${inWords(ends)}.`,
  };
}

function dfaComesTogether(cases: readonly Case[]): Claim {
  const ends = endsOf(cases, 'dfa');
  const bp = endsOf(cases, 'bp');
  const within = ends.every(({ cosine, stderr }) => cosine + 3 * stderr >= 0.5 && cosine <= 1);
  const together = ends.every(({ cosine }, i) => cosine > 0.2 && cosine > 10 * Math.abs(bp[i].cosine));
  return {
    by: 'paper',
    says: 'By DFA with the same feedback networks from different starts reach a cosine between 0.5 and 1.',
    holds: within ? 'yes' : together ? 'not as printed' : 'no',
    numbers: facts({ ends }),
    found: `At the end it is ${inWords(ends)}.`,
  };
}

function feedbackDecides(cases: readonly Case[]): Claim {
  const same = endsOf(cases, 'dfa');
  const other = endsOf(cases, 'other');
  const holds = other.every(({ cosine }, i) => Math.abs(cosine) < 0.1 * same[i].cosine);
  return {
    by: 'alignode',
    says: 'It is the feedback that decides on the region: with feedback of its own for each network, DFA leaves them as far apart as BP does.',
    holds: verdictOf(holds),
    numbers: facts({ same, other }),
    found: `At the end the cosine is ${inWords(other)}.`,
  };
}

function unitsMatched(cases: readonly Case[]): Claim {
  const found = cases.map((one) => ({
    case: titleOf(one),
    ...Object.fromEntries(
      (['bp', 'dfa'] as const).map((way) => {
        const pairs = one.of[way].matched;
        return [
          way,
          {
            pairs: pairs?.end.matched.length ?? 0,
            asTheyStand: meanOver(pairs?.end.asTheyStand ?? []).mean,
            matched: meanOver(pairs?.end.matched ?? []).mean,
            matchedAtTheStart: meanOver(pairs?.start.matched ?? []).mean,
          },
        ];
      }),
    ),
  })) as unknown as MatchedNumbers[];
  const holds = found.every(({ bp }) => bp.matched > bp.matchedAtTheStart + 0.1);
  return {
    by: 'alignode',
    says: 'That networks by BP are far apart is to a large part the order of their hidden units: with units matched, they are alike, and more than such a matching makes of networks that have learned nothing.',
    holds: verdictOf(holds),
    numbers: facts({ cases: found }),
    found: found
      .map(
        ({ case: name, bp, dfa }) =>
          `${name}: by BP ${bp.asTheyStand.toFixed(3)}, matched ${bp.matched.toFixed(3)} (at the start ${bp.matchedAtTheStart.toFixed(3)}); by DFA ${dfa.asTheyStand.toFixed(3)}, matched ${dfa.matched.toFixed(3)}`,
      )
      .join('. ')
      .concat('.'),
  };
}

type MatchedNumbers = { case: string } & Record<
  'bp' | 'dfa',
  { pairs: number; asTheyStand: number; matched: number; matchedAtTheStart: number }
>;

const script = `import { type DeepProblem, simulate } from 'alignode';

const problem: DeepProblem = {
  network: { widths: [64, 100, 100, 100, 10], activation: 'tanh' },
  rule: 'dfa',
  feedback: { draw: 'uniform', seed: 3 },
  loss: 'cross-entropy',
  data: { set: 'digits' },
  learningRate: 0.05,
  batch: 32,
  epochs: [1, 10, 100],
};
for (const rule of ['bp', 'dfa']) {
  // By BP the feedback has no part in learning.
  const { weightCosine } = await simulate({ ...problem, rule }, { runs: 4, cosine: 'all' });
  console.log(rule, weightCosine?.total);
}
`;

export const figure5: Figure = {
  name: '5',
  title: 'Networks that share their feedback end in one region',
  source: 'Figure 5 of Refinetti et al. 2021',
  seconds: { quick: 60, full: 40_000 },
  sets: { full: ['mnist', 'cifar-10'] },
  script,
  make: (workshop) =>
    degeneracyBreaking(
      workshop,
      workshop.pick({
        quick: { settings: settings.quick, runs: 6, epochs: 300, points: 10 },
        full: { settings: settings.full, runs: 10, epochs: 1000, points: 20 },
      }),
    ),
};
