import { beforeAll, expect, it } from 'vitest';
import { pagePaths, readPage } from '../support/bookBlocks.ts';
import { type Commands, commandsOfHelp, inlineFaults } from '../support/bookInline.ts';

let commands: Commands;
beforeAll(async () => {
  commands = await commandsOfHelp();
});

const chosen = process.env.BOOK_PAGE?.split(',') ?? pagePaths();

it.each(chosen)('%s names commands, options, scripts and files that exist', (path) => {
  expect(inlineFaults(readPage(path), commands)).toEqual([]);
});
