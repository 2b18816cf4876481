import { element } from '../dom/element.ts';
import type { Tools } from '../views/view.ts';
import type { MatrixControl, Widget } from './control.ts';
import { type NumberField, numberField } from './numberField.ts';
import { faultLine, headOf, idOf } from './row.ts';

/** Digits of an element that is not being edited. */
const DIGITS = 3;

/** A matrix of fields, made anew when its shape changes. */
export function matrixWidget(control: MatrixControl, { store }: Tools): Widget {
  const id = idOf(control.id);
  let fields: NumberField[][] = [];
  let shape = '';
  const fault = faultLine(id, () => fields.flat().map(({ input }) => input));
  const title = element('span', { id: `${id}-label`, class: 'legend' }, control.label);
  const body = element('tbody');
  const make = (values: readonly (readonly number[])[]): void => {
    fault.typed(undefined);
    fields = values.map((row, i) =>
      row.map((_, j) =>
        numberField({
          id: `${id}-${i + 1}-${j + 1}`,
          digits: DIGITS,
          take: (value) => store.set(control.set(store.get(), i, j, value)),
          complain: fault.typed,
        }),
      ),
    );
    fields.forEach((row, i) => {
      row.forEach(({ input }, j) => void input.setAttribute('aria-label', control.name(i, j)));
    });
    body.replaceChildren(
      ...fields.map((row) => element('tr', {}, ...row.map(({ input }) => element('td', {}, input)))),
    );
  };
  return {
    place: element(
      'div',
      { class: 'row', role: 'group', 'aria-labelledby': title.id },
      headOf(control, title),
      element('div', { class: 'matrix' }, element('table', { role: 'presentation' }, body)),
      fault.line,
    ),
    write(state) {
      const values = control.get(state) ?? [];
      const now = values.map(({ length }) => length).join();
      if (now !== shape) make(values);
      shape = now;
      values.forEach((row, i) => {
        row.forEach((value, j) => void fields[i][j].write(value));
      });
    },
    refuse: fault.refused,
  };
}
