import { drawChart, type Frame, type LineChart } from '../../draw/index.ts';
import { element } from '../dom/element.ts';
import type { Tools } from './view.ts';

/** What a chart of the page shows; the width is that of its place. */
export type Chart = Omit<LineChart, 'width'>;

/** The current chart of each view, for saving it as a picture. */
export const charts = new Map<string, () => LineChart | undefined>();

/** For pictures that are saved: the size of the figures in the book. */
export const SAVED_WIDTH = 640;

/** A chart narrower than this is not drawn. */
const LEAST_WIDTH = 240;

/** A place for a chart and what is laid over it. */
export function chartPlace(place: HTMLElement, attributes: Record<string, string> = {}) {
  const picture = element('div', { class: 'picture' });
  const plot = element('div', { class: 'plot', ...attributes }, picture);
  place.append(plot);
  return {
    plot,
    show(chart: Chart, { look }: Pick<Tools, 'look'>): Frame {
      const drawn = drawChart(
        { ...chart, width: Math.max(LEAST_WIDTH, Math.round(plot.clientWidth)) },
        look(),
      );
      picture.innerHTML = drawn.svg;
      return drawn.frame;
    },
    clear: () => picture.replaceChildren(),
  };
}

/** The value at a place of an axis: what `Axis.place` undoes. */
export function valueAt(frame: Frame, axis: 'x' | 'y', pixel: number, log = false): number {
  const { low, high } = frame[axis];
  const part =
    axis === 'x'
      ? (pixel - frame.left) / (frame.right - frame.left)
      : (frame.bottom - pixel) / (frame.bottom - frame.top);
  const value = low + part * (high - low);
  return log ? 10 ** value : value;
}
