import type { Room } from '../break.ts';

export const cli: Room = {
  name: 'command line',
  breaks: [
    {
      id: 'half-written',
      file: 'src/cli/replace.ts',
      from: '    rmSync(target, { force: true });',
      to: '',
      wrong: 'a file that could not be written whole leaves its beginning behind',
      by: ['test/cli/files.test.ts'],
    },
    {
      id: 'folder-beside',
      file: 'src/cli/serve/paths.ts',
      from: 'place.startsWith(home + sep)',
      to: 'place.startsWith(home)',
      wrong: 'the server gives out files of a folder whose name begins as that of its own does',
      by: ['test/cli/explore.test.ts'],
    },
    {
      id: 'undecided-code',
      file: 'src/cli/compare.ts',
      from: 'verdict.agrees === true ? EXIT.done : EXIT.failed',
      to: 'verdict.agrees === false ? EXIT.failed : EXIT.done',
      wrong: 'a comparison that decides nothing ends as one that agrees',
      by: ['test/cli/compare.test.ts'],
    },
    {
      id: 'range-of-K',
      file: 'src/cli/plearn.ts',
      from: '{ length: ends[1] - ends[0] + 1 }',
      to: '{ length: ends[1] - ends[0] }',
      wrong: '--K 2..10 ends at 9',
      by: ['test/cli/plearn.test.ts'],
    },
    {
      id: 'format-by-name',
      file: 'src/cli/output.ts',
      from: 'const chosen = format ?? (',
      to: 'const chosen = format || (',
      wrong: 'an empty --format is not refused',
      by: ['test/cli/integrate.test.ts'],
    },
  ],
};
