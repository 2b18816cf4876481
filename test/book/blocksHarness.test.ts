import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandOf, pageOf, pagePaths, ROOT, readPage } from '../support/bookBlocks.ts';
import { dataFault } from '../support/bookData.ts';
import { commandsOfHelp, inlineFaults } from '../support/bookInline.ts';
import { isAsShown, sideBySide } from '../support/bookOutput.ts';
import { asTested, runPages, withoutProgress } from '../support/bookRun.ts';
import { sandbox } from '../support/bookSandbox.ts';
import { type SlowCommand, slowCommands } from '../support/bookSlow.ts';
import { typeFaults } from '../support/bookTypes.ts';

/* What runs the pages' code finds what is wrong with it. */

/** A page of fences, each given as its info line and its content. */
const page = (...blocks: [string, string][]) =>
  pageOf('docs/x.md', blocks.map(([info, content]) => `\`\`\`${info}\n${content}\n\`\`\`\n`).join('\n'));

async function outcomesOf(made: ReturnType<typeof page>, limit?: number) {
  const { outcomeOf, finished } = runPages([made], 1, limit);
  await finished;
  return Promise.all(made.blocks.map(outcomeOf));
}

describe('a page is refused, with its line, for', () => {
  const text = (info: string, content = 'x') => `# Title\n\n\`\`\`${info}\n${content}\n\`\`\`\n`;
  it.each([
    ['code by indentation', 'Text\n\n    npm test\n', /^docs\/x\.md:3: .*indentation/],
    ['a fence without a language', text(''), /^docs\/x\.md:3: .*without a language/],
    ['a language that is not run', text('python'), /^docs\/x\.md:3: .*"python"/],
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

describe('a program', () => {
  it('has its output, what failed and files for later blocks', async () => {
    const made = page(
      ['sh', 'echo out; echo err >&2; touch made'],
      ['ts one.mts', "import { version } from 'alignode';\nconsole.log(version satisfies string, 'one');"],
      ['sh', 'ls made && npx tsx one.mts'],
      ['js', "import { integrate } from 'alignode';\nconsole.log(typeof integrate);"],
      ['sh', 'false | cat\necho not reached'],
      ['sh', 'npx alignode --version\nnpx no-such-program'],
      ['sh', 'seq 100000 | head -n 1'],
    );
    const found = await outcomesOf(made);
    expect(found[0]).toEqual({ code: 0, output: 'out\nerr\n' });
    expect(found[2]).toEqual({ code: 0, output: 'made\n0.1.0 one\n' });
    expect(found[3]).toEqual({ code: 0, output: 'function\n' });
    expect(found[4]).toEqual({ code: 1, output: '' });
    expect(found[5].code).toBeGreaterThan(0);
    expect(found[5].output).toMatch(/^0\.1\.0\n.*no-such-program/);
    expect(found[6]).toEqual({ code: 0, output: '1\n' });
  });

  it('that hangs is ended with all that it started, and said to hang', async () => {
    const [{ code, output }] = await outcomesOf(page(['sh', 'echo begun; sleep 1000 & sleep 1000']), 2000);
    expect([code, output]).toEqual([null, 'begun\n\nkilled: it was not done after 2 s']);
  });

  it('leaves nothing behind', async () => {
    const [{ output }, failed] = await outcomesOf(page(['sh', 'pwd'], ['sh', 'exit 3']));
    expect(basename(output.trim())).toMatch(/^\.book-/);
    expect(existsSync(output.trim())).toBe(false);
    expect(failed.code).toBe(3);
  });

  it('may not install', async () => {
    const [{ code, output }] = await outcomesOf(page(['sh', 'npm ci']));
    expect([code, output]).toEqual([1, expect.stringContaining('npm ci is not run in tests of pages')]);
  });

  it('in TypeScript has its types checked', async () => {
    const made = page(
      ['ts', "import { integrate } from 'alignode';\nintegrate({ activation: 'erf' });"],
      ['ts', 'const x: number = 1;\nconsole.log(x);'],
    );
    const faults = await typeFaults([made]);
    expect(faults.get(made.blocks[0])).toMatch(/^block-1\.ts\(2,11\): error TS2345/);
    expect(faults.has(made.blocks[1])).toBe(false);
  });

  it('that is changed by a diff is changed in the copy, and its types are checked', async () => {
    const path = join(ROOT, 'src/version.ts');
    const before = readFileSync(path, 'utf8');
    const [comment, line] = before.split('\n');
    const header = '--- a/src/version.ts\n+++ b/src/version.ts\n@@ -1,2 +1,2 @@';
    const made = page(
      ['diff', `${header}\n ${comment}\n-no such line\n+${line}`],
      ['diff', `${header}\n ${comment}\n-${line}\n+export const version: number = '9.9';`],
      ['sh', 'tail -n 1 src/version.ts'],
    );
    const [stale, wrong, changed] = await outcomesOf(made);
    expect([stale.code, stale.output]).toEqual([1, expect.stringContaining('patch does not apply')]);
    expect([wrong.code, wrong.output]).toEqual([
      2,
      expect.stringMatching(/^src\/version\.ts\(2,14\): error TS2322/m),
    ]);
    expect(changed.output).toBe("export const version: number = '9.9';\n");
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('runs by the npx of the tests as by the real one', () => {
    const { folder, env, remove } = sandbox();
    try {
      const real = { ...env, PATH: process.env.PATH };
      const by = (own: NodeJS.ProcessEnv) =>
        execFileSync('npx', ['alignode', '--help'], { cwd: folder, env: own, encoding: 'utf8' });
      expect(by(env)).toBe(by(real));
    } finally {
      remove();
    }
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
    expect(withoutProgress(`${line}${others}${line}`)).toBe(others);
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
      'src/gaussian/NAME.ts',
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
  it('says what is run in place of a command: another, its beginning, or nothing', async () => {
    const list: SlowCommand[] = [
      { command: 'sleep 1000', why: '', instead: 'echo short' },
      { command: 'echo "it\'s begun"; sleep 1000', why: '', starts: /^it's \w+$/ },
      { command: 'echo other; sleep 0', why: '', starts: /^it's/ },
      { command: 'npm ci', why: '', elsewhere: { file: '', says: '' } },
    ];
    const tested = (script: string) => outcomesOf(page(['sh', asTested(script, list)]));
    const [first] = await tested('sleep 1000   # remark\necho "it\'s begun"; sleep 1000\nnpm ci\necho end');
    expect(first).toEqual({ code: 0, output: 'short\nend\n' });
    const [second] = await tested('echo other; sleep 0\necho end');
    expect([second.code, second.output]).toEqual([1, expect.stringMatching(/^nothing matched.*\nother\n/)]);
  });

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
