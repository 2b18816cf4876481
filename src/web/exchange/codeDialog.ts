import { element } from '../dom/element.ts';
import type { Scene } from '../scene.ts';
import type { Tools } from '../views/view.ts';
import { commandOf, scriptOf } from './code.ts';
import { guarded } from './guarded.ts';

/** The ways to the same numbers without the page. */
const CODES: readonly { id: string; title: string; copy: string; of: (scene: Scene) => string }[] = [
  { id: 'command', title: 'In a shell', copy: 'Copy as command', of: commandOf },
  { id: 'typescript', title: 'In a script', copy: 'Copy as TypeScript', of: scriptOf },
];

/** A button and the dialog behind it: the text is there to be seen, and selected where a browser refuses to copy it. */
export function codeButton(tools: Tools): HTMLElement {
  const title = element('h2', { id: 'code-title' }, 'The same numbers without the page');
  const close = element('button', { type: 'button', onclick: () => dialog.close() }, 'Close');
  const parts = CODES.map((code) => codePart(code));
  const dialog = element(
    'dialog',
    { class: 'code', id: 'code', 'aria-labelledby': title.id },
    element('header', {}, title, close),
    ...parts.map(({ part }) => part),
  );
  dialog.addEventListener('click', ({ target }) => {
    // Outside its content there is only the backdrop.
    if (target === dialog) dialog.close();
  });
  document.body.append(dialog);
  const open = (): void =>
    guarded(tools, () => {
      const scene = tools.scene();
      for (const { fill } of parts) fill(scene);
      dialog.showModal();
    });
  return element(
    'button',
    { type: 'button', title: 'Copy as command or as TypeScript', onclick: open },
    'Code…',
  );
}

function codePart({ id, title, copy, of }: (typeof CODES)[number]) {
  const text = element('pre', { id: `code-${id}`, tabindex: 0, 'aria-label': `${title}: the text` });
  const said = element('span', { role: 'status', class: 'said' });
  const copied = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text.textContent ?? '');
      said.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(text);
      said.textContent =
        'The browser does not copy for the page: the text is selected, copy it with the keyboard';
    }
  };
  const button = element('button', { type: 'button', class: 'main', onclick: () => void copied() }, copy);
  return {
    part: element('section', {}, element('header', {}, element('h3', {}, title), button, said), text),
    fill: (scene: Scene): void => {
      text.textContent = of(scene);
      said.textContent = '';
    },
  };
}
