import { curveToCsv, lineChart, phases } from '../../index.ts';
import { curveToJson, simulationToCsv } from '../../report/tables/index.ts';
import { alignmentsOf } from '../../shallow/students/index.ts';
import type { Scene, TheorySeen } from '../scene.ts';
import { problemOf } from '../state/problem.ts';
import { charts } from '../views/chartPlace.ts';
import { pngOf } from './picture.ts';
import { written } from './written.ts';

/** What can be saved: under which name, and what is in it. */
export interface Save {
  label: string;
  file: string;
  type: string;
  /** Whether it shows the curve, and has to wait for the exact one. */
  curve: boolean;
  /** Given the curve if it shows it. */
  make(scene: Scene, theory?: TheorySeen): string | Promise<Blob>;
}

export interface SaveGroup {
  title: string;
  saves: Save[];
}

const CSV = 'text/csv';
const JSON_TYPE = 'application/json';

const PROBLEM: SaveGroup = {
  title: 'Problem',
  saves: [
    {
      label: 'JSON',
      file: 'alignode-problem.json',
      type: JSON_TYPE,
      curve: false,
      make: ({ state }) => `${written(problemOf(state))}\n`,
    },
  ],
};
const THEORY: SaveGroup = {
  title: 'Theory',
  saves: [
    {
      label: 'CSV',
      file: 'alignode-theory.csv',
      type: CSV,
      curve: true,
      make: (_, theory) => curveToCsv(theory!.curve),
    },
    {
      label: 'JSON',
      file: 'alignode-theory.json',
      type: JSON_TYPE,
      curve: true,
      make: (_, theory) => curveToJson(theory!.curve, phases(theory!.curve)),
    },
  ],
};
const STUDENTS: SaveGroup = {
  title: 'Means of the students',
  saves: [
    {
      label: 'CSV',
      file: 'alignode-students.csv',
      type: CSV,
      curve: false,
      make: ({ students }) => {
        if (students?.simulation === undefined)
          throw new Error('Students: they have not finished; wait for them, or stop them.');
        return [...simulationToCsv(students.simulation, alignmentsOf(students.simulation))].join('');
      },
    },
  ],
};

/** All there is to save now, every chart among it. */
export function savesOf({ students }: Scene): SaveGroup[] {
  const pictures = [...charts].flatMap(([id, chartNow]) => {
    const chart = chartNow();
    if (chart === undefined) return [];
    const svg = (): string => {
      const now = chartNow();
      if (now === undefined) throw new Error(`${chart.title}: there is nothing to see now.`);
      return lineChart(now);
    };
    const saves: Save[] = [
      { label: 'SVG', file: `alignode-${id}.svg`, type: 'image/svg+xml', curve: true, make: svg },
      { label: 'PNG', file: `alignode-${id}.png`, type: 'image/png', curve: true, make: () => pngOf(svg()) },
    ];
    return [{ title: chart.title ?? id, saves }];
  });
  return [PROBLEM, THEORY, ...(students ? [STUDENTS] : []), ...pictures];
}
