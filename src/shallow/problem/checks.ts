import { isPositive, negativePart, POSITIVE_TOLERANCE } from '../../numbers/positive.ts';
import { aTimeList, timesFault } from '../../numbers/times.ts';
import {
  type Check,
  either,
  flag,
  isFiniteNumber,
  isObject,
  listOf,
  number,
  oneOf,
  optional,
  record,
  value,
  whole,
} from '../../support/check.ts';
import { show } from '../../support/error.ts';
import { howMany } from '../../support/howMany.ts';
import { type Any, type Relation, shapeOf } from '../../support/relations.ts';
import { activations } from '../gaussian/index.ts';
import { feedbackLaws } from './draw.ts';
import { ruleName, ruleOf, rules } from './rules.ts';

/*
 * What a problem must satisfy, as two tables. PROBLEM says which keys there are and what each may hold by itself;
 * RELATIONS says what must hold between them, once every key is well formed. The first row that fails makes the
 * message: the key's path, what was found, what would do.
 */

const MAX_UNITS = 512;
/** A product of two squared lengths must still be a number. */
const LONGEST = 1e150;
/** And so must that of two output weights with it. */
const HEAVIEST = 1e75;
const rate = value((it) => isFiniteNumber(it) && it >= 0, 'use a finite number, zero or more');
const twoRates = listOf(rate, 2, 2, 'number');
const units = whole(1, MAX_UNITS);
const dimension = whole(1, 1e9);
const seed = whole(0, Number.MAX_SAFE_INTEGER);
const secondLayer = optional(oneOf(['ones', 'normal']));
const vector = listOf(number, 1, MAX_UNITS, 'finite number');
const notTooHeavy = value(
  (it) => Math.abs(it as number) <= HEAVIEST,
  `use a number of size up to ${HEAVIEST}`,
);
const weight: Check = (it) => number(it) ?? notTooHeavy(it);
const outputs = listOf(weight, 1, MAX_UNITS, 'finite number');
const matrix = listOf(vector, 1, MAX_UNITS, 'row of finite numbers');

/** A part of the problem: its overlaps, or how to draw it. */
function drawnOr(given: Check, draw: Check, want: string): Check {
  const drawn = record({ draw });
  return (it) => {
    if (!isObject(it)) return { path: '', found: show(it), want };
    if (!('draw' in it)) return given(it);
    const keys = Object.keys(it);
    return keys.length > 1
      ? { path: '', found: show(keys), want: 'give the overlaps or "draw", not both' }
      : drawn(it);
  };
}

const overlaps = record({ Q: matrix, R: matrix, v: outputs }, { want: 'use { "Q": .., "R": .., "v": .. }' });

/** Names of rules stand in files, and in the words of messages. */
const NAME = /^[A-Za-z][A-Za-z0-9_.+-]{0,63}$/;
const ownRule = record({
  name: value(
    (it) => typeof it === 'string' && NAME.test(it),
    'use a letter and then up to 63 letters, digits or signs of "_", ".", "+", "-"',
  ),
  needsFeedback: value(
    (it) => typeof it === 'boolean',
    'use true or false: whether a problem with this rule must give F',
  ),
  signal: value((it) => typeof it === 'function', 'use a function (v, F, f) that writes f'),
  sends: optional(value((it) => it === 'v' || it === 'F', 'use "v" or "F", or leave it out')),
});

/** Where people are sent who ask for what there is not. */
const LIMITS = 'docs/limits.md says what there is not, and what to do instead';

export const PROBLEM = record(
  {
    activation: oneOf(Object.keys(activations), `; ${LIMITS}`),
    rule: either(
      isObject,
      ownRule,
      oneOf(Object.keys(rules), `, or in a program an object, a rule of your own; ${LIMITS}`),
    ),
    learningRate: rate,
    secondLayerRate: optional(rate),
    noise: optional(rate),
    weightDecay: optional(
      value(
        (it) => twoRates(it) === undefined,
        'use two finite numbers, zero or more: [first layer, second layer]',
      ),
    ),
    trainSecondLayer: optional(flag),
    teacher: drawnOr(
      record({ T: matrix, A: outputs }),
      record({ M: units, N: dimension, seed, secondLayer }),
      'use { "T": .., "A": .. } or { "draw": { .. } }',
    ),
    student: drawnOr(
      overlaps,
      record({ K: units, N: dimension, sigma: rate, seed, secondLayer }),
      'use { "Q": .., "R": .., "v": .. } or { "draw": { .. } }',
    ),
    feedback: optional(
      either(
        isObject,
        record({ draw: oneOf(Object.keys(feedbackLaws)), seed: optional(seed) }),
        either(
          Array.isArray,
          outputs,
          value(
            () => false,
            'use a list of finite numbers, one for each student unit, or { "draw": "normal", "seed": 1 }',
          ),
        ),
      ),
    ),
    alpha: aTimeList,
  },
  { want: 'use an object with the keys of a problem', elsewhere: LIMITS },
);

/** A student by itself, such as a point of a curve. */
export const STUDENT = record({ student: overlaps });

const drawn = (part: 'teacher' | 'student') => (p: Any) => p[part].draw !== undefined;
const given = (part: 'teacher' | 'student') => (p: Any) => p[part].draw === undefined;
const bothDrawn = (p: Any): boolean => drawn('teacher')(p) && drawn('student')(p);
const bothGiven = (p: Any): boolean => given('teacher')(p) && given('student')(p);
const sizeM = (p: Any): number => (drawn('teacher')(p) ? p.teacher.draw.M : p.teacher.A.length);
const sizeK = (p: Any): number => (drawn('student')(p) ? p.student.draw.K : p.student.v.length);

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

function wrongLength(path: string, X: number[][]) {
  const found = X.map((row, k) => row[k]).find((square) => square < 0 || square > LONGEST);
  return found === undefined
    ? undefined
    : {
        path,
        found: `${found} on the diagonal`,
        want: found < 0 ? 'a squared length is zero or more' : `use squared lengths up to ${LONGEST}`,
      };
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
    shapeOf('student.Q', Q, v.length, v.length, 'one row and column for each number of student.v') ??
    shapeOf(
      'student.R',
      R,
      v.length,
      sizeM(p),
      'one row for each student unit, one column for each teacher unit',
    ) ??
    asymmetry('student.Q', Q) ??
    wrongLength('student.Q', Q)
  );
}

export const RELATIONS: readonly Relation[] = [
  {
    when: given('teacher'),
    fails: ({ teacher: { T, A } }) =>
      shapeOf('teacher.T', T, A.length, A.length, 'one row and column for each number of teacher.A') ??
      asymmetry('teacher.T', T) ??
      wrongLength('teacher.T', T) ??
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
            want: `rule "${ruleName(p.rule)}" needs it: ${howMany(sizeK(p), 'number')}, or { "draw": "normal", "seed": 1 }`,
          }
        : undefined,
  },
  {
    when: (p) => Array.isArray(p.feedback),
    fails: (p) =>
      p.feedback.length !== sizeK(p)
        ? {
            path: 'feedback',
            found: howMany(p.feedback.length, 'number'),
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
  { fails: ({ alpha }) => timesFault('alpha', alpha) },
];
