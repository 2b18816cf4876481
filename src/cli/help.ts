import type { Command } from './command.ts';
import type { Flag } from './flags.ts';

/** Columns of a help text, and of what stands before the words about an option or a figure. */
const WIDTH = 120;
const NAMES = 20;

const HELP: Flag = { flag: 'help', key: 'help', help: 'this text' };

/** What `alignode COMMAND --help` prints. */
export function helpOf(
  name: string,
  { title, positionals, further, about, lists = [], flags, needs, examples }: Command,
): string {
  const usage = [
    'alignode',
    name,
    ...positionals,
    ...(further ? [`[${further} ...]`] : []),
    ...(needs ? [needs] : []),
  ];
  const options = flags.some(({ help }) => help !== undefined);
  const entries = [...flags, HELP].flatMap(({ flag, value, help }) =>
    help === undefined ? [] : [[`--${flag}${value === undefined ? '' : ` ${value}`}`, help] as const],
  );
  return [
    `alignode ${name}: ${title}`,
    `Usage\n  ${usage.join(' ')}${options ? ' [options]' : ''}`,
    about.map((paragraph) => wrapped(paragraph, WIDTH).join('\n')).join('\n'),
    ...lists.map(({ heading, entries }) => `${heading}\n${listed(entries)}`),
    ...(options ? [`Options\n${listed(entries)}`] : []),
    `${examples.length > 1 ? 'Examples' : 'Example'}\n${examples.map((line) => `  ${line}`).join('\n')}\n`,
  ].join('\n\n');
}

/** Names, each with words about it beside. */
const listed = (entries: readonly (readonly [name: string, words: string])[]): string =>
  entries
    .map(
      ([name, words]) =>
        `  ${name.padEnd(NAMES)}${wrapped(words, WIDTH - NAMES - 2).join(`\n${' '.repeat(NAMES + 2)}`)}`,
    )
    .join('\n');

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
