import { element } from '../dom/element.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import type { Scale } from './scale.ts';

/**
 * A slider. All that it changes from press to release, by mouse, by finger or by a key that is held down, is one step
 * of undo. `start` is the state at the press.
 */
export function slider(
  { id, scale, labelledBy }: { id: string; scale: Scale; labelledBy: string },
  store: Store,
  move: (state: State, value: number, start: State) => State,
) {
  const input = element('input', {
    id,
    type: 'range',
    min: scale.first,
    max: scale.last,
    step: scale.step,
    'aria-labelledby': labelledBy,
  });
  let start: State | undefined;
  let held = false;
  let shown: number | undefined;
  const settle = (): void => {
    held = false;
    if (start === undefined) return;
    start = undefined;
    store.settle();
  };
  input.addEventListener('input', () => {
    const now = store.get();
    start ??= now;
    const next = move(now, scale.value(Number(input.value)), start);
    if (next !== now) store.set(next, `slider:${id}`);
  });
  // A key that is held makes a change at each repetition.
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') held = true;
  });
  input.addEventListener('change', () => {
    if (!held) settle();
  });
  input.addEventListener('keyup', settle);
  input.addEventListener('blur', settle);
  return {
    input,
    write(value: number | undefined) {
      if (value === undefined || Object.is(value, shown)) return;
      shown = value;
      const place = scale.place(value);
      // Under the finger it is already there, to within a step.
      if (Math.abs(Number(input.value) - place) > scale.step / 2) input.value = String(place);
      input.setAttribute('aria-valuetext', String(Number(value.toPrecision(3))));
    },
  };
}
