import { listed, type Panel, short, vector } from '../../draw/index.ts';
import { exp, ln, log10, power } from '../../numbers/index.ts';
import { erf } from '../../shallow/gaussian/index.ts';
import type { Problem } from '../../shallow/problem/index.ts';
import { integrate, integrateInSteps, plateau } from '../../shallow/theory/index.ts';
import { breathing } from '../../support/breath.ts';
import { median } from '../../support/median.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import { knownPart } from './known.ts';
import { LEARNED } from './learned.ts';
import { leastSquares, type Measured } from './leastSquares.ts';
import { rankCorrelation } from './rankCorrelation.ts';

/*
 * How long erf students take to learn by DFA, over many feedback vectors. To first order in η, F_k multiplies every
 * update of unit k of the first layer, so the unit with the smallest |F_k| needs the longest. The time goes about as
 * 1/|F_k|, and a little more steeply.
 */

const ETA = 0.1;
const FIRST = 100;
const PER_DECADE = 50;
const RTOL = 1e-7;
/** For the few curves that are drawn: down to small errors. */
const RTOL_DRAWN = 1e-11;
/** Feedback vectors in one piece of work. */
const BLOCK = 50;

const teacher = {
  T: [
    [1, 0],
    [0, 1],
  ],
  A: [1, 1],
};

const problemOf = (seed: number, feedback: NonNullable<Problem['feedback']>, last: number): Problem => ({
  activation: 'erf',
  rule: 'dfa',
  learningRate: ETA,
  teacher,
  student: { draw: { K: 2, N: 500, sigma: 0.01, seed } },
  feedback,
  alpha: { from: FIRST, to: last, points: 1 + Math.round(PER_DECADE * log10(last / FIRST)) },
});

export interface Learner {
  seed: number;
  F: number[];
  /** The first time of the grid; null: not by the last time. */
  learnedAt: number | null;
  /** The error then. */
  eg: number;
}

/** A drawn student with a drawn F, in theory, until it has learned. */
async function learner(seed: number, last: number, breathe: () => Promise<void>): Promise<Learner> {
  const problem = problemOf(seed, { draw: 'normal', seed }, last);
  const [start] = integrate({ ...problem, alpha: [0] }).eg;
  const has = (eg: number): boolean => eg < LEARNED * start;
  const steps = integrateInSteps(problem, { rtol: RTOL, maxSteps: 1e8 });
  for (;;) {
    await breathe();
    const { value, done } = steps.next();
    const { alpha, eg, problem: resolved } = done ? value : value.curve;
    const F = resolved.feedback ?? [];
    const now = eg.length > 0 ? eg[eg.length - 1] : start;
    if (has(now)) return { seed, F, learnedAt: alpha[eg.findIndex(has)], eg: now };
    if (done) return { seed, F, learnedAt: null, eg: now };
  }
}

async function learners(
  workshop: Workshop,
  { first, feedbacks, last }: SlowFeedbackSizes,
): Promise<Learner[]> {
  const all: Learner[] = [];
  const end = first + feedbacks;
  for (let from = first; from < end; from += BLOCK) {
    const count = Math.min(BLOCK, end - from);
    const inputs = { problem: problemOf(from, { draw: 'normal', seed: from }, last), count };
    all.push(
      ...(await workshop.piece('many feedback vectors, theory', inputs, async (bench) => {
        const turn = breathing();
        const breathe = async (): Promise<void> => {
          await turn();
          bench.signal.throwIfAborted();
        };
        const some: Learner[] = [];
        for (let i = 0; i < count; i++) {
          some.push(await learner(from + i, last, breathe));
          bench.progress((i + 1) / count);
        }
        return some;
      })),
    );
  }
  return all;
}

export interface SlowFeedbackSizes {
  /** How many feedback vectors are drawn, and the first of their seeds, which follow one another. */
  feedbacks: number;
  first: number;
  /** A student is followed until it has learned, and no longer than this. */
  last: number;
}

const smallest = ({ F }: Learner): number => Math.min(...F.map(Math.abs));
/** P(min |F_k| < f) for two normal F_k: g(x) = erf(x/√2) = P(|F_k| < x). */
const chanceBelow = (f: number): number => 1 - (1 - erf.g(f)) ** 2;

/** A student that has learned: the time, and its smallest |F_k|. */
interface Time {
  f: number;
  alpha: number;
}
const timesOf = (all: Learner[]): Time[] =>
  all
    .flatMap((one) => (one.learnedAt === null ? [] : [{ f: smallest(one), alpha: one.learnedAt }]))
    .sort((a, b) => a.f - b.f);

/** α = c |F_k|^p by least squares in the logarithms; the error of p from the scatter about the line. */
export function powerLaw(times: Time[]): { c: number; p: Measured } {
  const y = times.map(({ alpha }) => ({ value: ln(alpha), error: 1 }));
  const [log, p] = leastSquares(
    times.map(({ f }) => f),
    y,
    [() => 1, ln],
  );
  const square = times.reduce((sum, { f }, i) => sum + (y[i].value - log.value - p.value * ln(f)) ** 2, 0);
  return {
    c: exp(log.value),
    p: { value: p.value, error: p.error * Math.sqrt(square / (times.length - 2)) },
  };
}

export async function slowFeedback(
  workshop: Workshop,
  sizes: SlowFeedbackSizes,
): Promise<Drawing<[Claim<SlownessNumbers>, Claim<LearnersNumbers>]>> {
  const { feedbacks, first, last } = sizes;
  const all = await learners(workshop, sizes);
  const panels = [timesPanel(all, last), fractionPanel(all, last), scaledPanel(await scaled(workshop))];
  return {
    caption: `Time to learn of erf students by DFA, K = M = 2, in theory: ${feedbacks} students with small random weights, each with its own normal F. A student has learned when its test error is below ${LEARNED} of that at the start. Times are those of a grid of ${PER_DECADE} a decade, ${percent(power(10, 1 / PER_DECADE) - 1)} apart.`,
    parameters: {
      problem: problemOf(first, { draw: 'normal', seed: first }, last),
      seeds: `${first} to ${first + feedbacks - 1}`,
      rtol: RTOL,
      'rtol for F = (1, f)': RTOL_DRAWN,
      learned: `test error below ${LEARNED} of that at the start`,
    },
    panels,
    claims: [smallIsSlow(all, last), alwaysLearn(all, last)],
  };
}

/** Each F's time, and the line through them. */
function timesPanel(all: Learner[], last: number): Panel {
  const learned = all.filter(({ learnedAt }) => learnedAt !== null);
  const slow = all.filter(({ learnedAt }) => learnedAt === null);
  const times = timesOf(all);
  const { c, p } = powerLaw(times);
  const middle = median(times.map(({ f, alpha }) => f * alpha));
  const ends = [Math.min(...all.map(smallest)), Math.max(...all.map(smallest))];
  return {
    name: 'slow-feedback-times',
    title: 'A small |F_k| makes DFA slow',
    x: { label: 'the smaller |F_k|', log: true },
    y: { label: 'time to learn α', log: true },
    traces: [
      {
        name: 'learned',
        mark: 'points',
        colour: 0,
        x: learned.map(smallest),
        y: learned.map(({ learnedAt }) => learnedAt ?? Number.NaN),
        text: learned.map(({ seed, F }) => `seed ${seed}, ${vector('F', F)}`),
      },
      ...(slow.length === 0
        ? []
        : [
            {
              name: `not learned at α = ${short(last)}: ${slow.length}`,
              mark: 'open points' as const,
              colour: 1,
              x: slow.map(smallest),
              y: slow.map(() => last),
              text: slow.map(({ seed, F, eg }) => `seed ${seed}, ${vector('F', F)}, ε_g = ${short(eg)}`),
            },
          ]),
      {
        name: `fit: α = ${short(c)} |F_k|^(${withMinus(p.value)})`,
        mark: 'line',
        colour: 7,
        x: ends,
        y: ends.map((f) => c * power(f, p.value)),
      },
      {
        name: 'a guide: 1/|F_k|',
        mark: 'dashed',
        colour: 7,
        x: ends,
        y: ends.map((f) => middle / f),
      },
    ],
  };
}

function fractionPanel(all: Learner[], last: number): Panel {
  const { c, p } = powerLaw(timesOf(all));
  const grid = Array.from({ length: 81 }, (_, i) => FIRST * power(last / FIRST, i / 80));
  return {
    name: 'slow-feedback-fraction',
    title: 'Who has not learned yet',
    x: { label: 'time α = examples / N', log: true },
    y: { label: 'part of the students', range: [0, 1] },
    traces: [
      {
        name: 'not learned yet',
        mark: 'line',
        colour: 0,
        x: grid,
        y: grid.map((alpha) => late(all, alpha) / all.length),
      },
      {
        name: 'chance of an F that is later by the fit',
        mark: 'dashed',
        colour: 7,
        x: grid,
        y: grid.map((alpha) => chanceBelow(power(alpha / c, 1 / p.value))),
      },
    ],
  };
}

const scaledPanel = (one: Scaled[]): Panel => ({
  name: 'slow-feedback-scaled',
  title: 'One student, F = (1, f)',
  x: { label: 'α f', log: true },
  y: { label: 'test error ε_g', log: true, range: [1e-9, 1] },
  traces: one.map(({ f, alpha, eg }, colour) => ({
    name: `f = ${f}`,
    mark: 'line' as const,
    colour,
    x: alpha.map((a) => a * f),
    y: eg,
  })),
  note: 'Against α f the plateaus of all small f end near one place: a student with a small f does the same, later.',
});

const late = (all: Learner[], alpha: number): number =>
  all.filter(({ learnedAt }) => learnedAt === null || learnedAt > alpha).length;

/** The curve of one start with F = (1, f). */
interface Scaled {
  f: number;
  alpha: number[];
  eg: number[];
}

/** The same start with F = (1, f). */
function scaled(workshop: Workshop): Promise<Scaled[]> {
  const problems = [1, 0.3, 0.1, 0.03, 0.01].map((f) => {
    const alpha = { from: 1 / f, to: 5000 / f, points: 150 };
    return { f, problem: { ...problemOf(1, [1, f], 1 / f), alpha } };
  });
  return workshop.piece('one student with F = (1, f), theory', { problems, rtol: RTOL_DRAWN }, async () =>
    problems.map(({ f, problem }) => ({
      f,
      ...knownPart(integrate(problem, { rtol: RTOL_DRAWN, atol: 1e-15 })),
    })),
  );
}

const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
const withMinus = (x: number, digits = 2): string => x.toFixed(digits).replace('-', '−');

/** The escape rate from the plateau in units of η |F_k| for the smallest. */
const rateOfEscape = (f: number): number =>
  plateau(problemOf(1, [1, f], 2 * FIRST)).escapeRate / (ETA * Math.min(1, f));

const GROUPS = 5;

/** Of the time to learn, over many F. */
type SlownessNumbers = {
  /** How many F there are, and how many of their students have learned. */
  feedbacks: number;
  learned: number;
  /** Spearman's rank correlation with the smaller |F_k|, and how many of its standard deviations it is from 0. */
  rank: { rho: number; z: number };
  /** How many decades the smaller |F_k| spans, over the students that have learned. */
  decades: number;
  /** p in α = c |F_k|^p. */
  power: Measured;
  /** Medians of α |F_k|, from the students with the smallest |F_k| to those with the largest. */
  products: number[];
  /**
   * The escape rate from the plateau in units of η |F_k|, for the smaller |F_k|; the other is `ratio` times as large.
   */
  escapeRates: { ratio: number; rate: number }[];
};

function smallIsSlow(all: Learner[], last: number): Claim<SlownessNumbers> {
  const times = timesOf(all);
  const numbers: SlownessNumbers = {
    feedbacks: all.length,
    learned: times.length,
    rank: rankCorrelation(
      all.map(smallest),
      all.map(({ learnedAt }) => learnedAt ?? Number.POSITIVE_INFINITY),
    ),
    decades: log10(times[times.length - 1].f / times[0].f),
    power: powerLaw(times).p,
    products: Array.from({ length: GROUPS }, (_, i) => {
      const [from, to] = [i, i + 1].map((j) => Math.round((j * times.length) / GROUPS));
      return median(times.slice(from, to).map(({ f, alpha }) => f * alpha));
    }),
    escapeRates: [1, 10, 100, 1000].map((ratio) => ({ ratio, rate: rateOfEscape(1 / ratio) })),
  };
  const { feedbacks, learned, rank, decades, power, products, escapeRates } = numbers;
  const lastCounted =
    learned < feedbacks ? ` (those who have not learned at α = ${short(last)} counted last)` : '';
  const rates = escapeRates.map(({ rate }) => rate.toFixed(4));
  return {
    by: 'alignode',
    says: 'A small |F_k| makes DFA slow: the time to learn grows as the smallest |F_k| falls.',
    holds: verdictOf(rank.z < -5),
    numbers,
    found: `Over ${feedbacks} F the rank correlation of the time to learn with the smaller |F_k| is ${withMinus(rank.rho, 3)}, ${Math.abs(rank.z).toFixed(1)} times its standard deviation if there were no relation${lastCounted}. Over the ${learned} who have learned, whose smaller |F_k| spans ${decades.toFixed(1)} decades, the time fits |F_k| to the power ${withMinus(power.value, 3)} ± ${power.error.toFixed(3)}: near 1/|F_k|, but steeper. So the product of the two falls as |F_k| grows: from the fifth of the students with the smallest |F_k| to that with the largest, its medians are ${listed(products.map(short))}. The escape rate from the plateau does not explain this: it is ${rates[0]} η |F_k| for equal |F_k| and ${listed(rates.slice(1))} η |F_k| for the smaller one if the other is ${listed(escapeRates.slice(1).map(({ ratio }) => ratio))} times as large, which alone would make the product smaller for small |F_k|. The other |F_k| and the start count too.`,
  };
}

/** How many of the slowest are named. */
const NAMED = 3;

type LearnersNumbers = {
  students: number;
  /** How many have learned, by these times. */
  learned: { alpha: number; count: number }[];
  /** How many have not by the last time, `last`. */
  open: number;
  last: number;
  /** The slowest first; their errors are those when they were last seen. */
  slowest: { seed: number; F: number[]; learnedAt: number | null; eg: number }[];
};

function alwaysLearn(all: Learner[], last: number): Claim<LearnersNumbers> {
  const timeOf = ({ learnedAt }: Learner): number => learnedAt ?? Number.POSITIVE_INFINITY;
  const numbers: LearnersNumbers = {
    students: all.length,
    learned: [1e4, 1e5, 1e6, 1e7, 1e8]
      .filter((alpha) => alpha <= last)
      .map((alpha) => ({ alpha, count: all.length - late(all, alpha) })),
    open: all.filter(({ learnedAt }) => learnedAt === null).length,
    last,
    slowest: all
      .toSorted((a, b) => (timeOf(a) === timeOf(b) ? 0 : timeOf(b) - timeOf(a)))
      .slice(0, NAMED)
      .map(({ seed, F, learnedAt, eg }) => ({ seed, F, learnedAt, eg })),
  };
  const { students, learned, open, slowest } = numbers;
  const counts = learned.map(({ alpha, count }) => `${count} at α = ${short(alpha)}`);
  const named = slowest.map(
    ({ F, learnedAt, eg }) =>
      `${vector('F', F)} ${learnedAt === null ? `has not learned, ε_g = ${short(eg)}` : `at α = ${short(learnedAt)}`}`,
  );
  return {
    by: 'paper',
    says: 'Sigmoidal students trained by DFA always achieve perfect generalisation.',
    holds: open === 0 ? 'yes' : 'undecided',
    numbers,
    found: `Of ${students} students with normal F, followed in theory until they have learned, ${listed(counts)} have learned. ${open === 0 ? 'All have: none was stuck' : `${open} have not by α = ${short(last)}`}. The slowest: ${named.join('; ')}.`,
  };
}

const script = `import { integrate, resolveProblem } from 'alignode';

for (let seed = 1; seed <= 20; seed++) {
  const problem = {
    activation: 'erf',
    rule: 'dfa',
    learningRate: ${ETA},
    teacher: { T: [[1, 0], [0, 1]], A: [1, 1] },
    student: { draw: { K: 2, N: 500, sigma: 0.01, seed } },
    feedback: { draw: 'normal' as const, seed },
    alpha: { from: 1, to: 1e5, points: 250 },
  };
  const F = resolveProblem(problem).feedback ?? [];
  const { alpha, eg } = integrate(problem, { rtol: 1e-7 });
  const learned = alpha.find((_, i) => eg[i] < ${LEARNED} * eg[0]);
  console.log(\`smallest |F| \${Math.min(...F.map(Math.abs)).toFixed(4)}: learned at \${learned?.toFixed(0) ?? 'no time up to 1e5'}\`);
}
`;

export const figureSlowFeedback: Figure = {
  name: 'slow-feedback',
  title: 'How long DFA takes',
  source: 'Ours, on section 1 of Refinetti et al. 2021',
  seconds: { quick: 3, full: 110 },
  script,
  make: (workshop) =>
    slowFeedback(
      workshop,
      // None of these |F_k| is below 0.001: with one of 10⁻⁴ a student takes as long as all others together.
      workshop.pick({
        quick: { first: 101, feedbacks: 200, last: 1e8 },
        full: { first: 1, feedbacks: 2000, last: 1e8 },
      }),
    ),
};
