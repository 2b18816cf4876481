import { element } from '../dom/element.ts';
import type { Cursor, TheorySeen } from '../scene.ts';
import { type HeatTable, heatTable, largest, placesFor, unitNames } from './heatTable.ts';
import type { View } from './view.ts';

/** One table of the card. Adding one is one entry. */
interface Table {
  caption: string;
  rows(units: { K: number; M: number; F: boolean }): string[];
  columns: 'K' | 'M';
  at(theory: TheorySeen, cursor: Cursor): number[][];
  /** All that is coloured to one scale with it. */
  scale: 'overlaps' | 'weights';
}

const TABLES: readonly Table[] = [
  {
    caption: 'R, student (row) and teacher',
    rows: ({ K }) => unitNames(K),
    columns: 'M',
    at: ({ curve }, { index }) => curve.R[index],
    scale: 'overlaps',
  },
  {
    caption: 'Q, student and student',
    rows: ({ K }) => unitNames(K),
    columns: 'K',
    at: ({ curve }, { index }) => curve.Q[index],
    scale: 'overlaps',
  },
  {
    caption: 'T, teacher and teacher',
    rows: ({ M }) => unitNames(M),
    columns: 'M',
    at: ({ problem }) => problem.teacher.T,
    scale: 'overlaps',
  },
  {
    caption: 'Student’s weights',
    rows: ({ F }) => (F ? ['v', 'F'] : ['v']),
    columns: 'K',
    at: ({ curve, problem: { feedback } }, { index }) => [curve.v[index], ...(feedback ? [feedback] : [])],
    scale: 'weights',
  },
  {
    caption: 'Teacher’s weights',
    rows: () => ['A'],
    columns: 'M',
    at: ({ problem }) => [problem.teacher.A],
    scale: 'weights',
  },
];

/**
 * What the deepest colour stands for: the largest that there is on the curve, so that colours keep their meaning as the
 * cursor moves.
 */
const scalesOf = ({
  curve,
  problem: { teacher, feedback = [] },
}: TheorySeen): Record<Table['scale'], number> => ({
  overlaps: largest([teacher.T, ...curve.Q, ...curve.R]),
  weights: largest([teacher.A, feedback, ...curve.v]),
});

/** The order parameters at the cursor. */
export const matricesView: View = {
  id: 'matrices',
  title: 'At the cursor',
  help: 'The order parameters at the time of the cursor: blue is positive, orange negative, the deeper the larger. Once a student unit has become a teacher unit its row of R has one large entry.',
  book: 'model.html#order-parameters',
  mount: (place) => {
    const box = element('div', { class: 'matrices' });
    place.append(box);
    let tables: HeatTable[] = [];
    let shape = '';
    let scales = { overlaps: 0, weights: 0 };
    return ({ theory, cursor }, changed) => {
      if (!theory || theory.curve.alpha.length === 0) return;
      if (!changed.theory && !changed.look && !changed.cursor) return;
      const { student, teacher, feedback } = theory.problem;
      const units = { K: student.v.length, M: teacher.A.length, F: feedback !== undefined };
      const now = Object.values(units).join();
      if (now !== shape) {
        const places = placesFor(Math.max(units.K, units.M));
        tables = TABLES.map(({ caption, rows, columns }) =>
          heatTable(caption, rows(units), unitNames(units[columns]), places),
        );
        box.replaceChildren(...tables.map(({ table }) => table));
        shape = now;
      }
      if (changed.theory || changed.look) scales = scalesOf(theory);
      TABLES.forEach(({ at, scale }, i) => {
        tables[i].show(at(theory, cursor), scales[scale]);
      });
    };
  },
};
