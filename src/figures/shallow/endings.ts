import { hypot } from '../../numbers/index.ts';
import { type Problem, ruleName, type Student } from '../../shallow/problem/index.ts';
import { bestAligned, degenerateMinima, endsIn, type Minimum } from '../../shallow/theory/index.ts';
import type { Workshop } from '../workshop.ts';

/*
 * Where erf students with K = M = 2 end, for figure 3c. They are projected students, which follow the law of trained
 * ones exactly, each with its own start, feedback weights and inputs. The second unit of the teacher is weaker, A = (1,
 * 0.6), so that the eight perfect solutions have eight overlaps with F; for A = (1, 1) they have four, each twice.
 */

export const A = [1, 0.6];
/**
 * A student is in a minimum if all its order parameters are this near to those of the minimum: the rule of `endsIn`.
 */
export const NEAR = 0.1;
/** The standard deviation of the weights at the start: the paper's. */
export const SMALL = 0.01;
export type Rule = 'dfa' | 'bp';

interface Asked {
  rule: Rule;
  /** Of the weights at the start. */
  sigma: number;
  N: number;
  learningRate: number;
  alpha: number[];
}

export const problemOf = ({ rule, sigma, N, learningRate, alpha }: Asked): Problem => ({
  activation: 'erf',
  rule,
  learningRate,
  teacher: {
    T: [
      [1, 0],
      [0, 1],
    ],
    A,
  },
  student: { draw: { K: 2, N, sigma, seed: 1 } },
  feedback: { draw: 'normal', seed: 1 },
  alpha,
});

/** The end of one student that has converged. */
export interface Ended {
  /** The minimum, whatever F: the teacher unit of each student unit, and its sign, as "12 +−". */
  minimum: string;
  /** Whether the output weights have the signs that they had at the start. */
  kept: boolean;
  /** The rank of the minimum by its overlap with F: 1 is the best aligned. */
  rank: number;
  /** cos(v, F) of the student. */
  overlap: number;
  /** cos(v, F) in the best aligned minimum, and by how much it is smaller in the one where it ends. */
  best: number;
  behind: number;
  /** Whether sgn(v_k) = sgn(F_k) for all k. */
  signs: boolean;
  F: number[];
  v: number[];
}

export interface Endings {
  students: number;
  ended: Ended[];
}

/** A problem with its own start and feedback weights. */
type Drawn = Problem & { student: Student; feedback: number[] };

/** The names of all eight. */
export const MINIMA = ['12', '21'].flatMap((order) =>
  ['++', '+−', '−+', '−−'].map((signs) => `${order} ${signs}`),
);
const minimumName = ({ permutation, signs }: Pick<Minimum, 'permutation' | 'signs'>): string =>
  `${permutation.map((m) => m + 1).join('')} ${signs.map((s) => (s > 0 ? '+' : '−')).join('')}`;

export async function endings(
  workshop: Workshop,
  problem: Problem,
  { N, pieces, runs }: { N: number; pieces: number; runs: number },
): Promise<Endings> {
  const ended: Ended[] = [];
  // One after the other: each uses every core, and is kept once it is done.
  for (let seed = 1; seed <= pieces; seed++) {
    const options = { N, runs, seed, student: 'projected', redraw: ['student', 'feedback'] } as const;
    const some = await workshop.piece(
      `where students by ${ruleName(problem.rule).toUpperCase()} end, ${seed} of ${pieces}`,
      { problem, options },
      async ({ simulate }) => {
        const { perRun } = await simulate(problem, options);
        return perRun.flatMap(({ student, feedback, Q, R, v }) =>
          student && feedback
            ? endedOf({ ...problem, student, feedback }, { Q: Q[0], R: R[0], v: v[0] })
            : [],
        );
      },
    );
    ended.push(...some);
  }
  return { students: runs * pieces, ended };
}

function endedOf(problem: Drawn, at: Student): Ended[] {
  const { distance, overlap, permutation, signs } = endsIn(problem, at);
  // A diverged student has no distance.
  if (!(distance < NEAR)) return [];
  const F = problem.feedback;
  const { v } = at;
  const best = bestAligned(problem).overlap;
  const better = [...degenerateMinima(problem)].filter((minimum) => minimum.overlap > overlap + 1e-12);
  return [
    {
      minimum: minimumName({ permutation, signs }),
      kept: v.every((vk, k) => vk * problem.student.v[k] > 0),
      rank: better.length + 1,
      overlap: (v[0] * F[0] + v[1] * F[1]) / hypot(...v) / hypot(...F),
      best,
      behind: best - overlap,
      signs: v.every((vk, k) => vk * F[k] > 0),
      F,
      v,
    },
  ];
}

/** Smaller and faster students than the others, as they are trained for longer. */
export interface LateSizes {
  N: number;
  learningRate: number;
  runs: number;
  /** A student is late if it has not converged at the first of these times, but has at the last. */
  alpha: [number, number];
}

export interface Latecomers {
  students: number;
  /** How many had converged at the first time, and how many of them are in the same solution at the last. */
  early: number;
  staying: number;
  /** Of the others, those that have converged at the last time. */
  ended: Ended[];
}

export function latecomers(
  workshop: Workshop,
  { N, learningRate, runs, alpha }: LateSizes,
): Promise<Latecomers> {
  const problem = problemOf({ rule: 'dfa', sigma: SMALL, N, learningRate, alpha });
  const options = { N, runs, seed: 1, student: 'projected', redraw: ['student', 'feedback'] } as const;
  return workshop.piece('where those end who come late', { problem, options }, async ({ simulate }) => {
    const { perRun } = await simulate(problem, options);
    const pairs = perRun.flatMap(({ student, feedback, Q, R, v }) => {
      if (!student || !feedback) return [];
      const [then, now] = [0, 1].map((i) =>
        endedOf({ ...problem, student, feedback }, { Q: Q[i], R: R[i], v: v[i] }),
      );
      return [{ then, now }];
    });
    const early = pairs.filter(({ then }) => then.length > 0);
    return {
      students: runs,
      early: early.length,
      staying: early.filter(({ then, now }) => now.length > 0 && now[0].minimum === then[0].minimum).length,
      ended: pairs.filter(({ then }) => then.length === 0).flatMap(({ now }) => now),
    };
  });
}
