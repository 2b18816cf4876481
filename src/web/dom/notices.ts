import { element } from './element.ts';

/** Milliseconds that good news stays. */
const READ = 4000;

/**
 * Tells what happened in a line of its own: good news goes by itself, unless there is something to do about it, a fault
 * when it is closed.
 */
export const noticesIn =
  (place: HTMLElement) =>
  (kind: 'done' | 'fault', words: string, action?: HTMLElement): void => {
    const line = element(
      'p',
      { class: `notice ${kind}` },
      element('span', { class: 'words' }, words),
      action,
    );
    const close = (): void => line.remove();
    line.append(
      element('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: close }, '×'),
    );
    // The same words twice are shown once.
    for (const other of place.children) if (other.firstChild?.textContent === words) other.remove();
    place.append(line);
    if (kind === 'done' && !action) setTimeout(close, READ);
  };
