import { element } from '../dom/element.ts';
import type { Mount } from '../views/view.ts';
import { addressBar } from './addressBar.ts';
import { codeButton } from './codeDialog.ts';
import { exactCurve } from './exactCurve.ts';
import { guarded } from './guarded.ts';
import { commandFor, needs } from './linkNeeds.ts';
import { openButton } from './open.ts';
import { saveMenu } from './saveMenu.ts';

/** What goes out of the page and comes in: links, files, code. */
export const exchange: Mount = (place, tools) => {
  const bar = addressBar(tools);
  const exact = exactCurve(tools);
  const copyLink = (): void =>
    guarded(tools, async () => {
      const link = bar.link();
      await copied(
        link,
        'Link: the browser does not copy for the page; copy the address from its bar, it is the link.',
      );
      const command = commandFor(location);
      if (command === undefined) tools.notify('done', 'Copied the link: it opens exactly what is here now.');
      else tools.notify('done', needs(command), copyCommand(command));
    });
  const copyCommand = (command: string): HTMLElement => {
    const copy = (): void =>
      guarded(tools, async () => {
        await copied(command, `Command: the browser does not copy for the page; type it: ${command}`);
        button.textContent = 'Copied the command';
      });
    const button = element('button', { type: 'button', onclick: copy }, 'Copy the command');
    return button;
  };
  const title = 'The address of the page as it is now, seeds included';
  place.append(
    openButton(tools),
    saveMenu(tools, exact.get),
    element('button', { type: 'button', title, onclick: copyLink }, 'Copy link'),
    codeButton(tools),
    element('a', { href: './book/index.html', class: 'book' }, 'Book'),
  );
  return (scene, changed) => {
    exact.draw(scene, changed);
    if (changed.students) bar.follow();
  };
};

/** Puts a text on the clipboard; `otherwise` says what would do where the browser does not allow it. */
async function copied(text: string, otherwise: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Error(otherwise);
  }
}
