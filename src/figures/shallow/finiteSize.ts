import { listed, type Panel, short } from '../../draw/index.ts';
import { exp, ln, power } from '../../numbers/index.ts';
import type { Problem } from '../../shallow/problem/index.ts';
import type { Curves } from '../../shallow/students/index.ts';
import { integrate } from '../../shallow/theory/index.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import { leastSquares, type Measured } from './leastSquares.ts';

/*
 * Finite-size scaling: at dimension N the mean of many students is off theory's curve by b/N, and a single student by a
 * spread of order 1/√N (van Kampen 1961, for steps of size 1/N). Rate and noise are large and the start is small,
 * so that b is seen: it grows with η, and with what the students make of their first examples.
 */

const ALPHA = 2;
const SIZES = [100, 200, 400, 800, 1600];

const problem: Problem = {
  activation: 'erf',
  rule: 'bp',
  learningRate: 3,
  noise: 0.5,
  teacher: {
    T: [
      [1, 0],
      [0, 1],
    ],
    A: [1, 1],
  },
  student: { draw: { K: 2, N: 500, sigma: 0.1, seed: 1 } },
  alpha: [ALPHA],
};

/** What is followed, at the one time there is. */
const QUANTITIES: readonly { name: string; of: (curves: Pick<Curves, 'eg' | 'Q' | 'R' | 'v'>) => number }[] =
  [
    { name: 'ε_g', of: ({ eg }) => eg[0] },
    { name: 'R_22', of: ({ R }) => R[0][1][1] },
    { name: 'Q_12', of: ({ Q }) => Q[0][0][1] },
    { name: 'v_2', of: ({ v }) => v[0][1] },
  ];

/** The students of one size, for each quantity. */
interface Sample {
  N: number;
  deviation: Measured[];
  spread: Measured[];
}

function sample(workshop: Workshop, N: number, runs: number): Promise<Sample> {
  return workshop.piece(`students of N = ${N}`, { problem, N, runs }, async (bench) => {
    const { perRun } = await bench.simulate(problem, { N, runs, seed: N, student: 'projected' });
    const theory = integrate(problem, { rtol: 1e-12, atol: 1e-15 });
    const all = QUANTITIES.map(({ of }) => {
      const expected = of(theory);
      return moments(perRun.map((run) => of(run) - expected));
    });
    return { N, deviation: all.map(({ mean }) => mean), spread: all.map(({ spread }) => spread) };
  });
}

/** Mean and standard deviation, with standard errors: that of s is s √((m₄/s⁴ − 1)/4n) for large n. */
function moments(values: readonly number[]): { mean: Measured; spread: Measured } {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const moment = (order: number): number => values.reduce((sum, x) => sum + power(x - mean, order), 0) / n;
  const s = Math.sqrt((moment(2) * n) / (n - 1));
  return {
    mean: { value: mean, error: s / Math.sqrt(n) },
    spread: { value: s, error: s * Math.sqrt((moment(4) / power(s, 4) - 1) / (4 * n)) },
  };
}

/**
 * p in |y| = a (1 + c/N)/N^p, from the logarithms. Without c, which is seen with some ten thousand students, p would be
 * off by some hundredths.
 */
function fittedPower(N: readonly number[], y: readonly Measured[]): Measured {
  const logarithms = y.map(({ value, error }) => ({
    value: ln(Math.abs(value)),
    error: error / Math.abs(value),
  }));
  return leastSquares(N, logarithms, [(n) => -ln(n), () => 1, (n) => 1 / n])[0];
}

export interface Scaling {
  name: string;
  deviation: Measured[];
  spread: Measured[];
  /** The powers of 1/N with which the two fall. */
  falls: Measured;
  narrows: Measured;
  /** What is left of the deviation for N → ∞. */
  limit: Measured;
}

export async function scalings(
  workshop: Workshop,
  runs: number,
  sizes: readonly number[] = SIZES,
): Promise<Scaling[]> {
  const samples: Sample[] = [];
  for (const N of sizes) samples.push(await sample(workshop, N, runs));
  return QUANTITIES.map(({ name }, row) => {
    const deviation = samples.map((one) => one.deviation[row]);
    const spread = samples.map((one) => one.spread[row]);
    return {
      name,
      deviation,
      spread,
      falls: fittedPower(sizes, deviation),
      narrows: fittedPower(sizes, spread),
      limit: leastSquares(sizes, deviation, [() => 1, (N) => 1 / N, (N) => 1 / N ** 2])[0],
    };
  });
}

export async function finiteSize(
  workshop: Workshop,
  runs: number,
): Promise<Drawing<[Claim<PowerNumbers>, Claim<PowerNumbers>, Claim<LimitNumbers>]>> {
  const all = await scalings(workshop, runs);
  return {
    caption: `How far students of finite N are from theory, K = M = 2, at α = ${ALPHA}: the mean of ${runs} projected students, and how widely they are spread, with standard errors. Dashed: 1/N and 1/√N through the points. The four quantities belong to the same students, so that their chance deviations go together.`,
    parameters: { problem, runs, sizes: SIZES, seeds: 'N', student: 'projected' },
    panels: [
      panel('deviation', 'The mean', '|mean − theory|', 1, all),
      panel('spread', 'A single student', 'standard deviation', 0.5, all),
    ],
    claims: [meanFalls(all), spreadFalls(all), noneLeft(all)],
  };
}

function panel(
  which: 'deviation' | 'spread',
  title: string,
  label: string,
  by: number,
  all: Scaling[],
): Panel {
  const x = SIZES.map((N) => 1 / N);
  return {
    name: `finite-size-${which}`,
    title,
    x: { label: '1/N', log: true },
    y: { label, log: true },
    traces: all.flatMap((one, colour) => {
      const points = one[which].map(({ value, error }) => ({ size: Math.abs(value), error }));
      // The slope is that of theory and only the height is fitted.
      const weights = points.map(({ size, error }) => (size / error) ** 2);
      const height =
        points.reduce((sum, { size }, i) => sum + weights[i] * ln(size * power(SIZES[i], by)), 0) /
        weights.reduce((sum, weight) => sum + weight, 0);
      return [
        {
          name: one.name,
          mark: 'points' as const,
          colour,
          x,
          y: points.map(({ size }) => size),
          // A bar that reaches below 0 has no place on a logarithmic axis.
          low: points.map(({ size, error }) => Math.max(size - error, 0.1 * size)),
          high: points.map(({ size, error }) => size + error),
        },
        {
          name: by === 1 ? 'slope 1' : 'slope ½',
          mark: 'dashed' as const,
          colour,
          x,
          y: SIZES.map((N) => exp(height) / power(N, by)),
          silent: colour > 0,
        },
      ];
    }),
  };
}

/** Beyond this many standard errors a number is not what was predicted; four of each are looked at. */
const FAR = 4;

/** By the name of what is followed: the power that fits best, and its distance from `instead` in standard errors. */
type PowerNumbers = {
  expected: number;
  instead: number;
  powers: Record<string, Measured & { away: number }>;
};

/** What is left for N → ∞, and how many standard errors that is. */
type LimitNumbers = { limits: Record<string, Measured & { z: number }> };

const named = <T>(all: Scaling[], numbersOf: (one: Scaling) => T): Record<string, T> =>
  Object.fromEntries(all.map((one) => [one.name, numbersOf(one)]));

/** A power of 1/N in words. */
interface Power {
  of: (one: Scaling) => Measured;
  expected: number;
  /** The other power, which the data must reject for the claim to mean anything. */
  instead: number;
  /** "1", "½". */
  names: [expected: string, instead: string];
}

export const meanFalls = (all: Scaling[]): Claim<PowerNumbers> =>
  powerClaim('the mean of many students differs from theory by a part that falls as 1/N', all, {
    of: ({ falls }) => falls,
    expected: 1,
    instead: 0.5,
    names: ['1', '½'],
  });

export const spreadFalls = (all: Scaling[]): Claim<PowerNumbers> =>
  powerClaim('the spread of single students falls as 1/√N', all, {
    of: ({ narrows }) => narrows,
    expected: 0.5,
    instead: 1,
    names: ['½', '1'],
  });

/** The claim is about the quantities that distinguish the two powers; the error ε_g must be one of them. */
function powerClaim(
  says: string,
  all: Scaling[],
  { of, expected, instead, names }: Power,
): Claim<PowerNumbers> {
  const from = ({ value, error }: Measured, power: number): number => Math.abs(value - power) / error;
  const powers = named(all, (one) => ({ ...of(one), away: from(of(one), instead) }));
  const quantities = Object.keys(powers);
  const agree = quantities.every((name) => from(powers[name], expected) < FAR);
  const telling = quantities.filter((name) => powers[name].away > FAR);
  const silent = quantities.filter((name) => !telling.includes(name));
  const away = (some: string[]): string =>
    `${listed(some.map((name) => powers[name].away.toFixed(1)))} standard errors`;
  return {
    by: 'alignode',
    says: `For ${listed(telling.length > 0 ? telling : quantities)} ${says}.`,
    holds: !agree ? 'no' : telling.includes(QUANTITIES[0].name) ? 'yes' : 'undecided',
    numbers: { expected, instead, powers },
    found: [
      `The powers of 1/N that fit best, N = ${SIZES[0]} to ${SIZES[SIZES.length - 1]}, with room for a relative correction c/N: ${quantities
        .map((name) => `${powers[name].value.toFixed(3)} ± ${powers[name].error.toFixed(3)} for ${name}`)
        .join(', ')}.`,
      telling.length === 0
        ? `The power ${names[1]} is rejected by none.`
        : `The power ${names[1]} is rejected by ${listed(telling)}, from which it is ${away(telling)} away.`,
      ...(silent.length === 0
        ? []
        : [
            `${listed(silent)} ${silent.length === 1 ? 'is' : 'are'} only consistent with the power ${names[0]}: ${names[1]} is no more than ${away(silent)} away.`,
          ]),
    ].join(' '),
  };
}

const minus = (text: string): string => text.replace('-', '−');

export function noneLeft(all: Scaling[]): Claim<LimitNumbers> {
  const limits = named(all, ({ limit }) => ({ ...limit, z: limit.value / limit.error }));
  return {
    by: 'alignode',
    says: 'For N → ∞ nothing is left of the difference: theory is exact there.',
    holds: verdictOf(Object.values(limits).every(({ z }) => Math.abs(z) < FAR)),
    numbers: { limits },
    found: `A parabola in 1/N through the deviations meets N → ∞ at ${Object.entries(limits)
      .map(
        ([name, { value, error, z }]) =>
          `${minus(short(value))} ± ${short(error)} (z = ${minus(z.toFixed(1))}) for ${name}`,
      )
      .join(', ')}.`,
  };
}

const script = `import { integrate, simulate } from 'alignode';

const problem = {
  activation: 'erf',
  rule: 'bp',
  learningRate: ${problem.learningRate},
  noise: ${problem.noise},
  teacher: { T: [[1, 0], [0, 1]], A: [1, 1] },
  student: { draw: { K: 2, N: 500, sigma: 0.1, seed: 1 } },
  alpha: [${ALPHA}],
};
const theory = integrate(problem).eg[0];
for (const N of [100, 200, 400]) {
  const { mean, stderr } = await simulate(problem, { N, runs: 2000, seed: N, student: 'projected' });
  console.log(\`N = \${N}: N (mean − theory) = \${N * (mean.eg[0] - theory)} ± \${N * stderr.eg[0]}\`);
}
`;

export const figureFiniteSize: Figure = {
  name: 'finite-size',
  title: 'Finite size',
  source: 'Ours: theory against students of finite N',
  seconds: { quick: 8, full: 70 },
  script,
  make: (workshop) => finiteSize(workshop, workshop.pick({ quick: 12_000, full: 100_000 })),
};
