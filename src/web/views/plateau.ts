import { element } from '../dom/element.ts';
import type { TheorySeen } from '../scene.ts';
import type { PlateauFound } from '../theory/protocol.ts';
import type { Chart } from './chartPlace.ts';
import { type ChartOf, timeChart } from './chartView.ts';
import { errorInWords } from './curveInWords.ts';
import { heatTable, largest, placesFor, unitNames } from './heatTable.ts';
import { short } from './numbers.ts';
import { overTime } from './overTime.ts';
import { spectrumInWords } from './spectrum.ts';
import type { View } from './view.ts';

const HEIGHT = 260;

/** The fixed point, where there is one; undefined while it is still to be found. */
const foundIn = (theory: TheorySeen | undefined): PlateauFound | undefined =>
  theory?.about && 'student' in theory.about.plateau ? theory.about.plateau : undefined;

/** The largest difference between the curve and the fixed point, for each kind of order parameter. */
function distance({ state, theory }: Parameters<ChartOf>[0], { student }: PlateauFound): Chart | undefined {
  const { curve, problem } = theory;
  // While another is looked for, the last one may be of other units.
  if (student.v.length !== problem.student.v.length || student.R[0].length !== problem.teacher.A.length)
    return undefined;
  const { x, lines, bands } = overTime(state, theory);
  const series = (['R', 'Q', 'v'] as const).map((of, i) => ({
    name: of,
    x: curve.alpha,
    y: curve[of].map((now) => largest(difference(now, student[of]))),
    colour: i + 1,
  }));
  return {
    title: 'Distance from the plateau',
    x,
    y: { label: 'largest difference', log: series.some(({ y }) => y.some((far) => far > 0)) },
    series,
    lines,
    bands,
    height: HEIGHT,
  };
}

type Nested = number | readonly Nested[];
const difference = (a: Nested, b: Nested): Nested =>
  typeof a === 'number' ? a - (b as number) : a.map((one, i) => difference(one, (b as Nested[])[i]));

/** What is shown of the fixed point beside its order parameters. */
function facts({
  eg,
  escapeRate,
  neutral,
  full,
}: PlateauFound): [name: string, value: string, words: string][] {
  return [
    [
      'ε on the plateau',
      short(eg),
      full ? `to first order in η₁; ${short(full.eg)} in full` : 'to first order in η₁',
    ],
    [
      'escape rate',
      escapeRate > 0 ? short(escapeRate) : 'none',
      escapeRate > 0
        ? `${full ? `${short(full.escapeRate)} in full; ` : ''}a difference between units grows as exp(rate · α): by a factor e in α = ${short(1 / escapeRate)}`
        : 'no direction leads away from it',
    ],
    ['neutral directions', String(neutral), neutral > 0 ? 'to linear order it is one of a family' : ''],
  ];
}

/** The symmetric fixed point that the student lingers at, and how it is left. */
export const plateauView: View = {
  id: 'plateau',
  title: 'The symmetric plateau',
  help: 'A fixed point of the equations to first order in the learning rate, at which all student units do the same up to a sign and no teacher unit is preferred. It is left along the direction of the largest eigenvalue, the escape rate. It is one member of a family, so a student may linger at some distance.',
  book: 'theory.html#the-plateau',
  mount: (place, tools) => {
    const none = element('p', { class: 'status' });
    const list = element('dl', { class: 'facts' });
    const here = element('dd');
    const tables = element('div', { class: 'matrices' });
    const box = element('div', {}, list, tables);
    place.classList.add('beside');
    const plot = element('div');
    place.append(none, box, plot);
    let shown: PlateauFound | undefined;
    const chart: ChartOf = (scene) => {
      const found = foundIn(scene.theory) ?? shown;
      return found && distance(scene, found);
    };
    const draw = timeChart(plot, { id: 'plateau', title: 'Distance from the plateau', chart }, tools);
    return (scene, changed) => {
      const { theory, cursor } = scene;
      const found = foundIn(theory);
      const missing = theory?.about && 'none' in theory.about.plateau ? theory.about.plateau.none : undefined;
      // One of other units would be taken for that of these.
      const units = theory?.problem.student.v.length;
      if (missing !== undefined || shown?.student.v.length !== units) shown = undefined;
      none.textContent = missing ?? (found || shown || scene.refused ? '' : 'looking for it…');
      box.hidden = plot.hidden = !(found ?? shown);
      // While a new one is looked for the old one keeps its place.
      place.classList.toggle('old', box.hidden === false && found === undefined);
      if (found && found !== shown) {
        list.replaceChildren(
          ...facts(found).flatMap(([name, value, words]) => fact(name, element('dd', {}, value), words)),
          ...fact('ε at the cursor', here, ''),
          ...fact('eigenvalues', element('dd', {}, spectrumInWords(found)), ''),
        );
        tables.replaceChildren(...tablesOf(found));
        shown = found;
      }
      here.textContent = theory ? errorInWords(theory.curve, cursor.index) : '–';
      draw(scene, changed);
    };
  },
};

function fact(name: string, value: HTMLElement, words: string): HTMLElement[] {
  if (words) value.append(element('small', {}, words));
  return [element('dt', {}, name), value];
}

function tablesOf({ student: { Q, R, v } }: PlateauFound): HTMLElement[] {
  const places = placesFor(Math.max(R.length, R[0].length));
  const most = largest([Q, R]);
  return [
    { caption: 'R there', rows: unitNames(R.length), values: R, most },
    { caption: 'Q there', rows: unitNames(Q.length), values: Q, most },
    { caption: 'v there', rows: ['v'], values: [v], most: largest(v) },
  ].map(({ caption, rows, values, most }) => {
    const { table, show } = heatTable(caption, rows, unitNames(values[0].length), places);
    show(values, most);
    return table;
  });
}
