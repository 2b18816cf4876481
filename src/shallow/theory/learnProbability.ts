import { exp, ln, power } from '../../numbers/index.ts';
import { between, type Field, optional, whole } from '../../support/check.ts';
import { checkOptions } from '../../support/options.ts';

/** How many units there are, and how often a feedback weight is positive. */
export interface LearnProbabilityOptions {
  /** Student units. */
  K: number;
  /** Teacher units with a positive output weight, M₊. */
  positive: number;
  /** Teacher units with a negative output weight, M₋; 0 if not given. */
  negative?: number;
  /** P(F_k > 0), ½ if not given. */
  p?: number;
}

const MOST = 100_000;
const teacherUnits = (sign: string): Field =>
  whole(0, MOST, `, how many teacher units have a ${sign} output weight`);
const OPTIONS: { readonly [key in keyof LearnProbabilityOptions]-?: Field } = {
  K: whole(1, MOST),
  positive: teacherUnits('positive'),
  negative: optional(teacherUnits('negative')),
  p: optional(between(0, 1, ', a probability')),
};

/**
 * P(learn): the probability that random feedback allows a relu student to learn with DFA. A relu unit cannot change
 * the sign of its output, and DFA aligns that sign with F_k, so at least M₊ of the K feedback weights must be
 * positive and at least M₋ negative:
 *
 *     P = Σ_{k=M₊}^{K−M₋} (K choose k) p^k (1−p)^{K−k}
 *
 * Eq. 8 of Refinetti et al. 2021 prints the sum from 0 to M instead. That gives 1 at K = M and 7/8 at K = 3, M = 2;
 * the sum above gives 1/4 and 1/2, and half of the simulated students with K = 3, M = 2 learn.
 */
export function learnProbability(options: LearnProbabilityOptions): number {
  checkOptions(options, OPTIONS);
  const { K, positive, negative = 0, p = 0.5 } = options;
  if (p === 0.5 && K <= EXACT) return halves(K, positive, K - negative);
  let sum = 0;
  let logChoose = 0;
  for (let k = 0; k <= K - negative; k++) {
    if (k > 0) logChoose += ln((K - k + 1) / k);
    if (k >= positive) sum += exp(logChoose + lnPower(k, p) + lnPower(K - k, 1 - p));
  }
  return Math.min(1, sum);
}

/** Up to this K, a sum of binomial coefficients meets only whole numbers that doubles hold exactly. */
const EXACT = 51;

/** Σ_{k=from}^{to} (K choose k) / 2^K, without rounding. */
function halves(K: number, from: number, to: number): number {
  let sum = 0;
  let choose = 1;
  for (let k = 0; k <= to; k++) {
    if (k >= from) sum += choose;
    choose = (choose * (K - k)) / (k + 1);
  }
  return sum / power(2, K);
}

/**
 * Whether feedback F lets a relu student learn a teacher with output weights A and unlike directions: F needs at least
 * as many positive components as A, and as many negative ones. The reason, for small rates and starts: without their
 * terms of order η², the equations of motion conserve Q_kk/η₁ − 2 F_k v_k/η₂ = c_k for every unit. So F_k v_k ≥ −η₂
 * c_k/2 always, and with a small start (c_k → 0) a unit of any size has v_k of the sign of F_k.
 *
 * A student without error has its kinks where the teacher has them: on the line of each W̃_m the v_k |W_k| of its units
 * add up to A_m |W̃_m|, so one of them has v_k of the sign of A_m; and a unit lies on one line only.
 */
export function signsAllow(F: readonly number[], A: readonly number[]): boolean {
  const positive = (x: readonly number[]): number => x.filter((value) => value > 0).length;
  const negative = (x: readonly number[]): number => x.filter((value) => value < 0).length;
  return positive(F) >= positive(A) && negative(F) >= negative(A);
}

/** ln p^k, with 0⁰ = 1. */
function lnPower(k: number, p: number): number {
  return k === 0 ? 0 : k * ln(p);
}
