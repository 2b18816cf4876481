import { log10, power } from '../../numbers/index.ts';
import { element } from '../dom/element.ts';
import type { Pair } from './minimaInPlane.ts';
import { fixed, subscript } from './numbers.ts';

/** A step by arrow key, and with Shift. */
const STEP = 0.05;
const FINE = 0.01;

export type Point = readonly [number, number];

/** What a handle gets from the plane that it lies on, and what it calls back. */
export interface Held {
  /** The vector in the plane as it is now. */
  at(): Point;
  /** Values per pixel, and the values that the plane has room for. */
  scale(): { perPixel: number; half: number };
  move(to: Point): void;
  /** Begins and ends a drag. */
  hold(on: boolean): void;
  /** Ends a step of undo. */
  settle(): void;
}

/** The tip of a vector, to be taken by pointer, or moved by the arrow keys. */
export function arrowHandle(name: string, label: string, held: Held) {
  const handle = element('div', {
    class: `handle ${name}`,
    role: 'slider',
    tabindex: '0',
    'aria-label': label,
    'aria-roledescription': 'two-dimensional slider',
  });
  handle.append(element('span', { 'aria-hidden': 'true' }, name));
  let grip: { pointer: Point; value: Point } | undefined;

  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    grip = { pointer: [event.clientX, event.clientY], value: held.at() };
    held.hold(true);
  });
  handle.addEventListener('pointermove', (event) => {
    if (!grip) return;
    const { perPixel, half } = held.scale();
    // To the digits that a pixel can tell apart.
    const step = power(10, Math.floor(log10(half / 100)));
    const along = (start: number, pixels: number): number => {
      const to = Math.min(half, Math.max(-half, start + pixels * perPixel));
      return Number((Math.round(to / step) * step).toPrecision(6));
    };
    held.move([
      along(grip.value[0], event.clientX - grip.pointer[0]),
      along(grip.value[1], grip.pointer[1] - event.clientY),
    ]);
  });
  const release = (): void => {
    if (!grip) return;
    grip = undefined;
    held.hold(false);
    held.settle();
  };
  handle.addEventListener('pointerup', release);
  handle.addEventListener('pointercancel', release);

  handle.addEventListener('keydown', (event) => {
    const directions: Record<string, Point> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowDown: [0, -1],
      ArrowUp: [0, 1],
    };
    const direction = directions[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const step = event.shiftKey ? FINE : STEP;
    const [x, y] = held.at().map((value, i) => Number((value + step * direction[i]).toFixed(6)));
    held.move([x, y]);
  });
  // A key that is held down is one step of undo.
  handle.addEventListener('keyup', () => held.settle());

  return {
    handle,
    /** Where it lies on the plane, in pixels, and what it says. */
    place([left, top]: Point, letter: string, pair: Pair, half: number): void {
      const [x, y] = held.at();
      handle.style.left = `${left}px`;
      handle.style.top = `${top}px`;
      handle.setAttribute('aria-valuemin', String(-half));
      handle.setAttribute('aria-valuemax', String(half));
      handle.setAttribute('aria-valuenow', String(x));
      const [i, j] = pair.map((k) => `${letter}${subscript(k + 1)}`);
      handle.setAttribute('aria-valuetext', `${i} = ${fixed(x, 2)}, ${j} = ${fixed(y, 2)}`);
    },
  };
}
