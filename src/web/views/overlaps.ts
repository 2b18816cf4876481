import type { Series } from '../../draw/index.ts';
import type { Curve, Curves } from '../../index.ts';
import type { StudentsSeen } from '../students/seen.ts';
import { chartView } from './chartView.ts';
import { largest } from './heatTable.ts';
import { alike, meansOf, overTime } from './overTime.ts';
import type { View } from './view.ts';

const HEIGHT = 320;
/** With more names than this in its legend, which is then below it, a chart is higher. */
const FEW = 4;
const HIGH = 400;
/** With more curves than this the points of the students are without their error bars, which would hide them. */
const MANY = 16;
/** Overlaps that are larger than the teacher's by this factor have run away. */
const AWAY = 100;

/** One order parameter, by its place in its matrix, and the colour and name that it shares with others. */
interface Overlap {
  row: number;
  column: number;
  colour: number;
  name: string;
}

/** Of the overlaps that share a colour the first is named. */
function seriesOf(
  matrix: 'Q' | 'R',
  overlaps: readonly Overlap[],
  curve: Curve,
  students: StudentsSeen | undefined,
): Series[] {
  const named = (i: number): boolean => overlaps.findIndex(({ name }) => name === overlaps[i].name) === i;
  const lines = overlaps.map(
    ({ row, column, colour, name }, i): Series => ({
      name,
      x: curve.alpha,
      y: curve[matrix].map((of) => of[row][column]),
      colour,
      silent: !named(i),
    }),
  );
  if (!students) return lines;
  const points = overlaps.map(({ row, column, colour }, i) => {
    const pick = (of: Curves, at: number): number => of[matrix][at][row][column];
    const one = meansOf(students, pick, { colour, silent: i > 0 });
    const { low: _, high: __, ...bare } = one;
    return overlaps.length > MANY ? bare : one;
  });
  return [...lines, ...points];
}

const overlapView = (
  matrix: 'Q' | 'R',
  view: Omit<View, 'mount'>,
  overlapsOf: (units: { K: number; M: number }) => Overlap[],
): View =>
  chartView({
    ...view,
    chart: ({ state, theory, students }) => {
      const { curve, problem } = theory;
      const overlaps = overlapsOf({ K: problem.student.v.length, M: problem.teacher.A.length });
      return {
        ...overTime(state, theory),
        y: {
          label: matrix === 'R' ? 'Rₖₘ' : 'Qₖₗ',
          ...cutAt(AWAY * largest(problem.teacher.T), curve[matrix]),
        },
        series: seriesOf(matrix, overlaps, curve, alike(students, problem)),
        height: new Set(overlaps.map(({ name }) => name)).size > FEW ? HIGH : HEIGHT,
      };
    },
  });

/** Where a curve runs away its axis ends, so that the rest can be seen. */
const cutAt = (most: number, values: number[][][]): { range?: [number, number] } =>
  largest(values) > most ? { range: [-most, most] } : {};

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** How far each student unit goes with each teacher unit. */
export const teacherOverlaps = overlapView(
  'R',
  {
    id: 'R',
    title: 'Overlaps R with the teacher',
    help: 'R_km = W_k · W̃_m / N. One colour for each teacher unit, one curve for each student unit: while curves of two colours lie together, no teacher unit is preferred.',
    book: 'model.html#order-parameters',
  },
  ({ K, M }) =>
    range(K).flatMap((row) =>
      range(M).map((column) => ({
        row,
        column,
        colour: column,
        name: `teacher unit ${column + 1}`,
      })),
    ),
);

/** The lengths of the student's weight vectors, and the angles between them. */
export const studentOverlaps = overlapView(
  'Q',
  {
    id: 'Q',
    title: 'Overlaps Q of the student',
    help: 'Q_kl = W_k · W_l / N: on the diagonal the squared lengths of the weight vectors, beside it the overlaps of different units.',
    book: 'model.html#order-parameters',
  },
  ({ K }) =>
    range(K).flatMap((row) =>
      range(row + 1).map((column) =>
        row === column
          ? { row, column, colour: 1, name: 'diagonal, k = l' }
          : { row, column, colour: 2, name: 'k ≠ l' },
      ),
    ),
);
