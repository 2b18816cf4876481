import { element } from '../dom/element.ts';
import type { State } from '../state/state.ts';
import type { Tools } from '../views/view.ts';
import type { ChoiceControl, Widget } from './control.ts';
import { faultLine, headOf, idOf } from './row.ts';

/** As many stand side by side; more are a menu. */
const SIDE_BY_SIDE = 3;

/** One of a few words. */
export function choiceWidget(control: ChoiceControl, { store, notify }: Tools): Widget {
  const take = (value: string): void => {
    const start = store.get();
    const next = control.set(start, value, { start, say: (words) => notify('done', words) });
    if (next !== start) store.set(next);
  };
  return control.options.length > SIDE_BY_SIDE ? menu(control, take) : radios(control, take);
}

const isOff = ({ without }: ChoiceControl, state: State, value: string): boolean =>
  without?.(state).includes(value) ?? false;

function radios(control: ChoiceControl, take: (value: string) => void): Widget {
  const id = idOf(control.id);
  const inputs = control.options.map(([value]) =>
    element('input', {
      type: 'radio',
      name: id,
      id: `${id}-${value}`,
      value,
      onchange: () => take(value),
    }),
  );
  const fault = faultLine(id, () => inputs);
  const title = element('span', { id: `${id}-label`, class: 'legend' }, control.label);
  const place = element(
    'div',
    { class: 'row choice', role: 'radiogroup', 'aria-labelledby': title.id },
    headOf(control, title),
    element(
      'div',
      { class: 'radios' },
      ...control.options.map(([value, words], i) =>
        element('label', { for: `${id}-${value}` }, inputs[i], element('span', {}, words)),
      ),
    ),
    fault.line,
  );
  return {
    place,
    write(state) {
      const now = control.get(state);
      for (const input of inputs) {
        if (input.checked !== (input.value === now)) input.checked = input.value === now;
        const off = isOff(control, state, input.value);
        if (input.disabled !== off) input.disabled = off;
      }
    },
    refuse: fault.refused,
  };
}

function menu(control: ChoiceControl, take: (value: string) => void): Widget {
  const id = idOf(control.id);
  const options = control.options.map(([value, words]) => element('option', { value }, words));
  const select = element('select', { id, onchange: () => take(select.value) }, ...options);
  const fault = faultLine(id, () => [select]);
  const place = element(
    'div',
    { class: 'row choice' },
    headOf(control, element('label', { for: id }, control.label)),
    select,
    fault.line,
  );
  return {
    place,
    write(state) {
      const now = control.get(state) ?? '';
      if (select.value !== now) select.value = now;
      for (const option of options) {
        const off = isOff(control, state, option.value);
        if (option.disabled !== off) option.disabled = off;
      }
    },
    refuse: fault.refused,
  };
}
