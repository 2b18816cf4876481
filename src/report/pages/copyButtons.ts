import { escaped } from '../../draw/index.ts';

/** Text to take away, with a button that copies it. */
export const copyable = (label: string, text: string): string =>
  `<div class="code"><p>${escaped(label)}:</p><button type="button" class="copy">Copy</button>
<pre tabindex="0"><code>${escaped(text.trimEnd())}</code></pre></div>`;

export const COPY_STYLE = `
.code { position: relative; } .code p { margin: .6rem 0 .2rem; padding-right: 5rem; }
.copy { position: absolute; right: 0; top: -.2rem; font: inherit; font-size: .875rem; padding: .1rem .6rem; color: #000; background: #fff; border: 1px solid #555; border-radius: .3rem; cursor: pointer; }
pre { background: #f4f4f4; padding: .7rem; margin: 0; overflow-x: auto; font-size: .875rem; line-height: 1.4; }
@media print { .copy { display: none; } pre { white-space: pre-wrap; } }
`;

export const COPY_SCRIPT = `
for (const button of document.querySelectorAll('.copy')) {
  button.addEventListener('click', async () => {
    const code = button.parentElement.querySelector('code');
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      // Not every browser gives a page from a file the clipboard.
      getSelection().selectAllChildren(code);
      document.execCommand('copy');
    }
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
}
`;
