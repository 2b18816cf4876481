import type { Student } from '../../index.ts';
import {
  dimensionOf,
  drawStudent,
  giveStudent,
  replaced,
  studentDraw,
  studentGiven,
  withDimension,
  withoutV,
  withProblem,
  withV,
} from '../state/edit.ts';
import { drawnNow } from '../state/resolved.ts';
import type { State } from '../state/state.ts';
import { subscript } from '../views/numbers.ts';
import type { Group } from './control.ts';
import { log } from './scale.ts';
import { attempted, DIMENSION, SEED } from './words.ts';

const isGiven = (state: State): boolean => studentGiven(state) !== undefined;
const isDrawn = (state: State): boolean => !isGiven(state);

const withStudent = (state: State, part: Partial<Student>): State =>
  withProblem(state, { student: { Q: [], R: [], v: [], ...studentGiven(state), ...part } });

const startingV = (state: State): readonly number[] | undefined =>
  state.v ?? studentGiven(state)?.v ?? drawnNow(state)?.student.v;

export const student: Group = {
  id: 'student',
  title: 'Student at the start',
  controls: [
    {
      kind: 'choice',
      id: 'studentMode',
      label: 'The student’s weights are',
      help: 'Drawn, independent normal numbers of standard deviation σ₀; or given by their overlaps Q, R, which needs a teacher that is given.',
      book: 'problem.html#drawn-instead-of-given',
      paths: ['student.draw'],
      options: [
        ['drawn', 'drawn'],
        ['given', 'given'],
      ],
      get: (state) => (isGiven(state) ? 'given' : 'drawn'),
      set: (state, mode, { say }) =>
        mode === 'given' ? attempted(state, giveStudent, say) : withoutV(drawStudent(state)),
    },
    {
      kind: 'number',
      id: 'sigma',
      label: 'Initial scale σ₀',
      help: 'The standard deviation of every weight at the start, in both layers. From small ones a student has to find a direction first: it comes to the plateau.',
      book: 'model.html#a-curve-and-its-phases',
      paths: ['student.draw.sigma'],
      scale: log(1e-4, 2, { zero: true }),
      shown: isDrawn,
      get: (state) => studentDraw(state)?.sigma,
      set: (state, sigma) => drawStudent(state, { sigma }),
    },
    {
      kind: 'number',
      id: 'studentSeed',
      label: 'Student seed',
      paths: ['student.draw.seed'],
      whole: SEED,
      next: true,
      shown: isDrawn,
      get: (state) => studentDraw(state)?.seed,
      set: (state, seed) => drawStudent(state, { seed }),
    },
    {
      kind: 'number',
      id: 'studentN',
      label: 'Inputs N of the draw',
      help: 'In how many dimensions the start is drawn: the larger, the smaller are the overlaps R of which the student can make something.',
      book: 'problem.html#drawn-instead-of-given',
      paths: ['student.draw.N'],
      whole: DIMENSION,
      shown: isDrawn,
      get: dimensionOf,
      set: withDimension,
    },
    {
      kind: 'choice',
      id: 'studentSecondLayer',
      label: 'Output weights v of the draw',
      paths: ['student.draw.secondLayer'],
      options: [
        ['normal', 'normal'],
        ['ones', 'all 1'],
      ],
      shown: (state) => isDrawn(state) && state.v === undefined,
      get: (state) => studentDraw(state)?.secondLayer ?? 'normal',
      set: (state, kind) => drawStudent(state, { secondLayer: kind as 'ones' | 'normal' }),
    },
    {
      kind: 'list',
      id: 'v',
      label: 'Starting output weights v',
      help: 'A number that is typed, or an arrow that is dragged in the plane of output weights, takes the place of what is drawn.',
      book: 'model.html#teacher-and-student',
      paths: ['student.v'],
      short: (k) => `v${subscript(k + 1)}`,
      name: (k) => `starting output weight v of student unit ${k + 1}`,
      get: startingV,
      set: (state, k, value) => withV(state, replaced(startingV(state) ?? [], k, value)),
    },
    {
      kind: 'action',
      id: 'drawnV',
      label: 'Back to the v that is drawn',
      shown: (state) => isDrawn(state) && state.v !== undefined,
      act: withoutV,
    },
    {
      kind: 'matrix',
      id: 'Q',
      label: 'Overlaps Q',
      help: 'Q_kl = W_k·W_l/N: squared lengths of the student’s weight vectors on the diagonal, scalar products of pairs beside it.',
      book: 'model.html#order-parameters',
      paths: ['student.Q', 'student'],
      name: (k, l) =>
        k === l
          ? `squared length Q of student unit ${k + 1}`
          : `overlap Q of student units ${k + 1} and ${l + 1}`,
      shown: isGiven,
      get: (state) => studentGiven(state)?.Q,
      set: (state, i, j, value) =>
        withStudent(state, {
          Q: (studentGiven(state)?.Q ?? []).map((row, k) =>
            row.map((old, l) => ((k === i && l === j) || (k === j && l === i) ? value : old)),
          ),
        }),
    },
    {
      kind: 'matrix',
      id: 'R',
      label: 'Overlaps R with the teacher',
      help: 'R_km = W_k·W̃_m/N: a row for each student unit, a column for each teacher unit.',
      book: 'model.html#order-parameters',
      paths: ['student.R'],
      name: (k, m) => `overlap R of student unit ${k + 1} and teacher unit ${m + 1}`,
      shown: isGiven,
      get: (state) => studentGiven(state)?.R,
      set: (state, k, m, value) => {
        const R = studentGiven(state)?.R ?? [];
        return withStudent(state, { R: replaced(R, k, replaced(R[k] ?? [], m, value)) });
      },
    },
  ],
};
