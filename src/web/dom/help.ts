import { element } from './element.ts';

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
  return element(
    'details',
    // Of one name: to open one is to close the other.
    { class: 'help', id: `help-${id}`, name: 'help' },
    element('summary', { 'aria-label': `About ${title}` }, '?'),
    element(
      'p',
      {},
      help,
      book === undefined ? undefined : ' ',
      book === undefined ? undefined : element('a', { href: BOOK + book }, 'More in the book'),
    ),
  );
}
