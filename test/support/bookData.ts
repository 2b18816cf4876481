import { resolveProblem } from '../../src/index.ts';
import type { Block } from './bookBlocks.ts';

/** What is wrong with a block of data; undefined if nothing is. */
export function dataFault({ language, content }: Block): string | undefined {
  try {
    PARSERS[language]?.(content);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const PARSERS: Record<string, (text: string) => void> = {
  json: (text) => {
    const value = JSON.parse(text);
    if (value !== null && typeof value === 'object' && 'activation' in value) resolveProblem(value);
  },

  csv: (text) => {
    const rows = text
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    const cells = rows.map((row) => row.split(',').length);
    const wrong = cells.findIndex((count) => count !== cells[0]);
    if (wrong >= 0) throw new Error(`row ${wrong + 1} has ${cells[wrong]} cells, the first ${cells[0]}`);
  },

  /** Keys, lists and text over several lines: the part of the language that such files need. */
  yaml: (text) => {
    for (const line of text.trimEnd().split('\n'))
      if (!/^\s*(#.*|---|(- )*[\w-]+:( .*)?|- .*|)$/.test(line) && !/^\s+\S/.test(line))
        throw new Error(`"${line}" is neither "key: value" nor an item of a list`);
    if (text.includes('\t')) throw new Error('a tab');
  },

  bibtex: (text) => {
    for (const entry of text.trim().split(/\n\n+/)) {
      if (!/^@\w+\{[\w:-]+,\n([ \t]+\w+ *= *(\{.*\}|"[^"]*"|\d+),?\n)+\}$/.test(entry))
        throw new Error(`no entry "@kind{key, field = {value}, ...}", a field a line:\n${entry}`);
      const depth = [...entry].reduce((sum, c) => sum + (c === '{' ? 1 : c === '}' ? -1 : 0), 0);
      if (depth !== 0) throw new Error(`braces do not match in:\n${entry}`);
    }
  },
};
