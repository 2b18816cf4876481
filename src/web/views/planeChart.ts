import type { Series } from '../../draw/index.ts';
import type { ResolvedProblem } from '../../index.ts';
import type { Scene, TheorySeen } from '../scene.ts';
import type { Chart } from './chartPlace.ts';
import { largest } from './heatTable.ts';
import { type MinimaShown, on, type Pair } from './minimaInPlane.ts';
import { subscript } from './numbers.ts';
import { alike, meansOf } from './overTime.ts';

/** Places in the palette, for the arrows and for the handles at their tips. */
export const COLOUR = { F: 1, v: 4, A: 3, minima: 5, students: 2 } as const;

/** A path that runs away is cut at so many times the size of all else. */
const AWAY = 2;
/** Half the plane is one of these times a power of ten. */
const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

export interface Plane {
  scene: Scene;
  theory: TheorySeen;
  /** The problem as it is stated now; the curve may still be that of the one before. */
  problem: ResolvedProblem;
  pair: Pair;
  minima: MinimaShown;
}

/** How far the plane reaches from the origin. */
export function reach({ theory: { curve }, problem, pair, minima }: Plane): number {
  const { feedback, student, teacher } = problem;
  const still = largest([
    on(student.v, pair),
    ...(feedback ? [on(feedback, pair)] : []),
    ...(Math.max(...pair) < teacher.A.length ? [on(teacher.A, pair)] : []),
    ...minima.points,
  ]);
  const path = largest(curve.v.map((v) => on(v, pair)));
  const half = 1.12 * Math.max(0.1, still, still > 0 ? Math.min(path, AWAY * Math.max(1, still)) : path);
  const decade = 10 ** Math.floor(Math.log10(half));
  return decade * STEPS.find((step) => step * decade >= half)!;
}

/** The plane of two output weights: where v goes, and the vectors that say why. */
export function planeChart(plane: Plane, half: number): Chart {
  const { scene, theory, problem, pair, minima } = plane;
  const { curve } = theory;
  const index = scene.cursor.index;
  const students = alike(scene.students, theory.problem);
  const path = (name: string, from: number, to: number): Pick<Series, 'name' | 'x' | 'y'> => ({
    name,
    x: curve.v.slice(from, to).map((v) => v[pair[0]]),
    y: curve.v.slice(from, to).map((v) => v[pair[1]]),
  });
  const vector = (name: string, of: readonly number[], look: Partial<Series>): Series => {
    const [x, y] = on(of, pair);
    return { name, x: [x], y: [y], ...look };
  };
  const axis = (i: number): Chart['x'] => ({
    label: `v${subscript(i + 1)}, with F${subscript(i + 1)} and A${subscript(i + 1)}`,
    range: [-half, half],
  });
  return {
    x: axis(pair[0]),
    y: axis(pair[1]),
    square: true,
    series: [
      { ...path('v(α)', 0, curve.v.length), mark: 'dotted', colour: 0, silent: true },
      { ...path('v(α)', 0, index + 1), colour: 0 },
      ...(Math.max(...pair) < problem.teacher.A.length
        ? [vector('A', problem.teacher.A, { mark: 'arrow', colour: COLOUR.A })]
        : []),
      ...(problem.feedback ? [vector('F', problem.feedback, { mark: 'arrow', colour: COLOUR.F })] : []),
      vector('v at the start', problem.student.v, { mark: 'arrow', colour: COLOUR.v }),
      ...(curve.v[index] ? [vector('v at the cursor', curve.v[index], { mark: 'points', colour: 0 })] : []),
      ...(students ? [studentsPath(students, pair)] : []),
      ...(minima.points.length > 0
        ? [
            {
              name: 'no error',
              x: minima.points.map(([x]) => x),
              y: minima.points.map(([, y]) => y),
              mark: 'open points' as const,
              colour: COLOUR.minima,
            },
          ]
        : []),
      ...(minima.best
        ? [
            {
              name: 'best aligned with F',
              x: [minima.best[0]],
              y: [minima.best[1]],
              mark: 'points' as const,
              colour: COLOUR.minima,
            },
          ]
        : []),
    ],
  };
}

/** The students' mean, without error bars: those of two directions would cross. */
function studentsPath(students: NonNullable<Scene['students']>, [i, j]: Pair): Series {
  const {
    low: _,
    high: __,
    ...across
  } = meansOf(students, ({ v }, at) => v[at][i], { colour: COLOUR.students });
  const up = meansOf(students, ({ v }, at) => v[at][j], {});
  return { ...across, x: across.y, y: up.y };
}
