import type { Teacher } from '../../index.ts';
import {
  dimensionOf,
  drawTeacher,
  drawTeacherAnew,
  giveTeacher,
  replaced,
  studentGiven,
  teacherDraw,
  teacherGiven,
  withDimension,
  withProblem,
} from '../state/edit.ts';
import { drawnNow } from '../state/resolved.ts';
import type { State } from '../state/state.ts';
import { subscript } from '../views/numbers.ts';
import type { Control, Group } from './control.ts';
import { linear } from './scale.ts';
import { attempted, DIMENSION, listed, SEED } from './words.ts';

const isGiven = (state: State): boolean => teacherGiven(state) !== undefined;
const isDrawn = (state: State): boolean => !isGiven(state);

const withTeacher = (state: State, part: Partial<Teacher>): State =>
  withProblem(state, { teacher: { T: [], A: [], ...teacherGiven(state), ...part } });

/** T with changed elements, always symmetric. */
const withT = (state: State, element: (m: number, n: number, old: number) => number): State => {
  const T = teacherGiven(state)?.T ?? [];
  return withTeacher(state, { T: T.map((row, m) => row.map((old, n) => element(m, n, old))) });
};

const drawn: Control[] = [
  {
    kind: 'number',
    id: 'teacherSeed',
    label: 'Teacher seed',
    paths: ['teacher.draw.seed'],
    whole: SEED,
    next: true,
    shown: isDrawn,
    get: (state) => teacherDraw(state)?.seed,
    set: (state, seed) => drawTeacher(state, { seed }),
  },
  {
    kind: 'number',
    id: 'teacherN',
    label: 'Inputs N of the draw',
    help: 'Teacher and student are drawn in as many dimensions. Their overlaps are then like those of students of that N: nearly, not exactly, at right angles.',
    book: 'problem.html#drawn-instead-of-given',
    paths: ['teacher.draw.N'],
    whole: DIMENSION,
    shown: isDrawn,
    get: dimensionOf,
    set: withDimension,
  },
  {
    kind: 'choice',
    id: 'teacherSecondLayer',
    label: 'Output weights A',
    paths: ['teacher.draw.secondLayer'],
    options: [
      ['ones', 'all 1'],
      ['normal', 'normal'],
    ],
    shown: isDrawn,
    get: (state) => teacherDraw(state)?.secondLayer ?? 'ones',
    set: (state, kind) => drawTeacher(state, { secondLayer: kind as 'ones' | 'normal' }),
  },
  {
    kind: 'note',
    id: 'teacherA',
    label: 'A',
    shown: (state) => teacherDraw(state)?.secondLayer === 'normal',
    text: (state) => `A = ${listed(drawnNow(state)?.teacher.A)}`,
  },
];

const given: Control[] = [
  {
    kind: 'list',
    id: 'A',
    label: 'Output weights A',
    help: 'What the teacher’s hidden units count for in its answer.',
    book: 'model.html#teacher-and-student',
    paths: ['teacher.A'],
    scale: linear(-2, 2, 0.01),
    short: (m) => `A${subscript(m + 1)}`,
    name: (m) => `output weight A of teacher unit ${m + 1}`,
    shown: isGiven,
    get: (state) => teacherGiven(state)?.A,
    set: (state, m, value) => withTeacher(state, { A: replaced(teacherGiven(state)?.A ?? [], m, value) }),
  },
  {
    kind: 'number',
    id: 'overlap',
    label: 'Common overlap of the units',
    help: 'Sets T_mn of all pairs m ≠ n at once. At 0 the units are at right angles, at 1 they are all the same if they have length 1.',
    book: 'model.html#order-parameters',
    scale: linear(-1, 1, 0.01),
    shown: (state) => (teacherGiven(state)?.A.length ?? 0) > 1,
    get: (state) => commonOverlap(teacherGiven(state)?.T ?? []),
    set: (state, overlap) => withT(state, (m, n, old) => (m === n ? old : overlap)),
  },
  {
    kind: 'matrix',
    id: 'T',
    label: 'Overlaps T',
    help: 'T_mn = W̃_m·W̃_n/N: squared lengths of the teacher’s weight vectors on the diagonal, scalar products of pairs beside it.',
    book: 'model.html#order-parameters',
    paths: ['teacher.T', 'teacher'],
    name: (m, n) =>
      m === n
        ? `squared length T of teacher unit ${m + 1}`
        : `overlap T of teacher units ${m + 1} and ${n + 1}`,
    shown: isGiven,
    get: (state) => teacherGiven(state)?.T,
    set: (state, i, j, value) =>
      withT(state, (m, n, old) => ((m === i && n === j) || (m === j && n === i) ? value : old)),
  },
];

/** The overlap that all pairs have; that of the first pair where they differ. */
const commonOverlap = (T: readonly (readonly number[])[]): number => T[0]?.[1] ?? 0;

export const teacher: Group = {
  id: 'teacher',
  title: 'Teacher',
  controls: [
    {
      kind: 'choice',
      id: 'teacherMode',
      label: 'The teacher’s weights are',
      help: 'Given by their overlaps, or drawn: independent normal numbers of variance 1. To draw the teacher is to draw the student, too.',
      book: 'problem.html#drawn-instead-of-given',
      paths: ['teacher.draw'],
      options: [
        ['given', 'given'],
        ['drawn', 'drawn'],
      ],
      get: (state) => (isGiven(state) ? 'given' : 'drawn'),
      set: (state, mode, { say }) => {
        if (mode === 'given') return attempted(state, giveTeacher, say);
        if (studentGiven(state))
          say('The student is now drawn, too: overlaps with a drawn teacher cannot be given.');
        return drawTeacherAnew(state);
      },
    },
    ...drawn,
    ...given,
  ],
};
