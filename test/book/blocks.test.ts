import { beforeAll, describe, expect, it } from 'vitest';
import { type Block, pagePaths, readPage } from '../support/bookBlocks.ts';
import { dataFault } from '../support/bookData.ts';
import { typeFaults } from '../support/bookTypes.ts';

/* Every block of code in the README and the pages can be tested, has types that hold or is sound data. outcomes*.test.ts run them. */

const pages = pagePaths().map(readPage);

let types: Map<Block, string>;
beforeAll(async () => {
  // A page that changes the sources has its types checked with them.
  types = await typeFaults(pages.filter(({ blocks }) => !blocks.some(({ language }) => language === 'diff')));
});

describe.each(pages)('$path', ({ path, blocks, faults }) => {
  it('has blocks of code that can be tested', () => {
    expect(faults).toEqual([]);
  });

  for (const block of blocks) {
    const { language, file, line, content } = block;
    const title = `${path}:${line}: ${file ?? content.trim().split('\n')[0].slice(0, 80)}`;

    if (language === 'ts')
      it(`${title}: has types that hold`, () => {
        expect(types.get(block) ?? '').toBe('');
      });

    if (['json', 'csv', 'yaml', 'bibtex'].includes(language))
      it(`${title}: is sound data`, () => {
        expect(dataFault(block)).toBeUndefined();
      });
  }
});
