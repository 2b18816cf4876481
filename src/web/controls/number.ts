import { element } from '../dom/element.ts';
import type { Tools } from '../views/view.ts';
import type { NumberControl, Widget } from './control.ts';
import { numberField } from './numberField.ts';
import { faultLine, headOf, idOf } from './row.ts';
import { slider } from './slider.ts';

/** A number: typed, and moved by a slider where it has a scale. */
export function numberWidget(control: NumberControl, { store, notify }: Tools): Widget {
  const id = idOf(control.id);
  const say = (words: string): void => notify('done', words);
  const take = (value: number): void => {
    const now = store.get();
    store.set(control.set(now, value, { start: now, say }));
  };
  const fault = faultLine(id, () => [field.input]);
  const field = numberField({ id, whole: control.whole, take, complain: fault.typed });
  const label = element('label', { id: `${id}-label`, for: id }, control.label);
  const range =
    control.scale &&
    slider({ id: `${id}-slider`, scale: control.scale, labelledBy: label.id }, store, (now, value, start) =>
      value === control.get(now) ? now : control.set(now, value, { start, say }),
    );
  const next = control.next
    ? element(
        'button',
        {
          type: 'button',
          'aria-label': `Next ${control.label}`,
          onclick: () => take((control.get(store.get()) ?? 0) + 1),
        },
        'next',
      )
    : undefined;
  const place = element(
    'div',
    { class: range ? 'row number' : 'row number typed' },
    headOf(control, label),
    element('div', { class: 'inputs' }, range?.input, field.input, next),
    fault.line,
  );
  return {
    place,
    write(state) {
      const value = control.get(state);
      field.write(value);
      range?.write(value);
    },
    refuse: fault.refused,
  };
}
