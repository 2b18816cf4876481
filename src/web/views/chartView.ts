import type { Frame } from '../../draw/index.ts';
import { element } from '../dom/element.ts';
import type { Scene, TheorySeen } from '../scene.ts';
import { type Chart, chartPlace, charts, SAVED_WIDTH, valueAt } from './chartPlace.ts';
import { cursorKeys } from './cursorKeys.ts';
import { errorInWords } from './curveInWords.ts';
import { short } from './numbers.ts';
import type { Draw, Tools, View } from './view.ts';

/** What a chart over α shows of a scene that has a curve; undefined where it has nothing to show. */
export type ChartOf = (scene: Scene & { theory: TheorySeen }) => Chart | undefined;

/** A view that is one chart over α. */
export const chartView = (view: Omit<View, 'mount'> & { chart: ChartOf }): View => ({
  ...view,
  mount: (place, tools) => timeChart(place, view, tools),
});

/** A chart over α with the cursor on it, which goes where one points, and with the arrow keys. */
export function timeChart(
  place: HTMLElement,
  { id, title, chart: chartOf }: Pick<View, 'id' | 'title'> & { chart: ChartOf },
  tools: Tools,
): Draw {
  const { plot, show, clear } = chartPlace(place, {
    role: 'slider',
    tabindex: '0',
    'aria-label': `${title}: time α`,
  });
  plot.classList.add('time');
  const line = element('div', { class: 'cursor', hidden: true });
  plot.append(line);
  let shown: { chart: Chart; frame: Frame } | undefined;
  const now = (scene: Scene): Chart | undefined =>
    scene.theory && chartOf({ ...scene, theory: scene.theory });
  charts.set(id, () => {
    const chart = now(tools.scene());
    return chart && { ...chart, title: chart.title ?? title, width: SAVED_WIDTH };
  });
  followPointer(plot, (x) => {
    if (shown) tools.seek(valueAt(shown.frame, 'x', x, shown.chart.x.log));
  });
  plot.addEventListener('keydown', (event) => cursorKeys(event, tools));
  return (scene, { theory, students, look, cursor }) => {
    if (theory || students || look) {
      const chart = now(scene);
      shown = chart && { chart, frame: show(chart, tools) };
      if (!chart) clear();
    }
    if (theory || students || look || cursor) {
      placeCursor(line, shown?.frame, scene.cursor.alpha);
      tellCursor(plot, scene);
    }
  };
}

function placeCursor(line: HTMLElement, frame: Frame | undefined, alpha: number): void {
  const x = frame?.px(alpha) ?? Number.NaN;
  line.hidden = frame === undefined || !(x >= frame.left - 0.5 && x <= frame.right + 0.5);
  if (frame === undefined || line.hidden) return;
  line.style.left = `${x}px`;
  line.style.top = `${frame.top}px`;
  line.style.height = `${frame.bottom - frame.top}px`;
}

/** The position of a slider over the points of the curve, for screen readers. */
export function tellCursor(slider: HTMLElement, { theory, cursor }: Scene): void {
  const last = Math.max(0, (theory?.curve.alpha.length ?? 0) - 1);
  slider.setAttribute('aria-valuemin', '0');
  slider.setAttribute('aria-valuemax', String(last));
  slider.setAttribute('aria-valuenow', String(cursor.index));
  const words =
    theory?.curve.eg[cursor.index] === undefined
      ? 'no curve'
      : `α = ${short(cursor.alpha)}, test error ${errorInWords(theory.curve, cursor.index)}`;
  slider.setAttribute('aria-valuetext', words);
}

/** While a button or finger is down on a plot, reports how far from its left edge it is. */
function followPointer(plot: HTMLElement, to: (x: number) => void): void {
  const follow = ({ clientX }: PointerEvent): void => to(clientX - plot.getBoundingClientRect().left);
  plot.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    plot.setPointerCapture(event.pointerId);
    follow(event);
  });
  plot.addEventListener('pointermove', (event) => {
    if (plot.hasPointerCapture(event.pointerId)) follow(event);
  });
}
