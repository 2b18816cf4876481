import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandOf, pageOf, pagePaths, ROOT, readPage } from '../support/bookBlocks.ts';
import { dataFault } from '../support/bookData.ts';
import { commandsOfHelp, inlineFaults } from '../support/bookInline.ts';
import { isAsShown, sideBySide } from '../support/bookOutput.ts';
import { slowCommands } from '../support/bookSlow.ts';
import { withoutProgress } from '../support/withoutProgress.ts';

/* What reads the pages' code finds what is wrong with it; blocksHarness.slow.test.ts has what runs it. */

/** A page of fences, each given as its info line and its content. */
const page = (...blocks: [string, string][]) =>
  pageOf('docs/x.md', blocks.map(([info, content]) => `\`\`\`${info}\n${content}\n\`\`\`\n`).join('\n'));

describe('a page is refused, with its line, for', () => {
  const text = (info: string, content = 'x') => `# Title\n\n\`\`\`${info}\n${content}\n\`\`\`\n`;
  it.each([
    ['code by indentation', 'Text\n\n    npm test\n', /^docs\/x\.md:3: .*indentation/],
    ['a fence without a language', text(''), /^docs\/x\.md:3: .*without a language/],
    ['a language that is not run', text('ruby'), /^docs\/x\.md:3: .*"ruby"/],
    ['words that mean nothing', text('ts a.ts extra'), /"extra" after/],
    [
      'a fence that does not end',
      '# Title\n\n```sh\necho a\n\n```text\na\n```\n',
      /^docs\/x\.md:3: .*not end/,
    ],
    ['an output of nothing', text('text'), /no program/],
    ['a file that nothing uses', text('ts mine.ts'), /uses mine\.ts/],
    ['a name of a file that is never saved', text('sh mine.sh'), /file name "mine\.sh"/],
    ['a file outside the folder', text('json ../a.json'), /not a file of the page/],
    ['a command that needs a network', text('sh', 'cd x && npm install'), /"cd x && npm install" needs/],
  ])('%s', (_, markdown, says) => {
    expect(pageOf('docs/x.md', markdown).faults.filter((fault) => says.test(fault))).toHaveLength(1);
  });

  it('nothing else', () => {
    const sound = page(['sh', 'echo a'], ['text', 'a'], ['json a.json', '{}'], ['sh', 'cat a.json # {}']);
    expect(sound.faults).toEqual([]);
  });
});

describe('an output', () => {
  it.each([
    ['a\nb', 'a\nb\n', true],
    ['a\nb', 'a\nc', false],
    ['a\nb', 'a', false],
    ['a', 'a\nb', false],
    ['a\n…', 'a\nb\nc', true],
    ['a\n…', 'a', true],
    ['…\nc', 'a\nb\nc', true],
    ['…\nb', 'a\nb\nc', false],
    ['a\n…\nc\n…\ne', 'a\nb\nc\nd\nc\ne', true],
    ['took … s', 'took 1.25 s', true],
    ['took … s', 'took 1.25 min', false],
    ['a. (b)', 'ax (b)', false],
    ['0.12…', '0.123456', true],
    ['1.84…e-8', '1.8412e-8', true],
    ['1.84…e-8', '1.84e+300e-8', false],
    ['0.12…', '0.12e5', false],
    ['', '', true],
    ['', 'a', false],
  ])('%j shows %j: %j', (shown, output, fits) => {
    expect(isAsShown(shown, output)).toBe(fits);
  });

  it('that differs is told line beside line', () => {
    expect(sideBySide('a\nlonger line\n', 'a\nb\nc\n')).toBe(
      'the page      the program\na             a\nlonger line | b\n            | c',
    );
  });

  it('is without the lines that tell how far the work is', () => {
    const line = 'simulate 3 of 20 runs finished, 15%, 1.21e+5 steps/s, 4 s left\n';
    const others = 'alignode: 50% done, 3 left\nreproduce 4 in 3 s\n';
    const first = 'simulate 0 of 20 runs finished, 0%\n';
    expect(withoutProgress(`${first}${line}${others}${line}`)).toBe(others);
  });
});

describe('data', () => {
  const fault = (language: string, content: string) =>
    dataFault({ page: 'docs/x.md', line: 1, language, content });
  it.each([
    ['json', '{"a": [1, null]}', '{"a": 1,}'],
    [
      'json',
      readFileSync(join(ROOT, 'examples/dfa-k2m2.json'), 'utf8'),
      '{"activation": "erf", "rule": "hebb"}',
    ],
    ['csv', '# of runs\na,b\n1,2\n', 'a,b\n1\n'],
    ['yaml', 'a: 1\nb:\n  - c: x\n    d: >-\n      words\n', 'a: 1\nb\n'],
    [
      'bibtex',
      '@article{a2021,\n  title = {On {DFA}},\n  year = 2021\n}\n',
      '@article{a2021,\n  title = {On {DFA}\n}\n',
    ],
  ])('%s is parsed', (language, sound, broken) => {
    expect(fault(language, sound)).toBeUndefined();
    expect(fault(language, broken)).toBeTypeOf('string');
  });
});

describe('code within a sentence', () => {
  it('names what exists', async () => {
    const commands = await commandsOfHelp();
    expect([...commands.keys()]).toEqual(expect.arrayContaining(['integrate', 'compare', 'doctor']));
    const faultsOf = (code: string) => inlineFaults(pageOf('docs/x.md', `\nSee\n\`${code}\`.`), commands);
    for (const sound of [
      'npx alignode simulate FILE --runs 20',
      'alignode --version',
      '--scaling-runs 0',
      'npm run docs',
      'src/index.ts',
      'src/shallow/gaussian/NAME.ts',
      'eta',
    ])
      expect(faultsOf(sound)).toEqual([]);
    for (const wrong of [
      'npx alignode simulat x',
      'alignode integrate --runs 3',
      '--no-such-option',
      'npm run nothing',
      'src/nothing.ts',
    ])
      expect(faultsOf(wrong)).toEqual([expect.stringMatching(/^docs\/x\.md:3: /)]);
  });
});

describe('the list of slow commands', () => {
  const printed = pagePaths()
    .flatMap((path) => readPage(path).blocks)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ content }) => content.split('\n').map(commandOf));

  it.each(slowCommands.map(({ command }) => command))('has no more than the pages print: %s', (command) => {
    expect(printed).toContain(command);
  });

  it('names where else a command is run, if it is not run here', () => {
    for (const slow of slowCommands)
      if ('elsewhere' in slow)
        expect(readFileSync(join(ROOT, slow.elsewhere.file), 'utf8')).toContain(slow.elsewhere.says);
  });
});
