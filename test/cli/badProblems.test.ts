import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plearnToCsv, plearnToJson } from '../../src/report/tables/index.ts';
import { plearn } from '../../src/shallow/plearn/index.ts';
import { smallProblem } from '../support/problems.ts';
import { alignode } from '../support/world.ts';

// biome-ignore lint/suspicious/noExplicitAny: these problems are wrong on purpose
type Any = any;
const drawnStudent = { draw: { K: 2, N: 500, sigma: 0.01, seed: 8 } };
const drawnTeacher = { draw: { M: 2, N: 500, seed: 7 } };

/** What is done to a good problem, the path that the refusal must name, and the remedy it must offer. */
const CHANGES: [what: string, path: string, remedy: string, change: (p: Any) => unknown][] = [
  ['a misspelt key', 'learningrate', 'did you mean "learningRate"?', (p) => ({ ...p, learningrate: 1 })],
  [
    'a key of characters that a terminal obeys',
    '\\u001b[2J\\u009b\\u202e',
    'found "\\u001b[1m\\u200f"; there is no such key',
    (p) => ({ ...p, '\u001b[2J\u009b\u202e': '\u001b[1m\u200f' }),
  ],
  ['an unknown key', 'momentum', 'the keys are', (p) => ({ ...p, momentum: 0.9 })],
  ['no activation', 'activation', '"erf", "linear", "relu"', (p) => ({ ...p, activation: undefined })],
  ['an unknown activation', 'activation', 'found "tanh"; use one of', (p) => ({ ...p, activation: 'tanh' })],
  [
    'an activation in other letters',
    'activation',
    'use one of "erf", "linear", "relu" (did you mean "relu"?); docs/limits.md says',
    (p) => ({ ...p, activation: 'ReLU' }),
  ],
  [
    'a rule that is like another',
    'rule',
    '"dfa" (did you mean "dfa"?), or in a program',
    (p) => ({ ...p, rule: 'fa' }),
  ],
  ['a single number of feedback', 'feedback', 'found 1 number; use 2', (p) => ({ ...p, feedback: [1] })],
  [
    'a single row of T',
    'teacher.T',
    'found 1 row; use 2 rows',
    (p) => ({ ...p, teacher: { ...p.teacher, T: [[1, 0]] } }),
  ],
  ['an activation of the prototype', 'activation', 'use one of', (p) => ({ ...p, activation: 'toString' })],
  ['an unknown rule', 'rule', '"bp", "dfa"', (p) => ({ ...p, rule: 'fa' })],
  [
    'no learning rate',
    'learningRate',
    'found nothing; use a finite number',
    (p) => ({ ...p, learningRate: undefined }),
  ],
  ['a negative learning rate', 'learningRate', 'zero or more', (p) => ({ ...p, learningRate: -0.1 })],
  ['a learning rate in quotes', 'learningRate', 'found "0.1"', (p) => ({ ...p, learningRate: '0.1' })],
  ['a null learning rate', 'learningRate', 'found null', (p) => ({ ...p, learningRate: null })],
  ['an infinite rate', 'secondLayerRate', 'use a finite number', (p) => ({ ...p, secondLayerRate: '1e999' })],
  ['negative noise', 'noise', 'zero or more', (p) => ({ ...p, noise: -1 })],
  ['one weight decay', 'weightDecay', 'two finite numbers', (p) => ({ ...p, weightDecay: [0.1] })],
  ['negative weight decay', 'weightDecay', 'two finite numbers', (p) => ({ ...p, weightDecay: [0, -1] })],
  [
    'a number for a truth value',
    'trainSecondLayer',
    'use true or false',
    (p) => ({ ...p, trainSecondLayer: 1 }),
  ],
  ['no teacher', 'teacher', 'use { "T"', (p) => ({ ...p, teacher: undefined })],
  ['a teacher that is a list', 'teacher', 'found [1,1]', (p) => ({ ...p, teacher: [1, 1] })],
  ['a teacher without A', 'teacher.A', 'use a list', (p) => ({ ...p, teacher: { T: [[1]] } })],
  ['an empty teacher', 'teacher.T', 'use a list of 1', (p) => ({ ...p, teacher: { T: [], A: [] } })],
  [
    'a teacher of the wrong shape',
    'teacher.T',
    'use 2 rows of 2 numbers',
    (p) => ({ ...p, teacher: { T: [[1, 0]], A: [1, 1] } }),
  ],
  [
    'a ragged T',
    'teacher.T',
    'one of 1 number; use 2 rows',
    (p) => ({ ...p, teacher: { T: [[1, 0], [0]], A: [1, 1] } }),
  ],
  [
    'a word in T',
    'teacher.T[0][1]',
    'found "x"; use a finite number',
    (p) => ({
      ...p,
      teacher: {
        T: [
          [1, 'x'],
          [0, 1],
        ],
        A: [1, 1],
      },
    }),
  ],
  [
    'a list with a hole',
    'alpha[1]',
    'found null; use a finite number',
    (p) => ({ ...p, alpha: [1, undefined, 2] }),
  ],
  [
    'an asymmetric T',
    'teacher.T',
    'use a symmetric matrix',
    (p) => ({
      ...p,
      teacher: {
        T: [
          [1, 0.5],
          [0, 1],
        ],
        A: [1, 1],
      },
    }),
  ],
  [
    'an impossible T',
    'teacher.T',
    'T_1_2 = 2',
    (p) => ({
      ...p,
      teacher: {
        T: [
          [1, 2],
          [2, 1],
        ],
        A: [1, 1],
      },
    }),
  ],
  [
    'a negative length',
    'teacher.T',
    'a squared length is zero or more',
    (p) => ({
      ...p,
      teacher: {
        T: [
          [-1, 0],
          [0, 1],
        ],
        A: [1, 1],
      },
    }),
  ],
  ['both T and draw', 'teacher', 'not both', (p) => ({ ...p, teacher: { ...p.teacher, ...drawnTeacher } })],
  [
    'a null draw',
    'teacher.draw',
    'use { "M", "N"',
    (p) => ({ ...p, teacher: { draw: null }, student: drawnStudent }),
  ],
  [
    'a drawn teacher without units',
    'teacher.draw.M',
    'whole number',
    (p) => ({ ...p, teacher: { draw: { N: 5, seed: 1 } }, student: drawnStudent }),
  ],
  [
    'a drawn teacher too small for its space',
    'teacher.draw.N',
    'at least M = 3',
    (p) => ({
      ...p,
      teacher: { draw: { M: 3, N: 2, seed: 1 } },
      student: { draw: { K: 2, N: 2, sigma: 1, seed: 1 } },
    }),
  ],
  [
    'a given student of a drawn teacher',
    'student',
    'draw the student too',
    (p) => ({ ...p, teacher: drawnTeacher }),
  ],
  [
    'an unknown second layer',
    'teacher.draw.secondLayer',
    '"ones", "normal"',
    (p) => ({
      ...p,
      teacher: { draw: { M: 2, N: 5, seed: 1, secondLayer: 'zeros' } },
      student: drawnStudent,
    }),
  ],
  ['a student without v', 'student.v', 'use a list', (p) => ({ ...p, student: { Q: [[1]], R: [[0, 0]] } })],
  [
    'R with the teacher’s units missing',
    'student.R',
    'use 2 rows of 2 numbers',
    (p) => ({ ...p, student: { ...p.student, R: [[0], [0]] } }),
  ],
  [
    'Q with a unit too many',
    'student.Q',
    'use 2 rows of 2 numbers',
    (p) => ({
      ...p,
      student: {
        ...p.student,
        Q: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
    }),
  ],
  [
    'an overlap too large',
    'student',
    'R_1_1 = 5',
    (p) => ({
      ...p,
      student: {
        ...p.student,
        R: [
          [5, 0],
          [0, 0],
        ],
      },
    }),
  ],
  [
    'overlaps that no pair shows to be impossible',
    'student',
    'not positive semidefinite',
    (p) => ({
      ...p,
      student: {
        Q: [
          [1, 0],
          [0, 1],
        ],
        R: [
          [0.8, 0.8],
          [0, 0],
        ],
        v: [1, 1],
      },
    }),
  ],
  [
    'a tiny student who overlaps too much',
    'student',
    'R_1_1 = 0.000008',
    (p) => ({
      ...p,
      student: {
        Q: [
          [1e-12, 0],
          [0, 1e-12],
        ],
        R: [
          [8e-6, 0],
          [0, 0],
        ],
        v: [1, 1],
      },
    }),
  ],
  [
    'a drawn student without sigma',
    'student.draw.sigma',
    'zero or more',
    (p) => ({ ...p, student: { draw: { K: 2, N: 500, seed: 1 } } }),
  ],
  [
    'a fractional seed',
    'student.draw.seed',
    'whole number',
    (p) => ({ ...p, student: { draw: { K: 2, N: 500, sigma: 1, seed: 1.5 } } }),
  ],
  [
    'too many units',
    'student.draw.K',
    'from 1 to 512',
    (p) => ({ ...p, student: { draw: { K: 1e6, N: 1e9, sigma: 1, seed: 1 } } }),
  ],
  [
    'N below K + M',
    'student.draw.N',
    'at least K + M = 4',
    (p) => ({ ...p, student: { draw: { K: 2, N: 3, sigma: 1, seed: 1 } } }),
  ],
  [
    'two spaces of different size',
    'student.draw.N',
    'use 500',
    (p) => ({ ...p, teacher: drawnTeacher, student: { draw: { K: 2, N: 400, sigma: 1, seed: 1 } } }),
  ],
  ['DFA without feedback', 'feedback', 'rule "dfa" needs it', (p) => ({ ...p, feedback: undefined })],
  ['feedback of the wrong length', 'feedback', 'use 2, one for each', (p) => ({ ...p, feedback: [1, 2, 3] })],
  [
    'an unknown law of feedback',
    'feedback.draw',
    '"matched"',
    (p) => ({ ...p, feedback: { draw: 'gaussian', seed: 1 } }),
  ],
  [
    'random feedback without a seed',
    'feedback.seed',
    'give a seed',
    (p) => ({ ...p, feedback: { draw: 'normal' } }),
  ],
  [
    'feedback orthogonal to A for K ≠ M',
    'feedback.draw',
    'K = M',
    (p) => ({
      ...p,
      student: { draw: { K: 3, N: 500, sigma: 1, seed: 1 } },
      feedback: { draw: 'orthogonal', seed: 1 },
    }),
  ],
  ['no times', 'alpha', 'use a list', (p) => ({ ...p, alpha: [] })],
  ['times that go back', 'alpha[2]', 'use increasing times', (p) => ({ ...p, alpha: [0, 2, 1] })],
  ['a negative time', 'alpha[0]', 'time starts at 0', (p) => ({ ...p, alpha: [-1, 1] })],
  ['a log grid from 0', 'alpha.from', 'log scale', (p) => ({ ...p, alpha: { from: 0, to: 1, points: 5 } })],
  [
    'a grid that goes back',
    'alpha.to',
    'above "from"',
    (p) => ({ ...p, alpha: { from: 2, to: 1, points: 5 } }),
  ],
  ['a grid of one point', 'alpha.points', 'from 2', (p) => ({ ...p, alpha: { from: 1, to: 2, points: 1 } })],
  [
    'an unknown scale',
    'alpha.scale',
    '"log", "linear"',
    (p) => ({ ...p, alpha: { from: 1, to: 2, points: 3, scale: 'sqrt' } }),
  ],
  ['a list for a problem', 'problem', 'use an object', () => [1, 2]],
  ['a number for a problem', 'problem', 'found 3', () => 3],
];

const learned = await plearn({ K: [2, 3], M: 2, runs: 0 });

const FILES: [what: string, content: string, message: string][] = [
  ['an empty file', '', 'it is empty'],
  [
    'broken JSON',
    '{ "activation": "erf", ',
    'it is not JSON: line 1, column 24: found the end; use a key in double quotes; the line is { "activation": "erf",',
  ],
  [
    'NaN in JSON',
    '{ "noise": 0,\n  "learningRate": NaN }',
    'it is not JSON: line 2, column 19: found "NaN }"; use a value; the line is "learningRate": NaN }',
  ],
  [
    'a fault in the head of an output',
    '# alignode 0.2.0\n# problem { "noise": 0x1 }\nalpha,eg\n',
    'it is not JSON: line 2, column 23: found "x1 }"; use a comma or }; the line is { "noise": 0x1 }',
  ],
  [
    'the CSV of another command',
    [...plearnToCsv(learned)].join(''),
    'it is the CSV of plearn; give a problem',
  ],
  ['the JSON of another command', [...plearnToJson(learned)].join(''), 'it is the JSON of plearn; give a'],
  ['a table without its head', 'alpha,eg,R_1_1\n0,1,0\n', 'it is a table without its head (--header none'],
  ['a report', '<!doctype html>\n<p>1</p>', 'it is a page or a picture; give a problem'],
  ['a binary file', '\u0000\u0001\u0002', 'it is not JSON'],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function refused(content: string): Promise<string> {
  writeFileSync(join(folder, 'problem.json'), content);
  const { code, stdout, stderr } = await alignode(
    'integrate',
    join(folder, 'problem.json'),
    '--out',
    join(folder, 'curve.csv'),
  );
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(readdirSync(folder)).toEqual(['problem.json']);
  return stderr;
}

describe('a malformed problem is refused with its key and a remedy, and nothing is written', () => {
  it.each(CHANGES)('%s', async (_what, path, remedy, change) => {
    const message = await refused(JSON.stringify(change(smallProblem())));
    expect(message).toMatch(/^alignode: .*; .*\n$/s);
    expect(message.slice('alignode: '.length).startsWith(`${path}: found `), message).toBe(true);
    expect(message).toContain(remedy);
  });

  it.each(FILES)('%s', async (_what, content, message) => {
    expect(await refused(content)).toContain(message);
  });
});
