import { type Panel, short } from '../../draw/index.ts';
import { learnProbability } from '../../shallow/theory/index.ts';
import type { Claim, Drawing, Figure } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import {
  type Chance,
  type ChanceFound,
  chanceFound,
  chanceInWords,
  chanceOf,
  chanceTrace,
  isInside,
  RULE,
} from './chance.ts';
import { least } from './extremes.ts';

/*
 * The formula for P(learn) depends on the signs of F alone. Learning rate and label noise matter where it ceases to
 * hold: at a given N, students with suitable F diverge if either is too large, and a noisy student may not finish
 * within a given time.
 */

const K = 3;
const M = 2;
const N = 500;
/** The last time, in units of 1/η. */
const ROOM = 1000;
/**
 * With noise the error ends above 0: a student has learned when it is far below every plateau, which are at a tenth and
 * more.
 */
const LEARNED = 0.05;
const NOISY_RATE = 0.3;
const RATES = { quick: [0.1, 0.3, 1, 2, 3, 5], full: [0.03, 0.1, 0.2, 0.3, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5] };
const NOISES = { quick: [0.1, 0.3, 1, 3, 10], full: [0.03, 0.1, 0.3, 1, 2, 3, 5, 10] };

interface Point {
  at: number;
  chance: Chance;
}

function panel(name: string, title: string, label: string, points: Point[], exact: number): Panel {
  const x = points.map(({ at }) => at);
  return {
    name: `conditions-${name}`,
    title,
    x: { label, log: true },
    y: { label: 'part of the students', range: [-0.02, 1.03] },
    traces: [
      { name: 'P(learn) by the signs of F', mark: 'line', colour: 0, x, y: x.map(() => exact) },
      chanceTrace(
        'learned',
        points.map(({ chance }) => chance),
        x,
        { mark: 'points', colour: 0 },
      ),
      {
        name: 'could learn by the signs of F, and diverged',
        mark: 'line and points',
        colour: 1,
        x,
        y: points.map(({ chance }) => chance.allowed.diverged / chance.runs),
      },
      {
        name: 'could learn, and undecided',
        mark: 'line and points',
        colour: 3,
        x,
        y: points.map(({ chance }) => chance.allowed.undecided / chance.runs),
      },
    ],
  };
}

/** `at` is the learning rate or the noise. */
type ConditionNumbers = {
  exact: number;
  points: ({ at: number } & ChanceFound)[];
  inside: number;
  /** From where on the interval lies below the formula; null if nowhere. */
  from: number | null;
};

function claim(what: string, all: Point[], exact: number): Claim<ConditionNumbers> {
  const points = all.map(({ at, chance }) => ({ at, ...chanceFound(chance) }));
  const inside = points.filter((point) => isInside(point, exact)).length;
  const low = points.filter(({ interval }) => interval[1] < exact).map(({ at }) => at);
  const from = least(low);
  const high = points.some(({ interval }) => interval[0] > exact);
  const tidy = !high && points.every(({ at }) => (from !== null && at >= from) === low.includes(at));
  return {
    numbers: { exact, points, inside, from },
    by: 'alignode',
    says: `At N = ${N} and within α = ${ROOM}/η, the chance of learning does not depend on the ${what} until that is large, and falls from there on.`,
    holds: tidy ? 'yes' : 'no',
    found: `${points.map((point) => `${short(point.at)}: ${chanceInWords(point)}; of ${point.allowed.runs} whose F would do, ${point.allowed.diverged} diverged and ${point.allowed.undecided} are undecided`).join('; ')}. The formula's ${exact} is inside ${inside} of ${points.length} intervals${from === null ? '' : `, and above them from ${short(from)} on`}.`,
  };
}

export async function drawConditions(
  workshop: Workshop,
  { runs, rates, noises }: { runs: number; rates: number[]; noises: number[] },
): Promise<Drawing<Claim<ConditionNumbers>[]>> {
  const common = { K, M, N, learned: LEARNED, runs, student: 'projected' as const };
  const exact = learnProbability({ K, positive: M });
  const byRate: Point[] = [];
  // Points share no random numbers.
  for (const [i, learningRate] of rates.entries())
    byRate.push({
      at: learningRate,
      chance: await chanceOf(workshop, { ...common, seed: 30 + i, learningRate, alpha: ROOM / learningRate }),
    });
  const byNoise: Point[] = [];
  for (const [i, noise] of noises.entries())
    byNoise.push({
      at: noise,
      chance: await chanceOf(workshop, {
        ...common,
        seed: 60 + i,
        learningRate: NOISY_RATE,
        alpha: ROOM / NOISY_RATE,
        noise,
      }),
    });
  return {
    caption: `Relu students by DFA, K = ${K}, M = ${M}, each with a start, feedback and inputs of its own. Left: without noise, by learning rate. Right: by the standard deviation of the label noise, at η = 0.3 (the clean outputs have a standard deviation of about 0.8). Divergence is of finite N: theory, N → ∞, has none at this rate, and is only slow. ${RULE}`,
    parameters: {
      ...common,
      sigma: 0.01,
      'learning rates': rates,
      'noise, at η = 0.3': noises,
    },
    panels: [
      panel('rate', 'By learning rate, no noise', 'learning rate η', byRate, exact),
      panel('noise', 'By label noise, η = 0.3', 'noise σ', byNoise, exact),
    ],
    claims: [claim('learning rate', byRate, exact), claim('noise', byNoise, exact)],
  };
}

const script = `import { plearn } from 'alignode';

for (const learningRate of [0.5, 3]) {
  const { points } = await plearn({ K: 3, M: 2, N: 500, runs: 20, student: 'projected', learningRate, learned: 0.05 });
  console.log(learningRate, points[0].fraction, points[0].diverged);
}
`;

export const figureConditions: Figure = {
  name: 'conditions',
  title: 'The chance of learning, with noise and at larger learning rates',
  source: 'Not in the paper, which has η = 0.1 and no noise',
  seconds: { quick: 9, full: 900 },
  script,
  make: (workshop) =>
    drawConditions(workshop, {
      runs: workshop.pick({ quick: 50, full: 2000 }),
      rates: workshop.pick(RATES),
      noises: workshop.pick(NOISES),
    }),
};
