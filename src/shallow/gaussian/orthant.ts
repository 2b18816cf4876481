import { asinh, atan2, sinh } from '../../numbers/index.ts';
import { gaussLegendre } from './gaussLegendre.ts';

/*
 * Probabilities that 2, 3 or 4 standard Gaussian variables are all positive. For 2 and 3 they are elementary
 * (Sheppard 1899); for 4 they are one-dimensional integrals (Plackett, Biometrika 41, 351, 1954).
 * docs/relu-averages.md derives what is done here.
 */

const TWO_PI = 2 * Math.PI;

/** P(x>0, y>0), from a correlation as the pair (cos, sin) of an angle: r = cosine, s = √(1−r²). */
export function orthant2(r: number, s: number): number {
  return 0.25 + atan2(r, s) / TWO_PI;
}

/** The compiler inlines one call of atan2 in a loop, but not three in a row. */
const three = new Float64Array(6);

/** P(x>0, y>0, z>0) from the three correlations, each with its √(1−r²). */
export function orthant3(
  r01: number,
  s01: number,
  r02: number,
  s02: number,
  r12: number,
  s12: number,
): number {
  three[0] = r01;
  three[1] = s01;
  three[2] = r02;
  three[3] = s02;
  three[4] = r12;
  three[5] = s12;
  let sum = 0;
  for (let i = 0; i < 6; i += 2) sum += atan2(three[i], three[i + 1]);
  return 0.125 + sum / (2 * TWO_PI);
}

/** Pairs of four variables, in the order 01 02 03 12 13 23; the pair of the other two is number 5 − p. */
export const FIRST = [0, 0, 0, 1, 1, 2];
export const SECOND = [1, 2, 3, 2, 3, 3];
const PAIR = [-1, 0, 1, 2, 0, -1, 3, 4, 1, 3, -1, 5, 2, 4, 5, -1];

/** Stands for a residual that is zero to rounding: the limit is taken along one and the same direction everywhere. */
const NOTHING = 1e-20;
/** A bound on the rounding errors of a few products and sums of order 1. */
const ROUNDING = 64 * Number.EPSILON;
/** A squared sine this small is rounding. */
const NO_ANGLE = 1e-32;
const MOST_NODES = 256;

// Scratch. The four variables a, b, c, d as vectors: (P, Q), with dual basis (TOP, BOTTOM).
const P = new Float64Array(8);
const Q = new Float64Array(8);
const TOP = new Float64Array(8);
const BOTTOM = new Float64Array(8);
// One row for each of the five pairs whose angle changes along the path.
const ROW = 14;
const rows = new Float64Array(5 * ROW);
const order = new Int32Array(4);

/** Where along the imaginary axis the integrand may be singular; see `addSingularity`. */
let nearest = Infinity;
let farthest = 0;

/**
 * Four variables with correlations r[p] and s[p] = √(1−r[p]²), p a pair in the order 01 02 03 12 13 23.
 * Writes out[p] = P(both of pair p positive | the other two are zero) and out[6] = P(all four positive), and
 * replaces r and s by those of the vectors that it computed with, equal to rounding.
 *
 * The correlations are first turned into four unit vectors by a pivoted Cholesky step,
 *
 *     a = (1, 0 | 0, 0)   b = (ρ, σ | 0, 0)   c = (c1, c2 | c3, 0)   d = (d1, d2 | d3, d4),
 *
 * and everything is computed from these. So all parts of an average belong to one and the same covariance, an
 * exactly positive one within rounding of the given one. That matters where the four are nearly in a plane (a
 * student close to its teacher, students in the teacher's span): there each part alone is ill-conditioned, and
 * only parts that agree with one another add up to the well-conditioned average.
 *
 * P(all positive) is integrated along the path that scales the part behind the bar by t, from t = 0 (four
 * vectors in a plane: an angle) or from t = ∞ (two independent pairs) to t = 1, by Plackett's
 * dP = −Σ_{i<j} P(other two positive | i = j = 0) dθ_ij / 2π, θ_ij the angle between i and j. The integrand is a
 * function of t² whose singularities all lie at t² < 0; t = τ sinh u, with iτ the nearest of them, moves them to
 * the line Im u = π/2, and Gauss–Legendre in u converges geometrically.
 */
export function orthant4(r: Float64Array, s: Float64Array, out: Float64Array): void {
  choosePlane(r, s);
  nearest = Infinity;
  farthest = 0;
  addPathPair(0, 0, 2);
  addPathPair(1, 0, 3);
  addPathPair(2, 1, 2);
  addPathPair(3, 1, 3);
  addPathPair(4, 2, 3);
  addNormSingularities();
  for (let slot = 0; slot < 5; slot++) takeBack(slot, r, s);

  out[PAIR[order[1] * 4 + order[3]]] = partial(0, 1);
  out[PAIR[order[1] * 4 + order[2]]] = partial(ROW, 1);
  out[PAIR[order[0] * 4 + order[3]]] = partial(2 * ROW, 1);
  out[PAIR[order[0] * 4 + order[2]]] = partial(3 * ROW, 1);
  out[PAIR[order[0] * 4 + order[1]]] = partial(4 * ROW, 1);
  // c and d given a = b = 0: the angle between (c3, 0) and (d3, d4).
  out[PAIR[order[2] * 4 + order[3]]] = orthant2(Q[6], Q[7]);

  // From the end where the path is shorter in u: asinh(1/nearest) against asinh(farthest).
  out[6] =
    1 / nearest <= farthest
      ? planarOrthant() + integrate(nearest, false) / TWO_PI
      : orthant2(P[2], P[3]) * orthant2(Q[6], Q[7]) - integrate(1 / farthest, true) / TWO_PI;
}

/** Chooses a and b (the least correlated pair), then c (the larger residual), and fills P, Q, TOP, BOTTOM. */
function choosePlane(r: Float64Array, s: Float64Array): void {
  let best = 0;
  for (let p = 1; p < 6; p++) if (s[p] > s[best]) best = p;
  const a = FIRST[best];
  const b = SECOND[best];
  let c = FIRST[5 - best];
  let d = SECOND[5 - best];
  const rho = r[best];
  const sigma = Math.max(s[best], NOTHING);

  set(P, 0, 1, 0);
  set(P, 1, rho, sigma);
  let restC = place(2, r[PAIR[a * 4 + c]], s[PAIR[a * 4 + c]], r[PAIR[b * 4 + c]], s[PAIR[b * 4 + c]]);
  let restD = place(3, r[PAIR[a * 4 + d]], s[PAIR[a * 4 + d]], r[PAIR[b * 4 + d]], s[PAIR[b * 4 + d]]);
  if (restD > restC) {
    [c, d] = [d, c];
    [restC, restD] = [restD, restC];
    [P[4], P[5], P[6], P[7]] = [P[6], P[7], P[4], P[5]];
  }
  const [c1, c2, d1, d2] = [P[4], P[5], P[6], P[7]];
  const c3 = Math.max(Math.sqrt(restC), NOTHING);
  // 2 c3 d3 from |c ∓ d|² = 2(1 ∓ r), which is known to full precision where c and d are nearly (anti)parallel.
  const rcd = r[5 - best];
  const scd = s[5 - best];
  const side = rcd < 0 ? -1 : 1;
  const apart = (2 * scd * scd) / (1 + side * rcd);
  const inPlane = square(c1 - side * d1) + square(c2 - side * d2);
  const d3 = trust((side * (restC + restD + inPlane - apart)) / (2 * c3), Math.sqrt(restD), c3);
  // |d4|² from |d|² or from the angle with c, whichever cancels less.
  const besideC = square(c1 * d2 - c2 * d1) + square(d3 * c1 - c3 * d1) + square(d3 * c2 - c3 * d2);
  const rest = scd * scd < restD ? scd * scd - besideC : restD - d3 * d3;
  const d4 = Math.max(Math.sqrt(Math.max(rest, 0)), NOTHING);

  order[0] = a;
  order[1] = b;
  order[2] = c;
  order[3] = d;
  set(Q, 0, 0, 0);
  set(Q, 1, 0, 0);
  set(Q, 2, c3, 0);
  set(Q, 3, d3, d4);
  // The dual basis (columns of the inverse), times c3 d4: no division by what may vanish.
  const scale = c3 * d4;
  const slope = rho / sigma;
  set(TOP, 0, scale, -scale * slope);
  set(TOP, 1, 0, scale / sigma);
  set(TOP, 2, 0, 0);
  set(TOP, 3, 0, 0);
  const alongA = c2 * slope - c1;
  const alongB = -c2 / sigma;
  set(BOTTOM, 0, d4 * alongA, c3 * (d2 * slope - d1) - d3 * alongA);
  set(BOTTOM, 1, d4 * alongB, c3 * (-d2 / sigma) - d3 * alongB);
  set(BOTTOM, 2, d4, -d3);
  set(BOTTOM, 3, 0, c3);
}

/**
 * Puts a variable into the plane of a and b by its correlations with them, starting from the one that it is more
 * nearly parallel to: the small angle between the two is kept to full precision. Returns the squared length that
 * is left outside the plane.
 */
function place(i: number, ra: number, sa: number, rb: number, sb: number): number {
  const rho = P[2];
  const sigma = P[3];
  if (sa <= sb) {
    const beside = trust((rb - rho * ra) / sigma, sa, sigma);
    set(P, i, ra, beside);
    return Math.max(0, Math.min((sa - beside) * (sa + beside), sb * sb));
  }
  const beside = trust((rho * rb - ra) / sigma, sb, sigma);
  set(P, i, rho * rb - sigma * beside, sigma * rb + rho * beside);
  return Math.max(0, Math.min((sb - beside) * (sb + beside), sa * sa));
}

const square = (x: number): number => x * x;

function set(vectors: Float64Array, i: number, x: number, y: number): void {
  vectors[2 * i] = x;
  vectors[2 * i + 1] = y;
}

/**
 * A component x, computed with an error of rounding/divisor, of a vector whose length is at most `length`. An excess
 * over the length within that error is cut. If the excess is larger, but its square is still rounding, then the length,
 * the root of a difference, is the less certain of the two: for vectors at an angle of 1e-7 the rounded covariance
 * holds one digit of it.
 */
function trust(x: number, length: number, divisor: number): number {
  const excess = Math.abs(x) - length;
  if (excess > ROUNDING / divisor && x * x - length * length < ROUNDING) return x;
  return excess > 0 ? (x < 0 ? -length : length) : x;
}

const dot = (u: Float64Array, v: Float64Array, i: number, j: number): number =>
  u[2 * i] * v[2 * j] + u[2 * i + 1] * v[2 * j + 1];

/** |u_i ∧ u_j|² of two vectors in the plane. */
function wedge(u: Float64Array, i: number, j: number): number {
  return square(u[2 * i] * u[2 * j + 1] - u[2 * i + 1] * u[2 * j]);
}

/** |u_i ⊗ v_j − u_j ⊗ v_i|²: what is left of |(u,v)_i ∧ (u,v)_j|², written as squares so that nothing cancels. */
function crossed(u: Float64Array, v: Float64Array, i: number, j: number): number {
  let sum = 0;
  for (let x = 0; x < 2; x++)
    for (let y = 0; y < 2; y++) sum += square(u[2 * i + x] * v[2 * j + y] - u[2 * j + x] * v[2 * i + y]);
  return sum;
}

/**
 * Row `slot`: the angle between i and j and, for the other two, the angle between their dual vectors, as polynomials in
 * t².
 */
function addPathPair(slot: number, i: number, j: number): void {
  const at = slot * ROW;
  rows[at] = dot(P, P, i, j);
  rows[at + 1] = dot(Q, Q, i, j);
  rows[at + 2] = dot(P, P, i, i);
  rows[at + 3] = dot(Q, Q, i, i);
  rows[at + 4] = dot(P, P, j, j);
  rows[at + 5] = dot(Q, Q, j, j);
  rows[at + 6] = wedge(P, i, j);
  rows[at + 7] = crossed(P, Q, i, j);
  rows[at + 8] = wedge(Q, i, j);

  const b = rows[at + 7];
  const root = b + Math.sqrt(Math.max(b * b - 4 * rows[at + 6] * rows[at + 8], 0));
  // An angle that is zero to rounding at an end of the path contributes nothing there.
  if (rows[at + 6] > NO_ANGLE * rows[at + 2] * rows[at + 4]) addSingularity(2 * rows[at + 6], root);
  if (rows[at + 8] > NO_ANGLE * rows[at + 3] * rows[at + 5]) addSingularity(root, 2 * rows[at + 8]);

  // The dual vectors are (t TOP, BOTTOM). For the duals of c and d, TOP is zero and only BOTTOM counts.
  const k = i === 2 ? 0 : 1 - i;
  const l = i === 2 ? 1 : 5 - j;
  rows[at + 9] = dot(BOTTOM, BOTTOM, k, l);
  rows[at + 10] = dot(TOP, TOP, k, l);
  rows[at + 11] = wedge(BOTTOM, k, l);
  rows[at + 12] = crossed(TOP, BOTTOM, k, l);
  rows[at + 13] = wedge(TOP, k, l);
}

/** The correlation and sine of the vectors of a row, in place of those they were made from. */
function takeBack(slot: number, r: Float64Array, s: Float64Array): void {
  const at = slot * ROW;
  const p = PAIR[order[slot === 4 ? 2 : slot >> 1] * 4 + order[slot === 4 ? 3 : 2 + (slot & 1)]];
  const lengths = Math.sqrt((rows[at + 2] + rows[at + 3]) * (rows[at + 4] + rows[at + 5]));
  r[p] = (rows[at] + rows[at + 1]) / lengths;
  s[p] = Math.sqrt(rows[at + 6] + rows[at + 7] + rows[at + 8]) / lengths;
}

/**
 * Zeros of the lengths of c and d, where a direction turns from P to Q and which therefore always count, and of the
 * dual vectors of a and b, which do not where rounding hides them.
 */
function addNormSingularities(): void {
  for (let i = 2; i < 4; i++) addSingularity(dot(P, P, i, i), dot(Q, Q, i, i));
  for (let i = 0; i < 2; i++) {
    const numerator = dot(BOTTOM, BOTTOM, i, i);
    const denominator = dot(TOP, TOP, i, i);
    if (numerator > NO_ANGLE * denominator && denominator > NO_ANGLE * numerator)
      addSingularity(numerator, denominator);
  }
}

/** A zero of numerator + t² denominator. */
function addSingularity(numerator: number, denominator: number): void {
  const t = Math.sqrt(numerator / denominator);
  if (t < nearest) nearest = t;
  if (t > farthest) farthest = t;
}

/**
 * P(k, l positive | i = j = 0) for row `at`: the correlation is minus the cosine of the angle between its dual vectors.
 */
function partial(at: number, t2: number): number {
  const wedge2 = rows[at + 11] + t2 * (rows[at + 12] + t2 * rows[at + 13]);
  return orthant2(-(rows[at + 9] + t2 * rows[at + 10]), Math.sqrt(wedge2));
}

/** −Σ P(k, l positive | i = j = 0) dθ_ij/dt at t. */
function integrand(t: number): number {
  const t2 = t * t;
  let sum = 0;
  for (let at = 0; at < 5 * ROW; at += ROW) {
    // θ = atan2(w, c), w² = w0 + w1 t² + w2 t⁴: a form that keeps its digits where the two are nearly parallel.
    const c = rows[at] + t2 * rows[at + 1];
    const w = Math.sqrt(rows[at + 6] + t2 * (rows[at + 7] + t2 * rows[at + 8]));
    const lengths = (rows[at + 2] + t2 * rows[at + 3]) * (rows[at + 4] + t2 * rows[at + 5]);
    const turn = 2 * rows[at + 1] * w - (c * (rows[at + 7] + 2 * t2 * rows[at + 8])) / w;
    sum += (partial(at, t2) * turn) / lengths;
  }
  return t * sum;
}

/** The integral from 0 to 1, or (upwards) from 1 to ∞ in 1/t, with the nearest singularity of that variable at iτ. */
function integrate(tau: number, upwards: boolean): number {
  const stretch = tau < 1e3 ? tau : 1e3;
  const length = asinh(1 / stretch);
  const nodes = Math.min(MOST_NODES, 4 * Math.ceil((3 + 16.5 / asinh(Math.PI / length)) / 4));
  const rule = gaussLegendre(nodes);
  let sum = 0;
  for (let i = 0; i < nodes; i++) {
    const sh = sinh(length * rule.x[i]);
    const t = stretch * sh;
    const value = upwards ? integrand(1 / t) / (t * t) : integrand(t);
    sum += rule.w[i] * Math.sqrt(1 + sh * sh) * value;
  }
  return sum * stretch * length;
}

/** Four half-planes: each bounds the half-circle of a from one side, by the direction of its normal. */
function planarOrthant(): number {
  let lower = -Math.PI / 2;
  let upper = Math.PI / 2;
  for (let i = 1; i < 4; i++) {
    const direction = atan2(P[2 * i + 1], P[2 * i]);
    if (direction > 0) lower = Math.max(lower, direction - Math.PI / 2);
    else upper = Math.min(upper, direction + Math.PI / 2);
  }
  return Math.max(0, upper - lower) / TWO_PI;
}
