import { escaped } from '../../draw/index.ts';
import type { GalleryEntry, GalleryFacts } from '../tables/index.ts';

/** Where the book has a figure of the paper: a heading of its page docs/paper.md. */
export const SECTIONS: Readonly<Record<string, string>> = {
  '2a': 'figure-2-learning-curves',
  '2b': 'figure-2-learning-curves',
  '2c': 'figure-2-learning-curves',
  '3a': 'figure-3a-theory-and-one-student',
  '3b': 'figure-3b-align-then-memorise',
  '3c': 'figure-3c-degeneracy-breaking',
  '4': 'figure-4-the-signs-of-the-feedback',
  '5': 'figure-5-networks-that-share-their-feedback',
  '6': 'figures-6-and-7-deep-networks-align-then-memorise',
  '7': 'figures-6-and-7-deep-networks-align-then-memorise',
  '9': 'figures-9-and-11-wrong-labels',
  '11': 'figures-9-and-11-wrong-labels',
  '10': 'figure-10-zero-initial-weights',
};
/** The heading for all others. */
export const OUR_OWN = 'our-own-figures';

/** Links to what the book says of a figure, where the book lies beside the gallery. */
export function bookLinks({ figure, drawing }: GalleryEntry, { book }: GalleryFacts): string {
  if (book === null) return '';
  const section = Object.hasOwn(SECTIONS, figure.name) ? SECTIONS[figure.name] : OUR_OWN;
  const link = (page: string, words: string): string =>
    ` <a href="${escaped(book.replace(/[^/]*$/, page))}">${words}</a>`;
  const misprinted = drawing.claims.some(({ holds }) => holds === 'not as printed');
  return `${link(`paper.html#${section}`, 'In the book')}${misprinted ? link('errata.html', 'Errata') : ''}`;
}
