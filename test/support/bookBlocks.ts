import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { slowCommands } from './bookSlow.ts';

/* The pages that people read, and every block of code in them: what is run, saved, parsed or compared. */

export const ROOT = join(import.meta.dirname, '../..');

/** A fenced block. A `file` is saved under that name, for later blocks to use, and not run by itself. */
export interface Block {
  page: string;
  /** Of the page, from 1: that of the fence. */
  line: number;
  language: string;
  file?: string;
  content: string;
}

/** Code within a sentence. */
export interface InlineCode {
  page: string;
  line: number;
  content: string;
}

export interface Page {
  path: string;
  blocks: Block[];
  inline: InlineCode[];
  /** What stands in the page and could not be tested, with page and line. */
  faults: string[];
}

const RUN = ['sh', 'ts', 'js'];
const DATA = ['json', 'csv', 'yaml', 'bibtex'];
/** Python blocks are run by test/cli/numpy.test.ts. */
const LANGUAGES = [...RUN, ...DATA, 'text', 'diff', 'python'];
const NEEDS_NETWORK =
  /(^|[;&|]\s*|\s)(apt-get|curl|wget|git (clone|pull|push|fetch)|npm (ci|install|i|update|publish))\b/;
const MAY_BE_SAVED = ['ts', 'js', ...DATA];

export const where = ({ page, line }: { page: string; line: number }): string => `${page}:${line}`;

/** Whether a block is run by itself. */
export const isProgram = ({ language, file }: Block): boolean => RUN.includes(language) && file === undefined;

export function pagePaths(): string[] {
  const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'notebooks/README.md',
    ...docs.sort().map((name) => `docs/${name}`),
  ];
}

export const readPage = (path: string): Page => pageOf(path, readFileSync(join(ROOT, path), 'utf8'));

export function pageOf(path: string, text: string): Page {
  const page: Page = { path, blocks: [], inline: [], faults: [] };
  let line = 1;
  for (const { type, map, info, content, children } of new MarkdownIt({ html: true }).parse(text, {})) {
    // Cells of a table know no line, but their row does.
    if (map) line = map[0] + 1;
    const fault = (says: string): void => {
      page.faults.push(`${where({ page: path, line })}: ${says}`);
    };
    if (type === 'code_block') fault('a block of code by indentation; use a fence with a language');
    if (type === 'fence') {
      const [language = '', file, ...more] = info.trim().split(/\s+/);
      const block: Block = { page: path, line, language, ...(file && { file }), content };
      for (const says of faultsOf(block, more, page.blocks.at(-1))) fault(says);
      page.blocks.push(block);
    }
    let below = 0;
    for (const child of children ?? []) {
      if (child.type === 'softbreak' || child.type === 'hardbreak') below++;
      if (child.type === 'code_inline')
        page.inline.push({ page: path, line: line + below, content: child.content });
    }
  }
  page.blocks.forEach((block, i) => {
    const { file } = block;
    if (file !== undefined && !page.blocks.slice(i + 1).some((later) => uses(later, file)))
      page.faults.push(`${where(block)}: no later block of the page uses ${file}`);
  });
  return page;
}

function faultsOf({ language, file, content }: Block, more: string[], before: Block | undefined): string[] {
  const faults: string[] = [];
  if (language === '') faults.push(`a fence without a language; use one of ${LANGUAGES.join(', ')}`);
  else if (!LANGUAGES.includes(language))
    faults.push(`a fence of language "${language}"; use one of ${LANGUAGES.join(', ')}`);
  if (more.length > 0) faults.push(`"${more.join(' ')}" after the language and the file name`);
  if (/^ *```/m.test(content)) faults.push('a fence that does not end before the next begins');
  if (file !== undefined && !MAY_BE_SAVED.includes(language))
    faults.push(
      `a ${language} block with the file name "${file}"; only ${MAY_BE_SAVED.join(', ')} are saved`,
    );
  if (file?.includes('..') || file?.startsWith('/'))
    faults.push(`"${file}" is not a file of the page's folder`);
  if (language === 'text' && !(before && isProgram(before)))
    faults.push('a text block, an output, but the block before it is no program that is run');
  if (language === 'sh')
    for (const line of content.split('\n'))
      if (NEEDS_NETWORK.test(line) && !isSlow(line))
        faults.push(`"${line.trim()}" needs a network; enter it in test/support/bookSlow.ts`);
  return faults;
}

/** Whether a program names a file elsewhere than in a remark. */
const uses = (block: Block, file: string): boolean =>
  isProgram(block) && block.content.replace(/(^|\s)(#|\/\/)\s.*$/gm, '').includes(file);

/** A line of a sh block without what is said of it. */
export const commandOf = (line: string): string => line.replace(/\s+#\s.*$/, '').trim();

const isSlow = (line: string): boolean => slowCommands.some(({ command }) => command === commandOf(line));
