import { power } from '../../numbers/index.ts';
import { STREAMS, seedAt } from '../../random/index.ts';
import { median } from '../../support/median.ts';
import { binomialInterval } from '../compare/index.ts';
import type { Problem } from '../problem/index.ts';
import { backends, settle } from '../students/index.ts';
import { learnProbability, signsAllow } from '../theory/index.ts';
import { checked } from './options.ts';
import type { PLearn, PLearnOptions, PLearnPoint, PLearnSettings, PLearnStudent } from './types.ts';

/** The chance, at least, that an interval holds the true probability. */
const LEVEL = 0.99;
/** The times of measurement grow by this factor, from 1/η on. */
const STEP = power(2, 1 / 8);

/**
 * P(learn): how often a relu student learns by DFA with feedback weights drawn from the normal law, by the formula and
 * by training students, each with its own start, feedback and inputs. A student is trained until it has learned, is
 * stuck (see `judge` in students/until.ts) or has diverged; if none of these happens by the last time, it is undecided.
 */
export async function plearn(options: PLearnOptions): Promise<PLearn> {
  const { settings, machine } = checked(options);
  const { K: sizes, runs, N, student, learned, patience } = settings;
  const result: PLearn = {
    settings,
    points: [],
    failed: [],
    complete: true,
    notes: notesOn(settings, options),
  };
  // What a step costs depends on K.
  const costs = sizes.map((K) => backends.reference[student].work(K, settings.M, N));
  const before = (part: number): number => costs.slice(0, part).reduce((sum, cost) => sum + cost, 0);
  for (const [i, K] of sizes.entries()) {
    const seed = seedAt(settings.seed, K, STREAMS.plearnSeeds);
    if (runs === 0) {
      result.points.push(pointOf(settings, K, seed, []));
      continue;
    }
    if (options.signal?.aborted) {
      result.complete = false;
      break;
    }
    const found = await settle(
      problemOf(settings, K),
      {
        ...machine,
        N,
        runs,
        seed,
        student,
        redraw: ['student', 'feedback'],
        onProgress: (progress) =>
          options.onProgress?.({
            ...progress,
            K,
            part: i + 1,
            parts: sizes.length,
            fraction: (before(i) + (progress.steps / progress.total) * costs[i]) / before(sizes.length),
          }),
      },
      // Times are rounded to whole examples: the last may be a little later.
      { learned, patience: patience >= settings.alpha ? Number.POSITIVE_INFINITY : patience },
    );
    result.backend = found.settings.backend;
    result.threads = found.settings.threads;
    if (found.device) result.device = found.device;
    for (const note of found.notes) if (!result.notes.includes(note)) result.notes.push(note);
    for (const failure of found.failed) result.failed.push({ K, ...failure });
    result.complete &&= found.complete;
    const students = found.students.map((one) => ({ ...one, eg: Number.isNaN(one.eg) ? null : one.eg }));
    result.points.push(pointOf(settings, K, seed, students));
  }
  return result;
}

/** With label noise the error ends above 0, and no student gets below a small part of its initial error. */
const notesOn = ({ noise, learned, runs }: PLearnSettings, options: PLearnOptions): string[] =>
  noise > 0 && runs > 0 && options.learned === undefined
    ? [
        `with label noise the test error does not fall to 0: if nobody learns at learned = ${learned}, give a part above what the noise leaves, and below the plateaus, as 0.05 for M = 2`,
      ]
    : [];

/** What the students of a point learn. The parts that are drawn are drawn anew for each. */
function problemOf(
  { M, negative, N, learningRate, noise, sigma, alpha }: PLearnSettings,
  K: number,
): Problem {
  const times = [0];
  for (let a = 1 / learningRate; a < alpha / STEP; a *= STEP) times.push(a);
  times.push(alpha);
  return {
    activation: 'relu',
    rule: 'dfa',
    learningRate,
    noise,
    teacher: {
      T: Array.from({ length: M }, (_, m) => Array.from({ length: M }, (_, n) => (m === n ? 1 : 0))),
      A: outputWeights(M, negative),
    },
    student: { draw: { K, N, sigma, seed: 0 } },
    feedback: { draw: 'normal', seed: 0 },
    alpha: times,
  };
}

const outputWeights = (M: number, negative: number): number[] =>
  Array.from({ length: M }, (_, m) => (m < M - negative ? 1 : -1));

function pointOf(
  { M, negative }: PLearnSettings,
  K: number,
  seed: number,
  students: PLearnStudent[],
): PLearnPoint {
  const runs = students.length;
  const having = (outcome: PLearnStudent['outcome'], some = students): number =>
    some.filter((one) => one.outcome === outcome).length;
  const [learned, undecided] = [having('learned'), having('undecided')];
  const A = outputWeights(M, negative);
  const allowed = students.filter(({ feedback }) => signsAllow(feedback, A));
  const times = students.filter(({ outcome }) => outcome === 'learned').map(({ alpha }) => alpha);
  return {
    K,
    exact: learnProbability({ K, positive: M - negative, negative }),
    seed,
    runs,
    learned,
    stuck: having('stuck'),
    diverged: having('diverged'),
    undecided,
    fraction: runs > 0 ? learned / runs : null,
    interval:
      runs > 0
        ? [binomialInterval(learned, runs, LEVEL)[0], binomialInterval(learned + undecided, runs, LEVEL)[1]]
        : null,
    allowed: {
      runs: allowed.length,
      learned: having('learned', allowed),
      diverged: having('diverged', allowed),
      undecided: having('undecided', allowed),
    },
    medianTime: times.length > 0 ? median(times) : null,
    byPositive: Array.from({ length: K + 1 }, (_, positive) => {
      const some = students.filter(({ feedback }) => feedback.filter((f) => f > 0).length === positive);
      return {
        positive,
        runs: some.length,
        learned: having('learned', some),
        undecided: having('undecided', some),
      };
    }),
    students,
  };
}
