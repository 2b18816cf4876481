import type { Series } from '../../draw/index.ts';
import { element } from '../dom/element.ts';
import { type ChartOf, timeChart } from './chartView.ts';
import { curveInWords, failureInWords } from './curveInWords.ts';
import { marksOf, meansOf, overTime } from './overTime.ts';
import type { View } from './view.ts';

const HEIGHT = 360;

const chart: ChartOf = ({ state, theory, students }) => {
  const { curve, about } = theory;
  const { x, lines, bands } = overTime(state, theory);
  const series: Series[] = [{ name: 'theory', x: curve.alpha, y: curve.eg, colour: 0 }];
  if (students) series.push(meansOf(students, ({ eg }, i) => eg[i], { colour: 2 }));
  const phases = marksOf(theory);
  const level = about && 'eg' in about.plateau ? (about.plateau.full ?? about.plateau) : undefined;
  const label = level && 'student' in level ? 'plateau, to first order in η₁' : 'plateau';
  const plateau = level && level.eg > 0 ? [{ y: level.eg, label }] : [];
  const known = series.flatMap(({ y }) => y).filter((e) => e > 0 && e < Number.POSITIVE_INFINITY);
  const least = Math.min(...known);
  // Below it the curve is rounding.
  const floor = Math.min(curve.stats.egFloor, ...curve.eg.slice(0, 1));
  return {
    x,
    y: {
      label: 'test error ε',
      log: known.length > 0,
      ...(floor > 0 && least < floor && { range: [floor, Math.max(...known)] as [number, number] }),
    },
    series,
    lines: [...plateau, ...phases.lines, ...lines],
    bands: [...phases.bands, ...bands],
    height: HEIGHT,
  };
};

/** The test error of theory and of students, and what is known of the curve. */
export const errorView: View = {
  id: 'error',
  title: 'Test error',
  help: 'ε = ½ E[(ŷ − y)²], the error on examples never seen, without the noise. Points: the mean of the students, with its standard error. The dotted line: the error of the symmetric plateau.',
  book: 'model.html#order-parameters',
  mount: (place, tools) => {
    const draw = timeChart(place, { ...errorView, chart }, tools);
    const about = element('p', { class: 'status' });
    const fault = element('p', { class: 'status fault', 'aria-live': 'polite' });
    place.append(about, fault);
    return (scene, changed) => {
      draw(scene, changed);
      about.textContent = curveInWords(scene);
      fault.textContent = failureInWords(scene) ?? '';
    };
  },
};
