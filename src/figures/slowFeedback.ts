import { breathing } from '../breath.ts';
import { erf } from '../gaussian/index.ts';
import type { Problem } from '../problem/index.ts';
import { integrate, integrateInSteps, plateau } from '../theory/index.ts';
import { rankCorrelation } from './rankCorrelation.ts';
import type { Claim, Drawing, Figure } from './types.ts';
import { listed, short, vector } from './words.ts';
import type { Workshop } from './workshop.ts';

/*
 * How long erf students by DFA take, over many feedback vectors. To first order in η, F_k multiplies all that the first layer's
 * unit k does: the unit with the smallest |F_k| needs the longest, and time goes as 1/|F_k|.
 */

const ETA = 0.1;
/** Below this part of the error at the start a student has learned. */
const LEARNED = 1e-4;
const FIRST = 100;
const PER_DECADE = 50;
const RTOL = 1e-7;
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
  alpha: { from: FIRST, to: last, points: 1 + Math.round(PER_DECADE * Math.log10(last / FIRST)) },
});

export interface Learner {
  seed: number;
  F: number[];
  /** null: not by the last time. */
  learnedAt: number | null;
  /** Of those who have not learned: the error then, and the rate at which the plateau is left. */
  eg: number;
  escapeRate: number | null;
}

/** A drawn student with a drawn F, in theory, until she has learned. */
async function learner(seed: number, last: number, breathe: () => Promise<void>): Promise<Learner> {
  const problem = problemOf(seed, { draw: 'normal', seed }, last);
  const [start] = integrate({ ...problem, alpha: [0] }).eg;
  const has = (eg: number): boolean => eg < LEARNED * start;
  const steps = integrateInSteps(problem, { rtol: RTOL, maxSteps: 1e8 });
  for (;;) {
    await breathe();
    const { value, done } = steps.next();
    const curve = done ? value : value.curve;
    const F = curve.problem.feedback ?? [];
    const eg = curve.eg.length > 0 ? curve.eg[curve.eg.length - 1] : start;
    if (has(eg)) return { seed, F, learnedAt: curve.alpha[curve.eg.findIndex(has)], eg, escapeRate: null };
    if (done) return { seed, F, learnedAt: null, eg, escapeRate: plateau(problem).escapeRate };
  }
}

async function learners(workshop: Workshop, feedbacks: number, last: number): Promise<Learner[]> {
  const all: Learner[] = [];
  for (let from = 1; from <= feedbacks; from += BLOCK) {
    const count = Math.min(BLOCK, feedbacks - from + 1);
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
  feedbacks: number;
  last: number;
}

const smallest = (F: number[]): number => Math.min(...F.map(Math.abs));
/** P(min |F_k| < f) for two normal F_k: g(x) = erf(x/√2) = P(|F_k| < x). */
const chanceBelow = (f: number): number => 1 - (1 - erf.g(f)) ** 2;

export async function slowFeedback(workshop: Workshop, sizes: SlowFeedbackSizes): Promise<Drawing> {
  const { feedbacks, last } = sizes;
  const all = await learners(workshop, feedbacks, last);
  const learned = all.filter(({ learnedAt }) => learnedAt !== null);
  const slow = all.filter(({ learnedAt }) => learnedAt === null);
  const times = learned.map(({ learnedAt }) => learnedAt ?? Number.NaN);
  const products = learned.map(({ F }, i) => times[i] * smallest(F)).sort((a, b) => a - b);
  const middle = products[products.length >> 1];
  const grid = Array.from({ length: 81 }, (_, i) => FIRST * (last / FIRST) ** (i / 80));
  const ends = [Math.min(...all.map(({ F }) => smallest(F))), Math.max(...all.map(({ F }) => smallest(F)))];
  const one = scaled();
  return {
    caption: `Time to learn of erf students by DFA, K = M = 2, in theory: ${feedbacks} students with small random weights, each with her own normal F. A student has learned when her test error is below ${LEARNED} of that at the start.`,
    parameters: {
      problem: problemOf(1, { draw: 'normal', seed: 1 }, last),
      seeds: `1 to ${feedbacks}`,
      rtol: RTOL,
      learned: `test error below ${LEARNED} of that at the start`,
    },
    panels: [
      {
        name: 'slow-feedback-times',
        title: 'A small |F_k| makes DFA slow',
        x: { label: 'the smaller |F_k|', log: true },
        y: { label: 'time to learn α', log: true },
        traces: [
          {
            name: 'learned',
            mark: 'points',
            colour: 0,
            x: learned.map(({ F }) => smallest(F)),
            y: times,
            text: learned.map(({ seed, F }) => `seed ${seed}, ${vector('F', F)}`),
          },
          {
            name: `not learned at α = ${short(last)}: ${slow.length}`,
            mark: 'open points',
            colour: 1,
            x: slow.map(({ F }) => smallest(F)),
            y: slow.map(() => last),
            text: slow.map(({ seed, F, eg }) => `seed ${seed}, ${vector('F', F)}, ε = ${short(eg)}`),
          },
          {
            name: `α = ${short(middle)}/|F_k|`,
            mark: 'dashed',
            colour: 7,
            x: ends,
            y: ends.map((f) => middle / f),
          },
        ],
      },
      {
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
            name: `chance that min |F_k| < ${short(middle)}/α`,
            mark: 'dashed',
            colour: 7,
            x: grid,
            y: grid.map((alpha) => chanceBelow(middle / alpha)),
          },
        ],
      },
      {
        name: 'slow-feedback-scaled',
        title: 'One student, F = (1, f)',
        x: { label: 'α f', log: true },
        y: { label: 'test error ε', log: true, range: [1e-9, 1] },
        traces: one.map(({ f, alpha, eg }, colour) => ({
          name: `f = ${f}`,
          mark: 'line' as const,
          colour,
          x: alpha.map((a) => a * f),
          y: eg,
        })),
        note: 'Against α f the plateaus of all small f end at one place: a student with a small f does the same, later.',
      },
    ],
    claims: [smallIsSlow(all, last, middle), alwaysLearn(all, last, middle)],
  };
}

const late = (all: Learner[], alpha: number): number =>
  all.filter(({ learnedAt }) => learnedAt === null || learnedAt > alpha).length;

/** The same start with F = (1, f). */
function scaled(): { f: number; alpha: number[]; eg: number[] }[] {
  return [1, 0.3, 0.1, 0.03, 0.01].map((f) => {
    const alpha = { from: 1 / f, to: 5000 / f, points: 150 };
    const curve = integrate({ ...problemOf(1, [1, f], 1 / f), alpha }, { rtol: RTOL });
    return { f, alpha: curve.alpha, eg: curve.eg };
  });
}

/** The escape rate from the plateau in units of η |F_k| for the smallest. */
const rateOfEscape = (f: number): number =>
  plateau(problemOf(1, [1, f], 2 * FIRST)).escapeRate / (ETA * Math.min(1, f));

function smallIsSlow(all: Learner[], last: number, middle: number): Claim {
  const { rho, z } = rankCorrelation(
    all.map(({ F }) => smallest(F)),
    all.map(({ learnedAt }) => learnedAt ?? Number.POSITIVE_INFINITY),
  );
  const products = all.flatMap(({ F, learnedAt }) => (learnedAt === null ? [] : [learnedAt * smallest(F)]));
  return {
    by: 'alignode',
    says: 'A small |F_k| makes DFA slow: the time to learn grows as the smallest |F_k| falls, in proportion to 1/|F_k|.',
    holds: z < -5 ? 'yes' : 'no',
    found: `Over ${all.length} F the rank correlation of the time to learn with the smaller |F_k| is ${rho.toFixed(3).replace('-', '−')}, ${Math.abs(z).toFixed(1)} times its standard deviation if there were no relation. The product of the two is ${short(middle)} in the middle, and from ${short(Math.min(...products))} to ${short(Math.max(...products))}, while |F_k| goes over ${Math.log10(Math.max(...all.map(({ F }) => smallest(F))) / Math.min(...all.map(({ F }) => smallest(F)))).toFixed(1)} decades${late(all, last) > 0 ? ` (those who have not learned at α = ${short(last)} counted last)` : ''}. The escape rate from the plateau, an eigenvalue, says the same: it is ${rateOfEscape(1).toFixed(4)} η |F_k| for equal |F_k| and ${rateOfEscape(0.1).toFixed(4)}, ${rateOfEscape(0.01).toFixed(4)} and ${rateOfEscape(0.001).toFixed(4)} η |F_k| for the smaller one if the other is 10, 100 and 1000 times as large.`,
  };
}

function alwaysLearn(all: Learner[], last: number, middle: number): Claim {
  const slow = all.filter(({ learnedAt }) => learnedAt === null);
  const moving = slow.every(({ escapeRate }) => (escapeRate ?? 0) > 0);
  const counts = [1e4, 1e5, 1e6, 1e7]
    .filter((alpha) => alpha <= last)
    .map((alpha) => `${all.length - late(all, alpha)} at α = ${short(alpha)}`);
  const rest = slow.map(
    ({ F, eg, escapeRate }) =>
      `${vector('F', F)} is on the plateau at ε = ${short(eg)}, which she leaves as exp(α/${short(1 / (escapeRate ?? 0))}); she is due at about α = ${short(middle / smallest(F))}`,
  );
  return {
    by: 'paper',
    says: 'Sigmoidal students trained by DFA always achieve perfect generalisation.',
    holds: moving ? 'yes' : 'no',
    found: `Of ${all.length} students ${listed(counts)} have learned: the rest of each time are slow, not stuck.${slow.length === 0 ? ` All have by α = ${short(Math.max(...all.map(({ learnedAt }) => learnedAt ?? 0)))}, the one with |F_k| = ${short(Math.min(...all.map(({ F }) => smallest(F))))} among them.` : ` The last: ${rest.join('; ')}.`}`,
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
  seconds: { quick: 6, full: 60 },
  script,
  make: (workshop) =>
    slowFeedback(
      workshop,
      workshop.pick({ quick: { feedbacks: 400, last: 1e6 }, full: { feedbacks: 2000, last: 1e8 } }),
    ),
};
