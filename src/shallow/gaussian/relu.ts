import { atan2 } from '../../numbers/index.ts';
import type { Activation, Covariance, SumKernel } from './activation.ts';
import { differenceOfProducts } from './differenceOfProducts.ts';
import { FIRST, orthant2, orthant3, orthant4, SECOND } from './orthant.ts';

/*
 * g(x) = max(0, x). Averages of products of step functions and positive parts are orthant probabilities and
 * their first moments; docs/relu-averages.md derives every formula. g is homogeneous, so each average is the one
 * for unit variances times the lengths of the fields that stand outside the step functions; r and s below are a
 * correlation and √(1−r²).
 *
 * A field of variance zero is read as the limit of a small field independent of all others: its step function is
 * a fair coin. (With exactly zero weights a relu unit has no gradient at all, and the motion would never start.)
 */

const TWO_PI = 2 * Math.PI;

/** E x₊ y₊ = (sin θ − θ cos θ)/2π, θ the angle between x and −y: small, with a power series, where x ≈ −y. */
function positiveParts(r: number, s: number): number {
  const theta = atan2(s, -r);
  if (theta > 0.25) return (s + r * theta) / TWO_PI;
  const t2 = theta * theta;
  let term = (theta * t2) / 3;
  let sum = term;
  // Σ (−1)^(m+1) 2m θ^(2m+1)/(2m+1)!
  for (let m = 2; m < 8; m++) {
    term *= -t2 / ((2 * m - 2) * (2 * m + 1));
    sum += term;
  }
  return sum / TWO_PI;
}

/** E θ(a) c₊ d₊ for unit variances. */
function stepTwoParts(rac: number, sac: number, rad: number, sad: number, rcd: number, scd: number): number {
  return rcd * orthant3(rac, sac, rad, sad, rcd, scd) + (scd + rac * sad + rad * sac) / (2 * TWO_PI);
}

/** E θ(a) θ(b) c₊² for unit variances. */
function twoStepsSquare(
  rab: number,
  sab: number,
  rac: number,
  sac: number,
  rbc: number,
  sbc: number,
): number {
  return (
    orthant3(rab, sab, rac, sac, rbc, sbc) +
    (rac * sac + rbc * sbc + conditionalPair(rab, sab, rac, sac, rbc, rac, sac, rbc)) / (2 * TWO_PI)
  );
}

/**
 * [r_ac (r_bd − r_ab r_ad) + r_bc (r_ad − r_ab r_bd)] / s_ab, written with the part of b beside a,
 * (b − r_ab a)/s_ab, so that it vanishes smoothly as b approaches ±a.
 */
function conditionalPair(
  rab: number,
  sab: number,
  rac: number,
  sac: number,
  rbc: number,
  rad: number,
  sad: number,
  rbd: number,
): number {
  if (sab === 0) return 0;
  const besideC = within((rbc - rab * rac) / sab, sac);
  const besideD = within((rbd - rab * rad) / sab, sad);
  return sab * (rab * (rac * rad - besideC * besideD) + sab * (rac * besideD + besideC * rad));
}

function within(x: number, bound: number): number {
  return x > bound ? bound : x < -bound ? -bound : x;
}

/**
 * E θ(a) θ(b) c₊ d₊ for unit variances and four different fields, from the six (r, s) in the order
 * ab ac ad bc bd cd and what `orthant4` made of them.
 */
function fourFields(
  r: Float64Array,
  s: Float64Array,
  orthants: Float64Array,
  assignment: Int32Array,
): number {
  const ab = assignment[0];
  const ac = assignment[1];
  const ad = assignment[2];
  const bc = assignment[3];
  const bd = assignment[4];
  const cd = assignment[5];
  return (
    r[cd] * orthants[6] +
    (s[cd] * orthants[ab] +
      r[ad] * s[ac] * orthants[bd] +
      r[bd] * s[bc] * orthants[ad] +
      r[ac] * s[ad] * orthants[bc] +
      r[bc] * s[bd] * orthants[ac] +
      conditionalPair(r[ab], s[ab], r[ac], s[ac], r[bc], r[ad], s[ad], r[bd]) * orthants[cd]) /
      TWO_PI
  );
}

/** For each choice of the two step functions among four fields: the pairs ab ac ad bc bd cd by number. */
const ASSIGNMENTS = [
  [0, 1, 2, 3, 4, 5],
  [1, 0, 2, 3, 5, 4],
  [2, 0, 1, 4, 5, 3],
  [3, 0, 4, 1, 5, 2],
  [4, 0, 3, 2, 5, 1],
  [5, 1, 3, 2, 4, 0],
].map((pairs) => Int32Array.from(pairs));

/** A variance below this, on its way to underflow, is read as zero. */
const NO_VARIANCE = 1e-280;

function cosine(vx: number, vy: number, c: number): number {
  if (!(vx > NO_VARIANCE && vy > NO_VARIANCE)) return 0;
  return within(c / (Math.sqrt(vx) * Math.sqrt(vy)), 1);
}

/** s = √(1−r²) from variances and covariance, to full precision; NaN-free for any input. */
function sine(vx: number, vy: number, c: number): number {
  if (!(vx > NO_VARIANCE && vy > NO_VARIANCE)) return 1;
  if (vx * vy < NO_VARIANCE) {
    const r = cosine(vx, vy, c);
    return Math.sqrt((1 - r) * (1 + r));
  }
  const d = differenceOfProducts(vx, vy, c, c);
  return d > 0 ? Math.sqrt(d / vx / vy) : 0;
}

const R = (C: Covariance, a: number, b: number): number => (a === b ? 1 : cosine(C[a][a], C[b][b], C[a][b]));
const S = (C: Covariance, a: number, b: number): number => (a === b ? 0 : sine(C[a][a], C[b][b], C[a][b]));
const norm = (C: Covariance, a: number): number => Math.sqrt(Math.max(C[a][a], 0));

function I2(C: Covariance, a: number, b: number): number {
  return norm(C, a) * norm(C, b) * positiveParts(R(C, a, b), S(C, a, b));
}

function I3(C: Covariance, a: number, b: number, c: number): number {
  return (
    (norm(C, b) * norm(C, c) * R(C, a, b) * S(C, a, c)) / TWO_PI + C[b][c] * orthant2(R(C, a, c), S(C, a, c))
  );
}

function J2(C: Covariance, a: number, b: number): number {
  return orthant2(R(C, a, b), S(C, a, b));
}

const r6 = new Float64Array(6);
const s6 = new Float64Array(6);
const orthants = new Float64Array(7);

function I4(C: Covariance, a: number, b: number, c: number, d: number): number {
  const lengths = norm(C, c) * norm(C, d);
  // θ(a)² = θ(a) and θ(c) c₊ = c₊: a repeated index leaves at most three fields.
  if (a === b || b === c || b === d) return lengths * threeFields(C, a, c, d);
  if (a === c || a === d) return lengths * threeFields(C, b, c, d);
  if (c === d)
    return lengths * twoStepsSquare(R(C, a, b), S(C, a, b), R(C, a, c), S(C, a, c), R(C, b, c), S(C, b, c));
  const fields = [a, b, c, d];
  for (let i = 0, p = 0; i < 4; i++)
    for (let j = i + 1; j < 4; j++, p++) {
      r6[p] = R(C, fields[i], fields[j]);
      s6[p] = S(C, fields[i], fields[j]);
    }
  orthant4(r6, s6, orthants);
  return lengths * fourFields(r6, s6, orthants, ASSIGNMENTS[0]);
}

function threeFields(C: Covariance, a: number, c: number, d: number): number {
  return stepTwoParts(R(C, a, c), S(C, a, c), R(C, a, d), S(C, a, d), R(C, c, d), S(C, c, d));
}

/**
 * The same sums with everything shared: correlations once per pair, averages of three fields once per triple, the
 * four-field orthants once per set of four, used for every choice of the two step functions among them.
 */
function sumKernel(n: number, K: number): SumKernel {
  const r = new Float64Array(n * n);
  const s = new Float64Array(n * n);
  const p2 = new Float64Array(n * n);
  const length = new Float64Array(n);
  const ws = new Float64Array(n);
  const set = new Int32Array(4);

  return (C, w, out, diagonalOnly = false) => {
    for (let i = 0; i < n; i++) {
      const variance = C[i * n + i];
      length[i] = Math.sqrt(Math.max(variance, 0));
      ws[i] = w[i] * length[i];
      r[i * n + i] = 1;
      s[i * n + i] = 0;
      p2[i * n + i] = 0.5;
      for (let j = 0; j < i; j++) {
        const ij = i * n + j;
        const ji = j * n + i;
        r[ij] = r[ji] = cosine(variance, C[j * n + j], C[ij]);
        s[ij] = s[ji] = sine(variance, C[j * n + j], C[ij]);
        p2[ij] = p2[ji] = orthant2(r[ij], s[ij]);
      }
    }
    for (let k = 0; k < K; k++) {
      const row = k * n;
      let sum2 = 0;
      let sines = 0;
      for (let j = 0; j < n; j++) {
        sum2 += ws[j] * positiveParts(r[row + j], s[row + j]);
        sines += ws[j] * s[row + j];
      }
      out.I2[k] = length[k] * sum2;
      for (let b = 0; b < n; b++) {
        let sum3 = 0;
        for (let j = 0; j < n; j++) sum3 += ws[j] * p2[row + j] * r[b * n + j];
        out.I3[row + b] = length[b] * (sum3 + (r[row + b] * sines) / TWO_PI);
      }
      for (let l = 0; l < K; l++) {
        out.J2[k * K + l] = p2[row + l];
        if (k === l || !diagonalOnly) out.I4[k * K + l] = 0;
      }
    }
    for (let k = 0; k < K; k++) oneStudent(k, out.I4);
    if (diagonalOnly) return;
    for (let k = 0; k < K; k++) for (let l = 0; l < k; l++) twoStudents(k, l, out.I4);
    for (set[1] = 1; set[1] < K; set[1]++)
      for (set[0] = 0; set[0] < set[1]; set[0]++)
        for (set[2] = set[1] + 1; set[2] < n; set[2]++)
          for (set[3] = set[2] + 1; set[3] < n; set[3]++) fourDifferent(out.I4);
    for (let k = 0; k < K; k++) for (let l = 0; l < k; l++) out.I4[l * K + k] = out.I4[k * K + l];
  };

  function triple(a: number, c: number, d: number): number {
    const [ac, ad, cd] = [a * n + c, a * n + d, c * n + d];
    return stepTwoParts(r[ac], s[ac], r[ad], s[ad], r[cd], s[cd]);
  }

  /** I4(k,k,·,·): one step function. */
  function oneStudent(k: number, I4: Float64Array): void {
    let sum = 0;
    for (let c = 0; c < n; c++) {
      let inner = 0;
      for (let d = 0; d < c; d++) inner += ws[d] * triple(k, c, d);
      sum += ws[c] * (2 * inner + ws[c] * triple(k, c, c));
    }
    I4[k * K + k] = sum;
  }

  /** I4(k,l,c,d) with c = d, or with c or d among k, l. */
  function twoStudents(k: number, l: number, I4: Float64Array): void {
    let sum = ws[k] * ws[k] * triple(l, k, k) + ws[l] * ws[l] * triple(k, l, l);
    sum += 2 * ws[k] * ws[l] * positiveParts(r[k * n + l], s[k * n + l]);
    for (let c = 0; c < n; c++) {
      if (c === k || c === l) continue;
      const [kl, kc, lc] = [k * n + l, k * n + c, l * n + c];
      sum += ws[c] * ws[c] * twoStepsSquare(r[kl], s[kl], r[kc], s[kc], r[lc], s[lc]);
      sum += 2 * ws[c] * (ws[k] * triple(l, k, c) + ws[l] * triple(k, l, c));
    }
    I4[k * K + l] += sum;
  }

  /** I4 of four different fields set[0] < … < set[3], for every pair of students among them. */
  function fourDifferent(I4: Float64Array): void {
    for (let i = 0, p = 0; i < 4; i++)
      for (let j = i + 1; j < 4; j++, p++) {
        r6[p] = r[set[i] * n + set[j]];
        s6[p] = s[set[i] * n + set[j]];
      }
    orthant4(r6, s6, orthants);
    for (let i = 0, p = 0; i < 4; i++)
      for (let j = i + 1; j < 4; j++, p++) {
        if (set[j] >= K) continue;
        const weights = 2 * ws[set[FIRST[5 - p]]] * ws[set[SECOND[5 - p]]];
        I4[set[j] * K + set[i]] += weights * fourFields(r6, s6, orthants, ASSIGNMENTS[p]);
      }
  }
}

/** g(x) = max(0, x), with g'(0) = 0. */
export const relu: Activation = {
  name: 'relu',
  g: (x) => Math.max(0, x),
  dg: (x) => (x > 0 ? 1 : 0),
  I2,
  I3,
  I4,
  J2,
  sumKernel,
  symmetry: { signFlip: false, rescaling: true },
  smoothAtZero: false,
};
