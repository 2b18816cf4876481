import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Block, isProgram, pagePaths, readPage, where } from '../support/bookBlocks.ts';
import { dataFault } from '../support/bookData.ts';
import { isAsShown, sideBySide } from '../support/bookOutput.ts';
import { type Outcome, runPages } from '../support/bookRun.ts';
import { typeFaults } from '../support/bookTypes.ts';

/*
 * Every block of code in the README and the pages does what the page says: commands and programs are run, in order, in a copy
 * of the project; outputs are compared; data are parsed. BOOK_PAGE=docs/problem.md,README.md chooses pages.
 */

/** Pages that run at the same time. */
const TOGETHER = 2;

const chosen = process.env.BOOK_PAGE?.split(',') ?? pagePaths();
const pages = chosen.map(readPage);

let running: ReturnType<typeof runPages>;
let types: Promise<Map<Block, string>>;
beforeAll(() => {
  running = runPages(pages, TOGETHER);
  // A page that changes the sources has its types checked with them.
  types = typeFaults(pages.filter(({ blocks }) => !blocks.some(({ language }) => language === 'diff')));
  types.catch(() => undefined);
});
afterAll(async () => {
  await running.finished;
});

const succeeded = ({ code, output }: Outcome, block: Block): void => {
  if (code !== 0) expect.fail(`${where(block)}: ended with exit code ${code}\n${output}`);
};

describe.each(pages)('$path', ({ path, blocks, faults }) => {
  it('has blocks of code that can be tested', () => {
    expect(faults).toEqual([]);
  });

  blocks.forEach((block, i) => {
    const { language, file, line, content } = block;
    const title = `${path}:${line}: ${file ?? content.trim().split('\n')[0].slice(0, 80)}`;

    if (isProgram(block) || language === 'diff')
      it(`${title}: runs`, async () => {
        succeeded(await running.outcomeOf(block), block);
      });

    if (language === 'ts')
      it(`${title}: has types that hold`, async () => {
        expect((await types).get(block) ?? '').toBe('');
      });

    if (language === 'text' && i > 0 && isProgram(blocks[i - 1]))
      it(`${title}: is the output`, async () => {
        const { output } = await running.outcomeOf(blocks[i - 1]);
        if (!isAsShown(content, output))
          expect.fail(`${where(block)}: the output is another\n${sideBySide(content, output)}`);
      });

    if (['json', 'csv', 'yaml', 'bibtex'].includes(language))
      it(`${title}: is sound data`, () => {
        expect(dataFault(block)).toBeUndefined();
      });
  });
});
