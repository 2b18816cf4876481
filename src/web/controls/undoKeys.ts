import { isTextField } from '../dom/element.ts';
import type { Store } from '../state/store.ts';

/**
 * Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y, with Cmd on a Mac. While something is being typed that is not yet taken, the
 * field's own undo is meant.
 */
export function listenForUndo({ undo, redo }: Pick<Store, 'undo' | 'redo'>): void {
  let typingIn: EventTarget | null = null;
  const over = ({ target }: Event): void => {
    if (target === typingIn) typingIn = null;
  };
  document.addEventListener('input', ({ target }) => {
    if (isTextField(target)) typingIn = target;
  });
  document.addEventListener('change', over);
  document.addEventListener('focusout', over);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') over(event);
    const step = stepOf(event);
    if (step === undefined || event.defaultPrevented || event.target === typingIn) return;
    event.preventDefault();
    if (step === 'undo') undo();
    else redo();
  });
}

function stepOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (altKey || ctrlKey === metaKey) return undefined;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : undefined;
}
