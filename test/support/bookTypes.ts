import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Block, type Page, ROOT } from './bookBlocks.ts';

const OPTIONS =
  '--ignoreConfig --noEmit --strict --module nodenext --target es2023 --types node --skipLibCheck --pretty false';

/** The faults of type of all programs of the pages, for each what the compiler says: one compiler for all, since it takes seconds to start. */
export async function typeFaults(pages: readonly Page[]): Promise<Map<Block, string>> {
  const folder = mkdtempSync(join(ROOT, '.book-'));
  try {
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    for (const name of ['dist', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name));
    const programs = new Map<string, Block>();
    for (const { path, blocks } of pages)
      for (const block of blocks) {
        if (block.language !== 'ts') continue;
        const name = join(path.replaceAll('/', '-'), block.file ?? `block-${block.line}.ts`);
        programs.set(name, block);
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), block.content);
      }
    const said = programs.size > 0 ? await compile(folder, [...programs.keys()]) : '';
    const faults = new Map<Block, string>();
    for (const [name, block] of programs) {
      const own = said.split(/\n(?=\S)/).filter((line) => line.startsWith(`${name}(`));
      if (own.length > 0) faults.set(block, own.join('\n').replaceAll(name, basename(name)));
    }
    const others = said.split('\n').filter((line) => line !== '' && !/^ /.test(line));
    if (others.length > 0 && faults.size === 0) throw new Error(`tsc failed on blocks of pages:\n${said}`);
    return faults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compile(folder: string, files: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(ROOT, 'node_modules/.bin/tsc'), [...OPTIONS.split(' '), ...files], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.on('error', reject);
    child.on('close', () => resolve(said));
  });
}
