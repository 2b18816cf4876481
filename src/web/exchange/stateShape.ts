import { activations, rules } from '../../index.ts';
import {
  either,
  flag,
  isFiniteNumber,
  isObject,
  listOf,
  number,
  oneOf,
  optional,
  record,
  text,
  value,
  whole,
} from '../../support/check.ts';
import { MOST_UNITS, RANGES } from '../state/state.ts';

/*
 * What an address may hold, as a table: enough for every part of the page to show it. Whether the problem can be solved
 * is for `resolveProblem` to say.
 */

/** Times that the page has room for. */
export const MOST_TIMES = 5000;

const units = whole(1, MOST_UNITS, ' units: the page has room for no more, the command line has');
const vector = listOf(number, 1, MOST_UNITS, 'unit');
const matrix = listOf(vector, 1, MOST_UNITS, 'unit');
const isDrawn = (part: unknown): boolean => isObject(part) && 'draw' in part;
const secondLayer = optional(text);

/** A problem that the page has room for. */
export const checkProblem = record({
  activation: oneOf(Object.keys(activations)),
  rule: oneOf(Object.keys(rules)),
  learningRate: number,
  secondLayerRate: optional(number),
  noise: optional(number),
  weightDecay: optional(listOf(number, 2, 2, 'number')),
  trainSecondLayer: optional(flag),
  teacher: either(
    isDrawn,
    record({ draw: record({ M: units, N: number, seed: number, secondLayer }) }),
    record({ T: matrix, A: vector }),
  ),
  student: either(
    isDrawn,
    record({ draw: record({ K: units, N: number, sigma: number, seed: number, secondLayer }) }),
    record({ Q: matrix, R: matrix, v: vector }),
  ),
  feedback: optional(either(isObject, record({ draw: text, seed: optional(number) }), vector)),
  alpha: either(
    Array.isArray,
    listOf(number, 1, MOST_TIMES, 'time'),
    record({
      from: number,
      to: number,
      points: value((it) => isFiniteNumber(it) && it <= MOST_TIMES, `use a number up to ${MOST_TIMES}`),
      scale: optional(text),
    }),
  ),
});

/** The settings of students, in the ranges that `simulate` takes. */
export const checkStudents = record({
  N: whole(RANGES.N.least, RANGES.N.most),
  runs: whole(RANGES.runs.least, RANGES.runs.most),
  seed: whole(RANGES.seed.least, RANGES.seed.most),
  student: oneOf(['trained', 'projected']),
  backend: oneOf(['auto', 'cpu', 'gpu']),
});

/** The state, and beside it how students were trained. */
export const checkLinked = record({
  problem: checkProblem,
  v: optional(vector),
  students: checkStudents,
  trained: optional(checkStudents),
  view: record({
    alpha: optional(number),
    pair: listOf(whole(0, MOST_UNITS - 1), 2, 2, 'unit'),
  }),
});
