import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Block, commandOf, isProgram, type Page, ROOT } from './bookBlocks.ts';
import { type Sandbox, sandbox } from './bookSandbox.ts';
import { type SlowCommand, slowCommands } from './bookSlow.ts';
import { nodeAborted } from './nodeAborted.ts';
import { withoutProgress } from './withoutProgress.ts';

/** What came of a block. */
export interface Outcome {
  code: number | null;
  /** What it printed on standard output, and then what on standard error. */
  output: string;
}

/** Milliseconds after which a block counts as hanging: far more than any should take. */
const LIMIT = 180_000;

/** Starts the pages' blocks, each page in a folder of its own and in order, so many pages at a time. */
export function runPages(pages: readonly Page[], together: number, limit = LIMIT) {
  const outcomes = new Map<Block, Settlers>();
  for (const { blocks } of pages) for (const block of blocks) outcomes.set(block, withResolvers());
  const waiting = [...pages];
  const worker = async (): Promise<void> => {
    for (let page = waiting.shift(); page; page = waiting.shift()) await runPage(page, outcomes, limit);
  };
  const finished = Promise.all(Array.from({ length: together }, worker));
  return {
    outcomeOf: (block: Block): Promise<Outcome> => outcomes.get(block)!.promise,
    finished,
  };
}

async function runPage({ blocks }: Page, outcomes: Map<Block, Settlers>, limit: number): Promise<void> {
  let made: Sandbox | undefined;
  try {
    made = sandbox();
    const box = { ...made, limit };
    const lastDiff = blocks.findLast(({ language }) => language === 'diff');
    for (const block of blocks) {
      let outcome = await runBlock(block, box);
      if (block === lastDiff && outcome.code === 0) outcome = await checkTypes(box);
      outcomes.get(block)!.resolve(outcome);
    }
  } catch (error) {
    for (const block of blocks) outcomes.get(block)!.reject(error);
  } finally {
    made?.remove();
  }
}

/** Where a page is run, and how many milliseconds a block may take. */
type Box = Sandbox & { limit: number };

const NOTHING: Outcome = { code: 0, output: '' };

async function runBlock(block: Block, box: Box): Promise<Outcome> {
  const { language, file, line, content } = block;
  const save = (name: string): string => {
    mkdirSync(dirname(join(box.folder, name)), { recursive: true });
    writeFileSync(join(box.folder, name), content);
    return name;
  };
  if (file !== undefined) save(file);
  if (language === 'diff')
    return start(box, 'git', 'apply', '--recount', '--whitespace=nowarn', save(`block-${line}.diff`));
  if (!isProgram(block)) return NOTHING;
  if (language === 'sh') return start(box, 'bash', '-eo', 'pipefail', '-c', asTested(content));
  const name = save(`block-${line}.${language}`);
  return language === 'ts' ? start(box, 'npx', 'tsx', name) : start(box, 'node', name);
}

/** A tree that was changed by a page's diffs is checked as a whole. */
const checkTypes = (box: Box): Promise<Outcome> =>
  start(box, 'npx', 'tsc', '-p', 'tsconfig.check.json', '--noEmit');

/** A sh block with its slow commands replaced. */
export const asTested = (script: string, list = slowCommands): string =>
  script
    .split('\n')
    .map((line) => {
      const slow = list.find(({ command }) => command === commandOf(line));
      return slow === undefined ? line : inPlaceOf(slow);
    })
    .join('\n');

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function inPlaceOf(slow: SlowCommand): string {
  if ('instead' in slow) return slow.instead;
  if ('elsewhere' in slow) return ':';
  const starter = join(ROOT, 'test/support/bookStart.mjs');
  return ['node', starter, slow.starts.source, slow.command].map(quoted).join(' ');
}

async function start(box: Box, command: string, ...args: string[]): Promise<Outcome> {
  const outcome = await startOnce(box, command, ...args);
  return nodeAborted(outcome.output) ? startOnce(box, command, ...args) : outcome;
}

function startOnce({ folder, env, limit }: Box, command: string, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    // A group of its own: what hangs is ended with all that it started.
    const child = spawn(command, args, {
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const printed = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        printed[name] += text;
      });
    let hung = '';
    const end = (): boolean => process.kill(-child.pid!, 'SIGKILL');
    const timer = setTimeout(() => {
      hung = `\nkilled: it was not done after ${limit / 1000} s`;
      end();
    }, limit);
    process.once('exit', end);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      process.removeListener('exit', end);
      resolve({ code, output: printed.stdout + withoutProgress(printed.stderr) + hung });
    });
  });
}

type Settlers = {
  promise: Promise<Outcome>;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
};

function withResolvers(): Settlers {
  let resolve!: (outcome: Outcome) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<Outcome>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // The test that asks for it says so; until then nobody need listen.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
