import { element } from '../dom/element.ts';
import type { TheorySeen } from '../scene.ts';
import type { Tools } from '../views/view.ts';
import { guarded } from './guarded.ts';
import { type Save, savesOf } from './saves.ts';

/** The menu of all that can be saved, made anew whenever it opens. */
export function saveMenu(tools: Tools, exact: () => Promise<TheorySeen>): HTMLElement {
  const sheet = element('div', { class: 'sheet' });
  const menu = element('details', { class: 'menu', id: 'save' }, element('summary', {}, 'Save'), sheet);
  const close = (): void => {
    menu.open = false;
  };
  const save = (one: Save) =>
    guarded(tools, async () => {
      const theory = one.curve ? await exact() : undefined;
      const made = await one.make(tools.scene(), theory);
      download(one.file, typeof made === 'string' ? new Blob([made], { type: one.type }) : made);
      const broken = theory?.failure && ` The curve in it breaks off: ${theory.failure.message}`;
      tools.notify(broken ? 'fault' : 'done', `Saved ${one.file}.${broken ?? ''}`);
    });
  menu.addEventListener('toggle', () => {
    if (!menu.open) return;
    sheet.replaceChildren(
      ...savesOf(tools.scene()).map(({ title, saves }) =>
        element(
          'div',
          { class: 'row', role: 'group', 'aria-label': title },
          element('span', {}, title),
          ...saves.map((one) =>
            element(
              'button',
              {
                type: 'button',
                'aria-label': `Save ${title} as ${one.label}`,
                title: one.file,
                onclick: () => {
                  save(one);
                  close();
                  menu.querySelector('summary')!.focus();
                },
              },
              one.label,
            ),
          ),
        ),
      ),
    );
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    close();
    menu.querySelector('summary')!.focus();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (!menu.contains(target as Node)) close();
  });
  return menu;
}

function download(name: string, blob: Blob): void {
  const href = URL.createObjectURL(blob);
  element('a', { href, download: name }).click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
