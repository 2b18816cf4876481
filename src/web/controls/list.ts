import { element } from '../dom/element.ts';
import type { Tools } from '../views/view.ts';
import type { ListControl, Widget } from './control.ts';
import { type NumberField, numberField } from './numberField.ts';
import { faultLine, headOf, idOf } from './row.ts';
import { slider } from './slider.ts';

/** Digits of a number that is not being edited. */
const DIGITS = 5;

/** As many numbers as there are units; their fields are made anew when their number changes. */
export function listWidget(control: ListControl, { store }: Tools): Widget {
  const id = idOf(control.id);
  let fields: NumberField[] = [];
  let ranges: ReturnType<typeof slider>[] = [];
  const fault = faultLine(id, () => fields.map(({ input }) => input));
  const title = element(
    'span',
    { id: `${id}-label`, class: control.bare ? 'unseen' : 'legend' },
    control.label,
  );
  const items = element('div', { class: control.scale ? 'items slid' : 'items plain' });
  const make = (length: number): void => {
    fault.typed(undefined);
    fields = Array.from({ length }, (_, k) =>
      numberField({
        id: `${id}-${k + 1}`,
        digits: DIGITS,
        take: (value) => store.set(control.set(store.get(), k, value)),
        complain: fault.typed,
      }),
    );
    ranges = [];
    items.replaceChildren(
      ...fields.map(({ input }, k) => {
        const label = element(
          'label',
          { id: `${input.id}-label`, for: input.id },
          element('span', { 'aria-hidden': 'true' }, control.short(k)),
          element('span', { class: 'unseen' }, control.name(k)),
        );
        if (control.scale === undefined) return element('div', { class: 'item' }, label, input);
        const range = slider(
          { id: `${input.id}-slider`, scale: control.scale, labelledBy: label.id },
          store,
          (now, value) => (value === control.get(now)?.[k] ? now : control.set(now, k, value)),
        );
        ranges[k] = range;
        return element('div', { class: 'item' }, label, range.input, input);
      }),
    );
  };
  return {
    place: element(
      'div',
      { class: 'row list', role: 'group', 'aria-labelledby': title.id },
      control.bare ? title : headOf(control, title),
      items,
      fault.line,
    ),
    write(state) {
      const values = control.get(state) ?? [];
      if (values.length !== fields.length) make(values.length);
      values.forEach((value, k) => {
        fields[k].write(value);
        ranges[k]?.write(value);
      });
    },
    refuse: fault.refused,
  };
}
