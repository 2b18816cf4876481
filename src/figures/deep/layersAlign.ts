import type { DeepRun } from '../../deep/networks/index.ts';
import { listed, type Panel } from '../../draw/index.ts';
import { power } from '../../numbers/index.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import {
  type AlignmentSizes,
  alignmentCase,
  alignmentSizes,
  type Case,
  clear,
  idOf,
  meanOver,
  type PeakEpoch,
  peakEpoch,
  sound,
  titleOf,
} from './alignment.ts';
import { curve, EPOCH, facts, ofLayer, SEED } from './networks.ts';

/*
 * Figure 7 of Refinetti et al. 2021: layers align and turn away one after the other, from the bottom up. The networks are
 * those of figure 6.
 */

const L = 4;
const ALIGNED = [2, 3, 4];

export interface LayersSizes extends AlignmentSizes {
  /** The paper has one panel: relu on CIFAR-10. Networks that fall in figure 6 show the order of layers. */
  activation: string;
}

export const claimsOf = (cases: readonly Case[]): Claim[] => [
  bottomUp(cases),
  lastRises(cases),
  gradientsRise(cases),
];

export async function layersAlign(workshop: Workshop, sizes: LayersSizes): Promise<Drawing> {
  const { settings, units, corruption, runs, epochs, activation } = sizes;
  const cases: Case[] = [];
  for (const setting of settings) cases.push(await alignmentCase(workshop, setting, activation, sizes));
  return {
    caption: `The ${activation} networks of figure 6, layer by layer (eq. 19): the weight alignment of layers 2 to ${L} and the gradient alignment of layers 1 to ${L - 1}, with ${100 * corruption} % of the labels exchanged. Vertical lines: the epoch at which a layer's weight alignment is largest, as the geometric mean over ${runs} networks. Bars: two standard errors.`,
    parameters: {
      problem: settings[0].problem({ activation, rule: 'dfa', units, corruption, epochs: [epochs] }),
      'learning rate': sizes.rates[activation],
      runs,
      seed: SEED,
    },
    panels: cases.flatMap(panelsOf),
    claims: claimsOf(cases),
  };
}

const peakOfLayer = ({ of }: Case, l: number): PeakEpoch =>
  peakEpoch(of, ({ weightAlignment }: DeepRun) => ofLayer(weightAlignment.layers, l));

function panelsOf(one: Case): Panel[] {
  const { epoch, mean, stderr } = one.of;
  return [
    {
      name: `7-${idOf(one)}-weights`,
      title: `${titleOf(one)}: weight alignment`,
      x: EPOCH,
      y: { label: 'weight alignment', range: [-0.1, 1] },
      traces: ALIGNED.map((l) =>
        curve(
          { name: `layer ${l}`, colour: l - 1 },
          epoch,
          ofLayer(mean.weightAlignment.layers, l),
          ofLayer(stderr.weightAlignment.layers, l),
        ),
      ),
      lines: ALIGNED.map((l) => ({ l, peak: peakOfLayer(one, l) }))
        .filter(({ peak }) => peak.atTheEnd === 0)
        .map(({ l, peak }) => ({ x: peak.epoch, label: `layer ${l}` })),
    },
    {
      name: `7-${idOf(one)}-gradients`,
      title: `${titleOf(one)}: gradient alignment`,
      x: EPOCH,
      y: { label: 'gradient alignment', range: [-0.1, 1] },
      traces: [1, 2, 3].map((l) =>
        curve(
          { name: `layer ${l}`, colour: l - 1 },
          epoch,
          ofLayer(mean.gradientAlignment.layers, l),
          ofLayer(stderr.gradientAlignment.layers, l),
        ),
      ),
    },
  ];
}

type Peaks = { case: string; layers: ({ layer: number } & PeakEpoch)[] }[];
const peaksOf = (cases: readonly Case[]): Peaks =>
  cases.map((one) => ({
    case: titleOf(one),
    layers: ALIGNED.map((layer) => ({ layer, ...peakOfLayer(one, layer) })),
  }));

const epochInWords = ({ layer, epoch, factor, atTheEnd, runs }: Peaks[number]['layers'][number]): string =>
  atTheEnd === runs
    ? `layer ${layer} at the end`
    : `layer ${layer} at epoch ${Math.round(epoch)} (×÷ ${factor.toFixed(2)})`;

function bottomUp(cases: readonly Case[]): Claim {
  const peaks = peaksOf(cases);
  const inOrder = peaks.every(({ layers }) =>
    layers.every(
      (one, i) =>
        i === 0 || one.epoch > layers[i - 1].epoch * power(Math.max(one.factor, layers[i - 1].factor), 1.5),
    ),
  );
  return {
    by: 'paper',
    says: 'Layers align, and turn away, one after the other from the bottom up: the second layer is the first to reach its largest weight alignment, then the third.',
    holds: verdictOf(inOrder),
    numbers: facts({ peaks }),
    found: peaks
      .map(({ case: name, layers }) => `${name}: ${listed(layers.map(epochInWords))}`)
      .join('; ')
      .concat('.'),
  };
}

function lastRises(cases: readonly Case[]): Claim {
  const found = cases.map((one) => {
    const runs = sound(one.of);
    const steps = runs.map(({ weightAlignment }) => {
      const values = ofLayer(weightAlignment.layers, L);
      let lost = 0;
      let most = values[0];
      for (const x of values) {
        lost = Math.max(lost, most - x);
        most = Math.max(most, x);
      }
      return lost;
    });
    return { case: titleOf(one), lost: meanOver(steps), most: Math.max(...steps) };
  });
  // What noise of single steps takes away and gives back is no fall.
  const SMALL = 0.02;
  return {
    by: 'paper',
    says: 'The weight alignment of the last layer increases monotonically.',
    holds: verdictOf(found.every(({ most }) => most < SMALL)),
    numbers: facts({ cases: found, small: SMALL }),
    found: `Below its largest value so far it is never by more than ${listed(found.map(({ case: name, most }) => `${most.toFixed(3)} (${name})`))} in any network.`,
  };
}

function gradientsRise(cases: readonly Case[]): Claim {
  const found = cases.map((one) => {
    const runs = sound(one.of);
    const { epoch } = one.of;
    const peak = peakOfLayer(one, 2).epoch;
    const from = epoch.findIndex((t) => t >= peak);
    const end = epoch.length - 1;
    return {
      case: titleOf(one),
      layers: [1, 2, 3].map((layer) => ({
        layer,
        gained: meanOver(
          runs.map(({ gradientAlignment }) => {
            const values = ofLayer(gradientAlignment.layers, layer);
            return values[end] - values[from];
          }),
        ),
      })),
    };
  });
  const rising = found.flatMap(({ layers }) => layers).filter(({ gained }) => clear(gained));
  const all = 3 * found.length;
  return {
    by: 'paper',
    says: 'The gradient alignment of each layer keeps increasing until late times.',
    holds: rising.length === all ? 'yes' : rising.length > 0 ? 'not as printed' : 'no',
    numbers: facts({ cases: found }),
    found: found
      .map(
        ({ case: name, layers }) =>
          `${name}, from where the weights of layer 2 are aligned most to the end: ${listed(layers.map(({ layer, gained }) => `layer ${layer} ${gained.mean.toFixed(3).replace('-', '−')} ± ${gained.stderr.toFixed(3)}`))}`,
      )
      .join('; ')
      .concat('.'),
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
    epochs: { from: 1, to: 1000, points: 13, scale: 'log' },
  },
  { runs: 2 },
);
for (const layer of [2, 3, 4]) {
  const aligned = mean.weightAlignment.layers.map((layers) => layers[layer - 1]);
  console.log('layer', layer, 'is aligned most at epoch', epoch[aligned.indexOf(Math.max(...aligned))]);
}
`;

export const figure7: Figure = {
  name: '7',
  title: 'Layers align one after the other',
  source: 'Figure 7 of Refinetti et al. 2021',
  seconds: { quick: 1, full: 1 },
  sets: { full: ['mnist', 'cifar-10'] },
  script,
  make: (workshop) => layersAlign(workshop, { ...workshop.pick(alignmentSizes), activation: 'tanh' }),
};
