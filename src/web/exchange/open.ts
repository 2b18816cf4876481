import { element } from '../dom/element.ts';
import type { Tools } from '../views/view.ts';
import { guarded } from './guarded.ts';
import { MOST_BYTES, opened } from './openText.ts';

/** Opens problem files: by a button, and by dropping them anywhere on the page. */
export function openButton(tools: Tools): HTMLElement {
  const open = (files: FileList | null | undefined): void =>
    guarded(tools, async () => {
      const { state, words } = await read([...(files ?? [])], tools);
      tools.store.set(state);
      tools.notify('done', words);
    });
  const chosen = element('input', {
    type: 'file',
    hidden: true,
    accept: '.json,.csv,application/json,text/csv',
    'aria-label': 'A problem file',
    onchange: () => {
      open(chosen.files);
      // The same file may be chosen again.
      chosen.value = '';
    },
  });
  acceptDrops(open);
  const title = 'Open a problem, or an output of alignode: JSON or CSV. It can also be dropped on the page.';
  const button = element('button', { type: 'button', title, onclick: () => chosen.click() }, 'Open…');
  button.append(chosen);
  return button;
}

async function read(files: readonly File[], { store }: Tools): Promise<ReturnType<typeof opened>> {
  if (files.length !== 1)
    throw new Error(
      `Opening: found ${files.length === 0 ? 'nothing that is a file' : `${files.length} files`}; use one problem file at a time.`,
    );
  const [file] = files;
  if (file.size > MOST_BYTES)
    throw new Error(
      `${file.name}: found ${Math.round(file.size / 2 ** 20)} MB; use a file of up to 64 MB: the problem alone, or an output as CSV.`,
    );
  let text: string;
  try {
    text = await file.text();
  } catch {
    throw new Error(
      `${file.name}: it could not be read; use a file and not a folder, one that you may read.`,
    );
  }
  return opened(text, file.name, store.get());
}

/** While files are dragged over the page it says where they may go: anywhere. */
function acceptDrops(open: (files: FileList | undefined) => void): void {
  const target = element(
    'div',
    { class: 'drop', hidden: true },
    element('p', {}, 'Drop a problem to open it'),
  );
  document.body.append(target);
  const withFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent): void => {
    if (!withFiles(event)) return;
    event.preventDefault();
    target.hidden = false;
  };
  const away = (): void => {
    target.hidden = true;
  };
  document.addEventListener('dragenter', over);
  document.addEventListener('dragover', over);
  document.addEventListener('dragleave', (event) => {
    // Elements of the page follow each other; outside there is none.
    if (event.relatedTarget === null) away();
  });
  document.addEventListener('drop', (event) => {
    if (!withFiles(event)) return;
    event.preventDefault();
    away();
    open(event.dataTransfer?.files);
  });
}
