import { activations } from '../gaussian/index.ts';
import { feedbackLaws } from './draw.ts';
import { isPositive, negativePart, POSITIVE_TOLERANCE } from './positive.ts';
import { ruleName, ruleOf, rules } from './rules.ts';

/*
 * What a problem must satisfy, as two tables. FIELDS says which keys there are and what each may hold by itself;
 * RELATIONS says what must hold between them, once every key is well formed. The first row that fails makes the
 * message: the key's path, what was found, what would do.
 */

// biome-ignore lint/suspicious/noExplicitAny: the tables look at values of unknown shape
type Any = any;

export interface Field {
  /** The object that holds the key ("" is the problem itself), and the key. */
  readonly of: string;
  readonly key: string;
  readonly optional?: boolean;
  readonly ok: (value: Any) => boolean;
  readonly want: string;
}

export interface Relation {
  /** The row applies only to problems of this kind. */
  readonly when?: (p: Any) => boolean;
  /** Undefined if it holds; otherwise the key's path, what was found there and what would do. */
  readonly fails: (p: Any) => { path: string; found: unknown; want: string } | undefined;
}

export const MAX_UNITS = 512;
export const MAX_POINTS = 1_000_000;

const finite = (x: Any): boolean => typeof x === 'number' && Number.isFinite(x);
const atLeastZero = (x: Any): boolean => finite(x) && x >= 0;
const integerIn = (min: number, max: number) => (x: Any) => Number.isInteger(x) && x >= min && x <= max;
const vector = (x: Any): boolean =>
  Array.isArray(x) && x.length > 0 && x.length <= MAX_UNITS && x.every(finite);
const matrix = (x: Any): boolean =>
  Array.isArray(x) && x.length > 0 && x.length <= MAX_UNITS && x.every((row) => vector(row));
/** Names of rules stand in files, and in the words of messages. */
const NAME = /^[A-Za-z][A-Za-z0-9_.+-]{0,63}$/;
const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
const oneOf = (names: readonly string[]) => ({
  ok: (x: Any) => names.includes(x),
  want: `use one of ${quoted(names)}`,
});
export const isObject = (x: Any): boolean => typeof x === 'object' && x !== null && !Array.isArray(x);

const units = { ok: integerIn(1, MAX_UNITS), want: `use a whole number from 1 to ${MAX_UNITS}` };
const dimension = { ok: integerIn(1, 1e9), want: 'use a whole number from 1 to 1e9' };
const seed = { ok: integerIn(0, Number.MAX_SAFE_INTEGER), want: 'use a whole number from 0 to 2^53 − 1' };
const rate = { ok: atLeastZero, want: 'use a finite number, zero or more' };
const numbers = { ok: vector, want: `use a list of 1 to ${MAX_UNITS} finite numbers` };
const rows = { ok: matrix, want: `use a list of 1 to ${MAX_UNITS} rows of finite numbers` };
const secondLayer = { optional: true, ...oneOf(['ones', 'normal']) };

export const FIELDS: readonly Field[] = [
  { of: '', key: 'activation', ...oneOf(Object.keys(activations)) },
  {
    of: '',
    key: 'rule',
    ok: (x) => isObject(x) || (typeof x === 'string' && Object.hasOwn(rules, x)),
    want: `use one of ${quoted(Object.keys(rules))}, or in a program an object, a rule of your own`,
  },
  { of: '', key: 'learningRate', ...rate },
  { of: '', key: 'secondLayerRate', optional: true, ...rate },
  { of: '', key: 'noise', optional: true, ...rate },
  {
    of: '',
    key: 'weightDecay',
    optional: true,
    ok: (x) => Array.isArray(x) && x.length === 2 && x.every(atLeastZero),
    want: 'use two finite numbers, zero or more: [first layer, second layer]',
  },
  {
    of: '',
    key: 'trainSecondLayer',
    optional: true,
    ok: (x) => typeof x === 'boolean',
    want: 'use true or false',
  },
  { of: '', key: 'teacher', ok: isObject, want: 'use { "T": .., "A": .. } or { "draw": { .. } }' },
  { of: '', key: 'student', ok: isObject, want: 'use { "Q": .., "R": .., "v": .. } or { "draw": { .. } }' },
  {
    of: '',
    key: 'feedback',
    optional: true,
    ok: (x) => isObject(x) || vector(x),
    want: 'use a list of finite numbers, one for each student unit, or { "draw": "normal", "seed": 1 }',
  },
  {
    of: '',
    key: 'alpha',
    ok: (x) => isObject(x) || (Array.isArray(x) && x.length > 0 && x.length <= MAX_POINTS && x.every(finite)),
    want: `use a list of 1 to ${MAX_POINTS} finite numbers, or { "from": 0.1, "to": 1000, "points": 200, "scale": "log" }`,
  },

  {
    of: 'rule',
    key: 'name',
    ok: (x) => typeof x === 'string' && NAME.test(x),
    want: 'use a letter and then up to 63 letters, digits or signs of "_", ".", "+", "-"',
  },
  {
    of: 'rule',
    key: 'needsFeedback',
    ok: (x) => typeof x === 'boolean',
    want: 'use true or false: whether a problem with this rule must give F',
  },
  {
    of: 'rule',
    key: 'signal',
    ok: (x) => typeof x === 'function',
    want: 'use a function (v, F, f) that writes f',
  },
  {
    of: 'rule',
    key: 'sends',
    optional: true,
    ok: (x) => x === 'v' || x === 'F',
    want: 'use "v" or "F", or leave it out',
  },

  { of: 'teacher', key: 'T', ...rows },
  { of: 'teacher', key: 'A', ...numbers },
  { of: 'teacher.draw', key: 'M', ...units },
  { of: 'teacher.draw', key: 'N', ...dimension },
  { of: 'teacher.draw', key: 'seed', ...seed },
  { of: 'teacher.draw', key: 'secondLayer', ...secondLayer },

  { of: 'student', key: 'Q', ...rows },
  { of: 'student', key: 'R', ...rows },
  { of: 'student', key: 'v', ...numbers },
  { of: 'student.draw', key: 'K', ...units },
  { of: 'student.draw', key: 'N', ...dimension },
  { of: 'student.draw', key: 'sigma', ...rate },
  { of: 'student.draw', key: 'seed', ...seed },
  { of: 'student.draw', key: 'secondLayer', ...secondLayer },

  { of: 'feedback', key: 'draw', ...oneOf(Object.keys(feedbackLaws)) },
  { of: 'feedback', key: 'seed', optional: true, ...seed },

  { of: 'alpha', key: 'from', ok: atLeastZero, want: 'use a finite number, zero or more' },
  { of: 'alpha', key: 'to', ok: atLeastZero, want: 'use a finite number above "from"' },
  {
    of: 'alpha',
    key: 'points',
    ok: integerIn(2, MAX_POINTS),
    want: `use a whole number from 2 to ${MAX_POINTS}`,
  },
  { of: 'alpha', key: 'scale', optional: true, ...oneOf(['log', 'linear']) },
];

const drawn = (part: 'teacher' | 'student') => (p: Any) => p[part].draw !== undefined;
const given = (part: 'teacher' | 'student') => (p: Any) => p[part].draw === undefined;
const bothDrawn = (p: Any): boolean => drawn('teacher')(p) && drawn('student')(p);
const bothGiven = (p: Any): boolean => given('teacher')(p) && given('student')(p);
const sizeM = (p: Any): number => (drawn('teacher')(p) ? p.teacher.draw.M : p.teacher.A.length);
const sizeK = (p: Any): number => (drawn('student')(p) ? p.student.draw.K : p.student.v.length);

function shape(path: string, value: Any, height: number, width: number, why: string) {
  const bad = value.find((row: Any) => row.length !== width);
  if (value.length === height && bad === undefined) return undefined;
  const found =
    bad === undefined ? `${value.length} rows` : `${value.length} rows, one of ${bad.length} numbers`;
  return { path, found, want: `use ${height} rows of ${width} numbers (${why})` };
}

function asymmetry(path: string, X: number[][]) {
  for (let i = 0; i < X.length; i++)
    for (let j = 0; j < i; j++)
      if (
        Math.abs(X[i][j] - X[j][i]) >
        1e-12 * Math.max(Math.abs(X[i][j]), Math.sqrt(Math.abs(X[i][i] * X[j][j])))
      )
        return {
          path,
          found: `${X[j][i]} in row ${j + 1}, column ${i + 1} but ${X[i][j]} in row ${i + 1}, column ${j + 1}`,
          want: 'use a symmetric matrix',
        };
  return undefined;
}

function negativeVariance(path: string, X: number[][]) {
  const i = X.findIndex((row, k) => row[k] < 0);
  return i < 0
    ? undefined
    : { path, found: `${X[i][i]} on the diagonal`, want: 'a squared length is zero or more' };
}

/** A pair with |C_ij|² > C_ii C_jj is named; a fault that no pair shows is reported as such. */
function indefinite(path: string, C: number[][], name: (i: number, j: number) => string, what: string) {
  const n = C.length;
  const largest = Math.max(...C.map((row, i) => row[i]));
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const bound = Math.sqrt(C[i][i] * C[j][j]);
      if (Math.abs(C[i][j]) > bound * (1 + 1e-9) + 1e-14 * largest)
        return {
          path,
          found: `${name(j, i)} = ${C[i][j]}`,
          want: `no two vectors have that overlap: its size can be at most √(${name(j, j)}·${name(i, i)}) = ${bound}`,
        };
    }
  const flat = Float64Array.from(C.flat());
  if (isPositive(flat, n, POSITIVE_TOLERANCE)) return undefined;
  return {
    path,
    found: `${what} that is not positive semidefinite (its smallest eigenvalue is ${negativePart(flat, n).toPrecision(2)} of the largest squared length)`,
    want: 'no weights have these overlaps together; compute them from weights as Q = WWᵀ/N, R = WW̃ᵀ/N, T = W̃W̃ᵀ/N',
  };
}

/** Q_1_2, R_1_2 or T_1_2 for an element of [[Q,R],[Rᵀ,T]] with i ≤ j. */
const fieldName = (K: number) => (i: number, j: number) =>
  j < K ? `Q_${i + 1}_${j + 1}` : i < K ? `R_${i + 1}_${j - K + 1}` : `T_${i - K + 1}_${j - K + 1}`;

/** Q, R and v fit each other and the teacher. */
export function studentShape(p: Any) {
  const { Q, R, v } = p.student;
  return (
    shape('student.Q', Q, v.length, v.length, 'one row and column for each number of student.v') ??
    shape(
      'student.R',
      R,
      v.length,
      sizeM(p),
      'one row for each student unit, one column for each teacher unit',
    ) ??
    asymmetry('student.Q', Q) ??
    negativeVariance('student.Q', Q)
  );
}

export const RELATIONS: readonly Relation[] = [
  {
    when: given('teacher'),
    fails: ({ teacher: { T, A } }) =>
      shape('teacher.T', T, A.length, A.length, 'one row and column for each number of teacher.A') ??
      asymmetry('teacher.T', T) ??
      negativeVariance('teacher.T', T) ??
      indefinite('teacher.T', T, fieldName(0), 'a matrix'),
  },
  {
    when: given('student'),
    fails: studentShape,
  },
  {
    when: drawn('teacher'),
    fails: ({ teacher: { draw } }) =>
      draw.N < draw.M
        ? { path: 'teacher.draw.N', found: draw.N, want: `use at least M = ${draw.M}` }
        : undefined,
  },
  {
    when: bothDrawn,
    fails: (p) =>
      p.student.draw.N !== p.teacher.draw.N
        ? {
            path: 'student.draw.N',
            found: p.student.draw.N,
            want: `use ${p.teacher.draw.N}, as in teacher.draw.N: their weights live in the same space`,
          }
        : undefined,
  },
  {
    when: drawn('student'),
    fails: (p) =>
      p.student.draw.N < sizeK(p) + sizeM(p)
        ? {
            path: 'student.draw.N',
            found: p.student.draw.N,
            want: `use at least K + M = ${sizeK(p) + sizeM(p)}`,
          }
        : undefined,
  },
  {
    when: (p) => drawn('teacher')(p) && given('student')(p),
    fails: () => ({
      path: 'student',
      found: 'overlaps R with a teacher that is drawn',
      want: 'give teacher.T and teacher.A, or draw the student too',
    }),
  },
  {
    when: bothGiven,
    fails: ({ teacher: { T }, student: { Q, R } }) => {
      const C = [
        ...Q.map((row: number[], k: number) => [...row, ...R[k]]),
        ...T.map((row: number[], m: number) => [...R.map((r: number[]) => r[m]), ...row]),
      ];
      return indefinite('student', C, fieldName(Q.length), '[[Q,R],[Rᵀ,T]]');
    },
  },
  {
    when: (p) => isObject(p.rule),
    fails: ({ rule }) => {
      const { name, sends, needsFeedback } = rule;
      if (Object.hasOwn(rules, name) && rules[name] !== rule)
        return {
          path: 'rule.name',
          found: name,
          want: `it is built in; use another name, or rule: "${name}"`,
        };
      return sends === 'F' && !needsFeedback
        ? { path: 'rule.needsFeedback', found: false, want: 'use true: the rule sends "F"' }
        : undefined;
    },
  },
  {
    when: (p) => p.feedback === undefined,
    fails: (p) =>
      ruleOf(p.rule).needsFeedback
        ? {
            path: 'feedback',
            found: undefined,
            want: `rule "${ruleName(p.rule)}" needs it: ${sizeK(p)} numbers, or { "draw": "normal", "seed": 1 }`,
          }
        : undefined,
  },
  {
    when: (p) => Array.isArray(p.feedback),
    fails: (p) =>
      p.feedback.length !== sizeK(p)
        ? {
            path: 'feedback',
            found: `${p.feedback.length} numbers`,
            want: `use ${sizeK(p)}, one for each student unit`,
          }
        : undefined,
  },
  {
    when: (p) => isObject(p.feedback),
    fails: (p) => {
      const { draw, seed } = p.feedback;
      if (feedbackLaws[draw as keyof typeof feedbackLaws].needsSeed && seed === undefined)
        return { path: 'feedback.seed', found: undefined, want: `"${draw}" is random: give a seed` };
      if (draw !== 'orthogonal') return undefined;
      if (sizeK(p) !== sizeM(p))
        return {
          path: 'feedback.draw',
          found: draw,
          want: `orthogonal to A needs K = M, here K = ${sizeK(p)} and M = ${sizeM(p)}`,
        };
      if (sizeK(p) === 1)
        return { path: 'feedback.draw', found: draw, want: 'with one unit nothing is orthogonal to A' };
      return given('teacher')(p) && p.teacher.A.every((a: number) => a === 0)
        ? {
            path: 'feedback.draw',
            found: draw,
            want: 'teacher.A is zero: every F is orthogonal to it, use "normal"',
          }
        : undefined;
    },
  },
  {
    when: (p) => Array.isArray(p.alpha),
    fails: ({ alpha }) => {
      if (alpha[0] < 0) return { path: 'alpha[0]', found: alpha[0], want: 'time starts at 0' };
      const i = alpha.findIndex((a: number, j: number) => j > 0 && !(a > alpha[j - 1]));
      return i < 0
        ? undefined
        : { path: `alpha[${i}]`, found: `${alpha[i]} after ${alpha[i - 1]}`, want: 'use increasing times' };
    },
  },
  {
    when: (p) => isObject(p.alpha),
    fails: ({ alpha: { from, to, scale = 'log' } }) => {
      if (!(to > from)) return { path: 'alpha.to', found: to, want: `use a number above "from" = ${from}` };
      return scale === 'log' && from === 0
        ? { path: 'alpha.from', found: 0, want: 'a log scale starts above 0; or use "scale": "linear"' }
        : undefined;
    },
  },
];
