import { element } from '../dom/element.ts';
import type { Tools } from '../views/view.ts';
import type { ActionControl, CheckControl, NoteControl, Widget } from './control.ts';
import { faultLine, headOf, idOf } from './row.ts';

/** Yes or no. */
export function checkWidget(control: CheckControl, { store }: Tools): Widget {
  const id = idOf(control.id);
  const box = element('input', {
    type: 'checkbox',
    id,
    onchange: () => store.set(control.set(store.get(), box.checked)),
  });
  const fault = faultLine(id, () => [box]);
  const label = element('label', { for: id, class: 'check' }, box, element('span', {}, control.label));
  return {
    place: element('div', { class: 'row' }, headOf(control, label), fault.line),
    write(state) {
      const now = control.get(state);
      if (box.checked !== now) box.checked = now;
    },
    refuse: fault.refused,
  };
}

/** A button that changes the problem. */
export function actionWidget(control: ActionControl, { store }: Tools): Widget {
  const button = element(
    'button',
    { type: 'button', id: idOf(control.id), onclick: () => store.set(control.act(store.get())) },
    control.label,
  );
  return { place: element('div', { class: 'row action' }, button), write: () => {}, refuse: () => {} };
}

/** A line of words about the state. */
export function noteWidget(control: NoteControl): Widget {
  const fault = faultLine(idOf(control.id), () => []);
  const words = element('p', { class: 'note', id: idOf(control.id) });
  return {
    place: element('div', { class: 'row' }, words, fault.line),
    write(state) {
      const now = control.text(state);
      if (words.textContent !== now) words.textContent = now;
    },
    refuse: fault.refused,
  };
}
