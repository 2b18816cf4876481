import { escaped, labelHtml } from '../../draw/index.ts';

/** A page that needs no network. */
export interface Page {
  title: string;
  /** Rules beside those that all pages share. */
  style?: string;
  /** HTML, from the first heading on. */
  body: string;
  /** Sources of scripts, to stand in the page; or files that lie beside it. */
  scripts: readonly (string | { file: string })[];
}

export const pageHtml = ({ title, style = '', body, scripts }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
${body}
${scripts.map(script).join('\n')}
</body>
</html>
`;

const script = (one: string | { file: string }): string =>
  typeof one === 'string'
    ? `<script>${scriptSafe(one)}</script>`
    : `<script src="${escaped(one.file)}"></script>`;

/** The end tag of a script ends it wherever it stands. In strings and patterns of JavaScript "\/" is "/". */
const scriptSafe = (source: string): string =>
  source.replace(/<\/(?=script)/gi, '<\\/').replace(/<!--/g, '<\\!--');

/** A value as a literal of a script: JSON in which no tag begins. What is not a number becomes null. */
export const literal = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

/** A phrase as a sentence of its own. */
export const sentence = (text: string): string => labelHtml(`${text[0].toUpperCase()}${text.slice(1)}.`);

/** A table of names and values; both are labels. */
export const factsTable = (rows: readonly (readonly [name: string, value: string])[]): string =>
  `<table>\n${rows.map(([name, value]) => `<tr><th>${labelHtml(name)}</th><td>${labelHtml(value)}</td></tr>`).join('\n')}\n</table>`;

const STYLE = `
body { font: 16px/1.5 sans-serif; color: #000; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.verdict { padding: .7rem 1rem; border-left: .5rem solid; background: #f4f4f4; font-size: 1.1rem; }
.agrees { border-color: #009e73; } .differs { border-color: #d55e00; } .undecided { border-color: #e69f00; }
figure { margin: 1rem 0; break-inside: avoid; } figcaption { font-size: .95rem; }
table { border-collapse: collapse; } tr { break-inside: avoid; }
sub { font-size: .75em; line-height: 0; }
th, td { text-align: left; vertical-align: top; padding: .15rem 1rem .15rem 0; border-bottom: 1px solid #ddd; font-size: .95rem; }
td { font-family: monospace; overflow-wrap: anywhere; }
.made { color: #555; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } .verdict { print-color-adjust: exact; } }
`;
