import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters as plain } from 'node:util';
import type { MarkdownIt } from 'markdown-it';
import {
  Application,
  DefaultTheme,
  LogLevel,
  type PageEvent,
  type Reflection,
  ReflectionKind,
  TSConfigReader,
  TypeDocReader,
} from 'typedoc';
import { apiPage } from './apiPage.ts';
import { codeBlock, languageOf } from './code.ts';
import type { Group } from './navigation.ts';
import type { Page } from './types.ts';

export interface Api {
  pages: readonly Page[];
  groups: readonly Group[];
}

/** The pages of the public API: TypeDoc reads the program, and the book typesets what it finds. */
export async function readApi(options: string, fault: (sentence: string) => void): Promise<Api> {
  const app = await Application.bootstrap({ options, readme: 'none' }, [
    new TypeDocReader(),
    new TSConfigReader(),
  ]);
  app.logger.log = (message, level) => {
    if (level >= LogLevel.Warn) fault(`the API: ${plain(message)}`);
  };
  const pages: Page[] = [];
  app.renderer.defineTheme('book', themeThatKeeps(pages));
  app.options.setValue('theme', 'book');
  app.options.setValue('highlightLanguages', []);
  app.options.setValue('markdownItLoader', ({ renderer: { rules } }: MarkdownIt) => {
    rules.fence = (tokens, i) => codeBlock(tokens[i].content, languageOf(`.${tokens[i].info.trim()}`));
    rules.code_block = (tokens, i) => codeBlock(tokens[i].content, 'text');
  });
  const project = await app.convert();
  if (!project) return { pages: [], groups: [] };
  // A destructured parameter has no name in the program.
  for (const parameter of Object.values(project.getReflectionsByKind(ReflectionKind.Parameter)))
    if (parameter.name === '__namedParameters') parameter.name = 'options';

  const scratch = mkdtempSync(join(tmpdir(), 'alignode-api-'));
  try {
    await app.generateDocs(project, scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
  const path = new Map(pages.map(({ title, path }) => [title, path]));
  const groups = (project.groups ?? []).map(({ title, children }) => ({
    title,
    items: children
      .filter(({ name }) => path.has(name))
      .map(({ name }) => ({ title: name, path: path.get(name)! })),
  }));
  return { pages, groups };
}

/** TypeDoc wants its theme as a class. This one writes nothing and passes the pages on. */
const themeThatKeeps = (pages: Page[]) =>
  class extends DefaultTheme {
    override render(event: PageEvent): string {
      const page = event as PageEvent<Reflection>;
      pages.push(apiPage(page, this.getRenderContext(page)));
      return '';
    }
  };
