import { element, isTextField } from './element.ts';

/** Where the book lies, beside the page. */
export const BOOK = './book/';

/** A few words about a thing where it stands, folded away, with a link to the section of the book about it. */
export function helpFor({
  id,
  title,
  help,
  book,
}: {
  id: string;
  title: string;
  help: string;
  book?: string;
}): HTMLElement {
  const words = element(
    'p',
    {},
    help,
    book === undefined ? undefined : ' ',
    book === undefined ? undefined : element('a', { href: BOOK + book }, 'More in the book'),
  );
  const more = element(
    'details',
    // Of one name: to open one is to close the other.
    { class: 'help', id: `help-${id}`, name: 'help' },
    element('summary', { 'aria-label': `About ${title}` }, '?'),
    words,
  );
  standBelow(more, words);
  return more;
}

/** What a help is about, as a whole: a control with its error message, or the head of a card. */
const WHOLE = '.row, .field, header';

/** While the words are open they stand below all that they are about, however it grows. */
function standBelow(more: HTMLDetailsElement, words: HTMLElement): void {
  const place = (): void => {
    const whole = more.closest(WHOLE);
    const room = words.offsetParent;
    if (whole && room)
      words.style.top = `${whole.getBoundingClientRect().bottom - room.getBoundingClientRect().top}px`;
  };
  const sizes = new ResizeObserver(place);
  more.addEventListener('toggle', () => {
    sizes.disconnect();
    if (!more.open) return;
    place();
    for (const one of [more.closest(WHOLE), words.offsetParent]) if (one) sizes.observe(one);
  });
}

/** Escape closes what is open, and so does typing: whoever types has read it. */
export function closeHelp(): void {
  const close = (): void => {
    for (const more of document.querySelectorAll<HTMLDetailsElement>('.help[open]')) {
      // What is closed cannot have the focus.
      if (more.contains(document.activeElement)) more.querySelector('summary')!.focus();
      more.open = false;
    }
  };
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
  document.addEventListener('input', ({ target }) => {
    if (isTextField(target)) close();
  });
}
