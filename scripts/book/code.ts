import hljs from 'highlight.js/lib/common';
import type { MarkdownIt } from 'markdown-it';
import { escaped } from '../../src/draw/index.ts';
import { of } from './environment.ts';

hljs.registerLanguage('bibtex', () => ({
  contains: [
    { scope: 'keyword', begin: /@\w+/ },
    { scope: 'attr', begin: /\b[\w-]+(?=\s*=)/ },
  ],
}));

/** The languages of the book's blocks, by the names of the highlighter. */
const LANGUAGES: Record<string, string> = {
  sh: 'bash',
  ts: 'typescript',
  js: 'javascript',
  python: 'python',
  json: 'json',
  diff: 'diff',
  yaml: 'yaml',
  bibtex: 'bibtex',
  csv: 'plaintext',
  text: 'plaintext',
};

/** By the end of a file's name, for files that are shown as they are. */
const ENDINGS: Record<string, string> = {
  mjs: 'js',
  mts: 'ts',
  cff: 'yaml',
  yml: 'yaml',
  ipynb: 'json',
};

export const languageOf = (file: string): string => {
  const ending = file.slice(file.lastIndexOf('.') + 1);
  const language = ENDINGS[ending] ?? ending;
  return language in LANGUAGES ? language : 'text';
};

export const highlighted = (code: string, language: string): string =>
  hljs.highlight(code, { language: LANGUAGES[language] }).value;

/** A block of code with a button that copies it; in the language `text`, the output of a program. */
export function codeBlock(code: string, language: string, name = ''): string {
  const pre = `<pre class="scroll" data-label="Code"><code>${highlighted(code.trimEnd(), language)}</code></pre>`;
  if (language === 'text') return `<div class="output">${pre}</div>\n`;
  const caption = name && `<p class="name">${escaped(name)}</p>`;
  return `<div class="code">${caption}<button type="button" class="copy">Copy</button>${pre}</div>\n`;
}

export function code(md: MarkdownIt): void {
  md.renderer.rules.fence = (tokens, i, _, env) => {
    const [language, name] = tokens[i].info.trim().split(/\s+/);
    if (language in LANGUAGES) return codeBlock(tokens[i].content, language, name);
    of(env).desk.fault(
      `a block of code in ${language ? `the language "${language}"` : 'no language'}: it may be ${Object.keys(LANGUAGES).join(', ')}`,
    );
    return '';
  };
  md.renderer.rules.code_block = (tokens, i) => codeBlock(tokens[i].content, 'text');
}
