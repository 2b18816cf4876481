import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isProgram, type Page, where } from './bookBlocks.ts';
import { isAsShown, sideBySide } from './bookOutput.ts';
import { type Outcome, runPages } from './bookRun.ts';

/** Pages that run at the same time. */
const TOGETHER = 2;

/** Commands and programs of pages are run, in order, in a copy of the project; what they print is what the page shows. */
export function describeOutcomes(pages: readonly Page[]): void {
  let running: ReturnType<typeof runPages>;
  beforeAll(() => {
    running = runPages(pages, TOGETHER);
  });
  afterAll(async () => {
    await running.finished;
  });

  const succeeded = ({ code, output }: Outcome, block: Page['blocks'][number]): void => {
    if (code !== 0) expect.fail(`${where(block)}: ended with exit code ${code}\n${output}`);
  };

  describe.each(pages)('$path', ({ path, blocks }) => {
    blocks.forEach((block, i) => {
      const { language, file, line, content } = block;
      const title = `${path}:${line}: ${file ?? content.trim().split('\n')[0].slice(0, 80)}`;

      if (isProgram(block) || language === 'diff')
        it(`${title}: runs`, async () => {
          succeeded(await running.outcomeOf(block), block);
        });

      if (language === 'text' && i > 0 && isProgram(blocks[i - 1]))
        it(`${title}: is the output`, async () => {
          const { output } = await running.outcomeOf(blocks[i - 1]);
          if (!isAsShown(content, output))
            expect.fail(`${where(block)}: the output is another\n${sideBySide(content, output)}`);
        });
    });
  });
}

/** Pages with programs, in two parts: those that `npm test` runs, and the others. BOOK_PAGE=docs/problem.md,README.md chooses pages. */
export function pagesToRun(part: 'often' | 'seldom', pages: readonly Page[]): Page[] {
  const chosen = process.env.BOOK_PAGE?.split(',');
  return pages.filter(
    ({ path, blocks }) =>
      blocks.some(isProgram) &&
      OFTEN.includes(path) === (part === 'often') &&
      (chosen === undefined || chosen.includes(path)),
  );
}
const OFTEN = ['README.md', 'docs/index.md', 'docs/theory.md', 'docs/problem.md'];
