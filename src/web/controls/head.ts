import { element } from '../dom/element.ts';
import { type Preset, presetOf, presets, startFrom } from '../state/presets.ts';
import type { State } from '../state/state.ts';
import type { Tools } from '../views/view.ts';
import { listenForUndo } from './undoKeys.ts';

/** The head of the controls: the presets, undo and redo. Returns the function that draws it. */
export function headIn(place: HTMLElement, { store }: Tools): (state: State) => void {
  const back = step('Undo', '↶', 'Control+Z Meta+Z', store.undo);
  const forth = step('Redo', '↷', 'Control+Shift+Z Control+Y Meta+Shift+Z', store.redo);
  listenForUndo(store);

  let chosen: Preset | undefined;
  const select = element('select', {
    id: 'start-from',
    'aria-describedby': 'start-says',
    onchange: () => {
      chosen = presets.find(({ id }) => id === select.value);
      if (chosen) store.set(startFrom(store.get(), chosen));
    },
  });
  const changed = element('option', { value: '', disabled: true }, 'a problem of your own');
  select.append(changed, ...grouped());
  const says = element('p', { id: 'start-says', class: 'note' });

  place.append(
    element(
      'div',
      { class: 'controls-head' },
      element('div', { class: 'inputs' }, element('label', { for: 'start-from' }, 'Start from'), back, forth),
      // By itself: the longest titles need all of the room.
      select,
      says,
    ),
  );
  let shown: Preset | undefined | null = null;
  return (state) => {
    enable(back, store.canUndo());
    enable(forth, store.canRedo());
    const now = presetOf(state, chosen);
    if (now === shown) return;
    shown = now;
    select.value = now?.id ?? '';
    says.replaceChildren(...(now ? [`${now.says} `, bookLink(now)] : ['Changed since the start.']));
  };
}

const bookLink = ({ book, title }: Preset): HTMLElement =>
  element('a', { href: `./book/${book}`, 'aria-label': `${title}, in the book` }, 'In the book');

function grouped(): HTMLElement[] {
  const names = [...new Set(presets.map(({ group }) => group))];
  return names.map((label) =>
    element(
      'optgroup',
      { label },
      ...presets
        .filter(({ group }) => group === label)
        .map(({ id, title }) => element('option', { value: id }, title)),
    ),
  );
}

/** The button keeps the keyboard's focus when there is nothing left to take back: `disabled` would lose it. */
function step(name: string, sign: string, keys: string, go: () => void): HTMLButtonElement {
  const button = element(
    'button',
    {
      type: 'button',
      class: 'step',
      'aria-label': name,
      title: name,
      'aria-keyshortcuts': keys,
      onclick: () => {
        if (button.getAttribute('aria-disabled') !== 'true') go();
      },
    },
    element('span', { 'aria-hidden': 'true' }, sign),
  );
  return button;
}

function enable(button: HTMLButtonElement, can: boolean): void {
  if (button.getAttribute('aria-disabled') !== String(!can))
    button.setAttribute('aria-disabled', String(!can));
}
