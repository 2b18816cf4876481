import { ln, sin } from '../../numbers/index.ts';
import {
  type AlphaGrid,
  type Problem,
  pack,
  resolveProblem,
  type Student,
} from '../../shallow/problem/index.ts';
import { integrate, integrateInSteps, observer, type Plateau, plateau } from '../../shallow/theory/index.ts';
import { breathing } from '../../support/breath.ts';
import type { Workshop } from '../workshop.ts';
import { type Span, spanNear } from './flat.ts';

/*
 * The symmetric plateau (erf, T = 1, A = 1): its height and its length, from the fixed point and its eigenvalues,
 * against curves and students. The closed form is of first order in η, and so is eq. 31 of Refinetti et al. 2021;
 * curves at a small rate are the fair test of it. At η = 0.1 the fixed point is taken to full order.
 */

export const SMALL = 1e-3;
export const PAPER = 0.1;
export const SIZES = [2, 3, 4, 5, 6];
export const RULES = ['dfa', 'bp'] as const;
export type RuleName = (typeof RULES)[number];
/** A curve stands on its plateau while it is within this part of the height. */
export const NEAR = 0.05;

export const signs = (K: number): number[] => Array.from({ length: K }, (_, k) => (k % 2 === 0 ? 1 : -1));
const matrix = (K: number, of: (k: number, l: number) => number): number[][] =>
  Array.from({ length: K }, (_, k) => Array.from({ length: K }, (_, l) => of(k, l)));

interface Case {
  K: number;
  rule: RuleName;
  learningRate: number;
}

/** K = M, and |F_k| = 1: to full order in η a student with unequal |F_k| rests nowhere on the plateau. */
const problemOf = (
  { K, rule, learningRate }: Case,
  student: Problem['student'],
  alpha: Problem['alpha'],
): Problem => ({
  activation: 'erf',
  rule,
  learningRate,
  teacher: { T: matrix(K, (k, l) => (k === l ? 1 : 0)), A: new Array<number>(K).fill(1) },
  student,
  feedback: signs(K),
  alpha,
});

export const START_N = 500;
const randomStart = (K: number, sigma: number, seed: number): Problem['student'] => ({
  draw: { K, N: START_N, sigma, seed },
});

/** A student on the plateau, but for an asymmetry of this size: weights s_k c Σ_m W̃_m, and a little of each W̃_m. */
function nearPlateau(K: number, asymmetry: number): Student {
  const s = signs(K);
  const c = 1 / Math.sqrt(K * (2 * K - 1));
  const W = matrix(K, (k, m) => s[k] * c + asymmetry * sin(1 + 3 * k + 7 * m));
  return {
    Q: W.map((wk) => W.map((wl) => wk.reduce((sum, x, m) => sum + x * wl[m], 0))),
    R: W,
    v: s,
  };
}

/** Eq. 31 as printed. */
export function printed(K: number): { q: number; r: number; v: number } {
  const q = 1 / (2 * K - 1);
  return { q, r: Math.sqrt(q / 2), v: Math.sqrt((1 + 2 * q) / (q * (4 + 3 * q))) };
}

export const fixedPoint = (one: Case, order: 'first' | 'full' = 'first'): Plateau =>
  plateau(problemOf(one, nearPlateau(one.K, 0), [1]), { order });

/** The test error of the overlaps that eq. 31 prints, whether or not a student can have them. */
export function printedHeight(K: number): number {
  const { q, r, v } = printed(K);
  const p = resolveProblem(problemOf({ K, rule: 'dfa', learningRate: SMALL }, nearPlateau(K, 0), [1]));
  const s = signs(K);
  const student = {
    Q: matrix(K, (k, l) => s[k] * s[l] * q),
    R: matrix(K, (k) => s[k] * r),
    v: s.map((sk) => sk * v),
  };
  return observer(p)(pack({ ...p, student })).eg;
}

interface Curve {
  alpha: number[];
  eg: number[];
  at: Student[];
}

/** A curve, until it has left the plateau for good. */
function curveOf(problem: Problem, height: number): Curve {
  const steps = integrateInSteps(problem, { rtol: 1e-9, atol: 1e-14 });
  for (;;) {
    const { value, done } = steps.next();
    const { alpha, eg, Q, R, v } = done ? value : value.curve;
    if (done || eg[eg.length - 1] < 0.2 * height)
      return { alpha, eg, at: alpha.map((_, i) => ({ Q: Q[i], R: R[i], v: v[i] })) };
  }
}

/** How far a student has specialised: the largest part of an R_km beyond the mean over m. */
function specialisation({ R }: Student): number {
  return Math.max(
    ...R.flatMap((row) => {
      const mean = row.reduce((sum, x) => sum + x, 0) / row.length;
      return row.map((x) => Math.abs(x - mean));
    }),
  );
}

/** A plateau measured on a curve. Lengths are in units of α. */
export interface Measurement {
  K: number;
  rule: RuleName;
  learningRate: number;
  height: number;
  /** From the first time within NEAR of the height to the first time NEAR below it; null if the curve ends before. */
  length: number | null;
  predicted: number;
}

export interface OnCurve extends Measurement {
  sigma: number;
  seed: number;
  /** Some of the curve, to be drawn. */
  alpha: number[];
  eg: number[];
}

export const timesFor = (learningRate: number): AlphaGrid => ({
  from: 2 / learningRate,
  to: 1200 / learningRate,
  points: 1199,
  scale: 'linear',
});

/** From small random weights. */
function measureFromRandom(one: Case, sigma: number, seed: number): OnCurve {
  const { K, rule, learningRate } = one;
  const problem = problemOf(one, randomStart(K, sigma, seed), timesFor(learningRate));
  const theory = plateau(problem);
  const { alpha, eg, at } = curveOf(problem, theory.eg);
  const { height } = spanNear(alpha, eg, 0.005) as Span;
  const first = eg.findIndex((x) => x < (1 + NEAR) * height);
  const last = eg.findIndex((x) => x < (1 - NEAR) * height);
  // The plateau is a family: of the same K and signs, the one with its own sizes of v_k.
  const { v } = at[first];
  const sum = v.reduce((total, x) => total + Math.abs(x), 0);
  const start = {
    ...theory.student,
    v: theory.student.v.map((x, k) => Math.sign(x) * Math.abs(v[k]) * (K / sum)),
  };
  const thin = alpha.map((_, i) => i).filter((i) => i < 60 || i % 6 === 0);
  return {
    K,
    rule,
    learningRate,
    sigma,
    seed,
    height,
    length: last < 0 ? null : alpha[last] - alpha[first],
    predicted: plateau(problem, { start }).length(at[first]),
    alpha: thin.map((i) => alpha[i]),
    eg: thin.map((i) => eg[i]),
  };
}

interface OnPlateau extends Measurement {
  asymmetry: number;
  /** The rate at which the asymmetry grows, over the escape rate. */
  growth: number;
  /** Half-way through: the mean |R_km| and |v_k|. */
  r: number;
  v: number;
}

/** From the plateau itself and a small asymmetry. */
function measureFromPlateau(one: Case, asymmetry: number): OnPlateau {
  const { K, rule, learningRate } = one;
  const start = nearPlateau(K, asymmetry);
  const theory = fixedPoint(one);
  const predicted = theory.length(start);
  const points = 601;
  const problem = problemOf(one, start, { from: 0, to: 1.5 * predicted, points, scale: 'linear' });
  const { alpha, eg, at } = curveOf(problem, theory.eg);
  const { height } = spanNear(alpha, eg, 0.005) as Span;
  const last = eg.findIndex((x) => x < (1 - NEAR) * height);
  // Well after the parts that die out, well before the growth is that of a few per cent of R.
  const [i, j] = [0.5, 0.8].map((part) => Math.round((part * predicted) / alpha[1]));
  const sizes = at.map(specialisation);
  const mean = (x: number[]): number => x.reduce((sum, xi) => sum + Math.abs(xi), 0) / x.length;
  return {
    K,
    rule,
    learningRate,
    asymmetry,
    height,
    length: last < 0 ? null : alpha[last],
    predicted,
    growth: ln(sizes[j] / sizes[i]) / (alpha[j] - alpha[i]) / theory.escapeRate,
    r: mean(at[i].R.flat()),
    v: mean(at[i].v),
  };
}

export interface OfStudents {
  K: number;
  rule: RuleName;
  /** Of the means of the runs: their inputs differ, their start does not. */
  height: number;
  error: number;
  /** What the same measurement finds on theory's curve from that start. */
  ofTheory: number;
}

export const N = 500;
export const STUDENT_SIGMA = 1e-3;
/** One start for all: the runs differ in their inputs. */
export const STUDENT_SEED = 4;
export const INPUT_SEED = 1;
export const STUDENT_TIMES: AlphaGrid = { from: 20, to: 1600, points: 80, scale: 'linear' };

/** The heights of single students of N = 500 at η = 0.1. */
function ofStudents(workshop: Workshop, K: number, rule: RuleName, runs: number): Promise<OfStudents> {
  const problem = problemOf(
    { K, rule, learningRate: PAPER },
    randomStart(K, STUDENT_SIGMA, STUDENT_SEED),
    STUDENT_TIMES,
  );
  const name = `plateaus of students and their theory by ${rule.toUpperCase()}, K = ${K}`;
  return workshop.piece(name, { problem, N, runs }, async (bench) => {
    const { perRun, alpha: times } = await bench.simulate(problem, {
      N,
      runs,
      seed: INPUT_SEED,
      student: 'projected',
    });
    const heights = perRun.map(({ eg }) => spanNear(times, eg, NEAR)?.height ?? Number.NaN);
    const height = heights.reduce((sum, x) => sum + x, 0) / runs;
    const square = heights.reduce((sum, x) => sum + (x - height) ** 2, 0);
    const theory = integrate(problem);
    const ofTheory = spanNear(theory.alpha, theory.eg, NEAR)?.height ?? Number.NaN;
    return { K, rule, height, error: Math.sqrt(square / (runs - 1) / runs), ofTheory };
  });
}

export interface PlateauSizes {
  K: readonly number[];
  seeds: readonly number[];
  /** Which K students are trained with, and how many. */
  studentK: readonly number[];
  runs: number;
}

export const SIGMAS = [1e-3, 1e-6];
export const ASYMMETRIES = [1e-3, 1e-5, 1e-7];

export interface Measurements {
  fromRandom: OnCurve[];
  fromPlateau: OnPlateau[];
  students: OfStudents[];
}

export async function measurePlateaus(
  workshop: Workshop,
  { K, seeds, studentK, runs }: PlateauSizes,
): Promise<Measurements> {
  const fromRandom: OnCurve[] = [];
  const fromPlateau: OnPlateau[] = [];
  const students: OfStudents[] = [];
  for (const size of K) {
    const kept = await workshop.piece(`plateaus of curves, K = ${size}`, { size, seeds }, async (bench) => {
      const breathe = breathing();
      const random: OnCurve[] = [];
      const near: OnPlateau[] = [];
      for (const rule of RULES) {
        const small = { K: size, rule, learningRate: SMALL };
        for (const asymmetry of ASYMMETRIES) near.push(measureFromPlateau(small, asymmetry));
        for (const learningRate of [SMALL, PAPER])
          for (const seed of seeds)
            for (const sigma of SIGMAS) {
              await breathe();
              bench.signal.throwIfAborted();
              random.push(measureFromRandom({ ...small, learningRate }, sigma, seed));
              bench.progress(random.length / (4 * SIGMAS.length * seeds.length));
            }
      }
      return { random, near };
    });
    fromRandom.push(...kept.random);
    fromPlateau.push(...kept.near);
  }
  for (const size of studentK)
    for (const rule of RULES) students.push(await ofStudents(workshop, size, rule, runs));
  return { fromRandom, fromPlateau, students };
}
