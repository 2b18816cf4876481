import { element } from '../dom/element.ts';
import type { Mount } from '../views/view.ts';
import { addressBar } from './addressBar.ts';
import { codeButton } from './codeDialog.ts';
import { exactCurve } from './exactCurve.ts';
import { guarded } from './guarded.ts';
import { openButton } from './open.ts';
import { saveMenu } from './saveMenu.ts';

/** What goes out of the page and comes in: links, files, code. */
export const exchange: Mount = (place, tools) => {
  const bar = addressBar(tools);
  const exact = exactCurve(tools);
  const copyLink = (): void =>
    guarded(tools, async () => {
      const link = bar.link();
      try {
        await navigator.clipboard.writeText(link);
      } catch {
        throw new Error(
          'Link: the browser does not copy for the page; copy the address from its bar, it is the link.',
        );
      }
      tools.notify('done', 'Copied the link: it opens exactly what is here now.');
    });
  const title = 'The address of the page as it is now, seeds included';
  place.append(
    openButton(tools),
    saveMenu(tools, exact.get),
    element('button', { type: 'button', title, onclick: copyLink }, 'Copy link'),
    codeButton(tools),
    element('a', { href: './book/index.html', class: 'book' }, 'Book'),
  );
  return exact.draw;
};
