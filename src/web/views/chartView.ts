import { drawChart, type Frame, type LineChart } from '../../report/index.ts';
import { element } from '../dom/element.ts';
import type { Scene } from '../scene.ts';
import type { Tools, View } from './view.ts';

/** What a chart of the page shows; the width is that of its card. */
export type ChartOf = (scene: Scene) => Omit<LineChart, 'width'> | undefined;

/** Where a chart of some view stands now, for those who save it as a picture. */
export const charts = new Map<string, () => LineChart | undefined>();

/** For pictures that are saved: the size of the figures in the book. */
const SAVED_WIDTH = 640;

/** A view that is one chart over α, with the cursor on it: whoever points at the chart moves the cursor. */
export function chartView(view: Omit<View, 'mount'> & { chart: ChartOf; height: number }): View {
  return {
    ...view,
    mount: (place, tools) => {
      const { picture, show } = chartPlace(place, view);
      const line = element('div', { class: 'cursor', hidden: true });
      picture.after(line);
      let frame: Frame | undefined;
      followPointer(place, () => frame, tools);
      return (scene, { theory, students, look, cursor }) => {
        if (theory || students || look) {
          const chart = view.chart(scene);
          frame = chart && show(chart, tools);
          charts.set(view.id, () => {
            const now = view.chart(scene);
            return now && { ...now, title: now.title ?? view.title, width: SAVED_WIDTH };
          });
        }
        if (theory || students || look || cursor) placeCursor(line, frame, scene.cursor.alpha);
      };
    },
  };
}

/** A place for a chart, as wide as its card. */
export function chartPlace(place: HTMLElement, { title, height }: { title: string; height: number }) {
  const picture = element('div', { class: 'picture', role: 'img', 'aria-label': title });
  place.append(picture);
  return {
    picture,
    show(chart: Omit<LineChart, 'width'>, { look }: Pick<Tools, 'look'>): Frame {
      const width = Math.max(240, Math.round(place.clientWidth));
      const drawn = drawChart({ height, ...chart, width }, look());
      picture.innerHTML = drawn.svg;
      return drawn.frame;
    },
  };
}

function placeCursor(line: HTMLElement, frame: Frame | undefined, alpha: number): void {
  const x = frame?.px(alpha);
  line.hidden = frame === undefined || !(x! >= frame.left - 0.5 && x! <= frame.right + 0.5);
  if (line.hidden) return;
  line.style.left = `${x}px`;
  line.style.top = `${frame!.top}px`;
  line.style.height = `${frame!.bottom - frame!.top}px`;
}

/** The value at a place of an axis: what `Axis.place` undoes. */
export function valueAt(frame: Frame, axis: 'x' | 'y', pixel: number, log: boolean): number {
  const { low, high } = frame[axis];
  const part =
    axis === 'x'
      ? (pixel - frame.left) / (frame.right - frame.left)
      : (frame.bottom - pixel) / (frame.bottom - frame.top);
  const value = low + part * (high - low);
  return log ? 10 ** value : value;
}

/** While a button or finger is down on the chart the cursor goes with it. */
function followPointer(place: HTMLElement, frame: () => Frame | undefined, { seek, store }: Tools): void {
  const to = (event: PointerEvent): void => {
    const now = frame();
    if (now === undefined) return;
    const { alpha } = store.get().problem;
    const x = event.clientX - place.getBoundingClientRect().left;
    seek(valueAt(now, 'x', x, isLog(alpha)));
  };
  place.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    place.setPointerCapture(event.pointerId);
    to(event);
  });
  place.addEventListener('pointermove', (event) => {
    if (place.hasPointerCapture(event.pointerId)) to(event);
  });
}

/** Whether time is shown on a log axis: where the problem has a log grid, or a list of times that spans decades from above 0. */
export function isLog(alpha: Scene['state']['problem']['alpha']): boolean {
  if (!Array.isArray(alpha)) return (alpha.scale ?? 'log') === 'log';
  const first = alpha.find((a) => a > 0) ?? 1;
  return alpha[alpha.length - 1] / first > 100;
}
