import type { Room } from '../break.ts';

export const book: Room = {
  name: 'book and notebooks',
  breaks: [
    {
      id: 'second-anchor',
      file: 'scripts/book/headings.ts',
      from: 'for (let n = 1; taken.has(id); n++)',
      to: 'for (let n = 2; taken.has(id); n++)',
      wrong: 'the second heading of a name has another anchor than on code hosts',
      by: ['test/book/pages.test.ts'],
    },
    {
      id: 'formula-and-comma',
      file: 'scripts/book/math.ts',
      from: 'const after = /^[.,;:!?)\\]]*/',
      to: 'const after = /^[.;:!?)\\]]*/',
      wrong: 'a line may end between a formula and its comma',
      by: ['test/book/pages.test.ts'],
    },
    {
      id: 'foreign-folder',
      file: 'scripts/book/replaced.ts',
      from: '&& !existsSync(join(folder, mark))',
      to: '&& existsSync(join(folder, mark))',
      wrong: 'a folder that is no book is replaced by one',
      by: ['test/book/pages.test.ts'],
    },
    {
      id: 'order-of-keys',
      file: 'scripts/notebooks/file.mjs',
      from: 'KERNELSPEC, language_info: LANGUAGE };',
      to: 'KERNELSPEC, language: LANGUAGE };',
      wrong: 'notebooks are stored without what Jupyter knows their language by',
      by: ['test/notebooks/stored.test.ts'],
    },
  ],
};
