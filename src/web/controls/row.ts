import { element } from '../dom/element.ts';
import { helpFor } from '../dom/help.ts';
import type { Control } from './control.ts';

export const idOf = (id: string): string => `control-${id}`;

/** What is wrong with what stands in a control: nothing takes its place when all is well. */
export function faultLine(id: string, fields: () => Iterable<HTMLElement>) {
  const line = element('p', { id: `${id}-fault`, class: 'field-fault', hidden: true });
  const faults: Record<'typed' | 'refused', string | undefined> = { typed: undefined, refused: undefined };
  const show = (): void => {
    const words = faults.typed ?? faults.refused;
    if (line.textContent !== (words ?? '')) line.textContent = words ?? '';
    line.hidden = words === undefined;
    for (const field of fields()) {
      // What was typed wrongly is wrong in its own field; what is refused may be the fault of any.
      const mine = faults.refused !== undefined || field.hasAttribute('aria-invalid');
      if (mine && words !== undefined) field.setAttribute('aria-describedby', line.id);
      else field.removeAttribute('aria-describedby');
    }
  };
  const report = (kind: 'typed' | 'refused') => (message: string | undefined) => {
    if (faults[kind] === message) return;
    faults[kind] = message;
    show();
  };
  return { line, typed: report('typed'), refused: report('refused') };
}

/** The head of a control: its label, and a word about it. */
export function headOf(control: Control, label: HTMLElement): HTMLElement {
  const { id, label: title, help, book } = control;
  if (help === undefined) return element('div', { class: 'row-head' }, label);
  const more = helpFor({ id: idOf(id), title, help, ...(book !== undefined && { book }) });
  // The column scrolls by itself, and would cut off what opens at its end.
  more.addEventListener('toggle', () => more.lastElementChild!.scrollIntoView({ block: 'nearest' }));
  return element('div', { class: 'row-head' }, label, more);
}
