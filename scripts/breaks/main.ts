// Breaks a copy of the code on purpose, by the changes of scripts/breaks/rooms one after the other, and finds out which
// tests notice:
//     npm run breaks [-- --only ID,ID --quick --command test|all --out FILE]
// The test files that are named with a change are run first; if all of them pass, the whole command is run. --quick
// runs the named files only, and skips the check that the code is sound without the changes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Break, broken } from './break.ts';
import { rooms } from './breaks.ts';
import { copyOf } from './copy.ts';
import { run } from './process.ts';
import { caughtBy, countOf, summaryOf, type Tried, tableOf } from './table.ts';
import { type Failure, runCommand, runFiles } from './tests.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What kernel/ is compiled to, as the sources import it. */
const KERNELS = [
  'src/shallow/students/kernelBytes.ts',
  'src/deep/networks/cpu/kernelBytes.ts',
  'src/deep/networks/cpu/relaxedBytes.ts',
];
const COMMANDS: Record<string, string> = { test: 'test', all: 'test:all' };

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    command: { type: 'string', default: 'test' },
    quick: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => stop.abort(new Error('stopped')));

const tried: Tried[] = [];
try {
  await tryAll();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
if (tried.length > 0) {
  const table = tableOf(tried);
  if (values.out === undefined) console.log(`\n${table}`);
  else writeFileSync(values.out, table);
  console.log(summaryOf(tried));
  if (tried.some((one) => caughtBy(one) === undefined)) process.exitCode = 1;
}

async function tryAll(): Promise<void> {
  const script = COMMANDS[values.command];
  if (script === undefined) throw new Error(`--command: found ${values.command}; use test or all`);
  const chosen = chosenOf(values.only?.split(','));
  const { folder, remove } = copyOf(ROOT);
  try {
    if (!values.quick) await expectSound(folder, chosen);
    for (const { room, change } of chosen) {
      const failures = await tryOne(folder, change, values.quick ? undefined : script);
      const one = { room, change, failures };
      tried.push(one);
      const found = caughtBy(one);
      console.log(`${change.id}: ${found ? `${found.file} failed, ${countOf(found)}` : 'NOTHING FAILED'}`);
    }
  } finally {
    remove();
  }
}

function chosenOf(only: readonly string[] | undefined): { room: string; change: Break }[] {
  const all = rooms.flatMap(({ name, breaks }) => breaks.map((change) => ({ room: name, change })));
  const unknown = only?.find((id) => !all.some(({ change }) => change.id === id));
  if (unknown !== undefined)
    throw new Error(
      `--only: there is no change "${unknown}"; there are ${all.map(({ change }) => change.id).join(', ')}`,
    );
  return all.filter(({ change }) => only?.includes(change.id) ?? true);
}

/**
 * Checks two things first. A test that fails without any change says nothing about a change. A change that the types or
 * the linter refuse never reaches a test: so all changes are made together, and checked once.
 */
async function expectSound(folder: string, chosen: readonly { change: Break }[]): Promise<void> {
  const files = [...new Set(chosen.flatMap(({ change }) => change.by))];
  const failed = await runFiles(folder, files, stop.signal);
  if (failed.length > 0)
    throw new Error(`these fail without any change: ${failed.map(({ file }) => file).join(', ')}`);
  const undo = chosen.map(({ change }) => make(folder, change));
  const { code, said } = await run(folder, ['npm', 'run', 'check'], stop.signal);
  for (const one of undo.reverse()) one();
  if (code !== 0) throw new Error(`with all changes made, npm run check fails, which is no test:\n${said}`);
}

/** The test files that fail with a change. */
async function tryOne(folder: string, change: Break, script: string | undefined): Promise<Failure[]> {
  const undo = make(folder, change);
  const kernels = KERNELS.map((path) => readFileSync(join(folder, path)));
  try {
    if (change.file.startsWith('kernel/')) {
      const { code, said } = await run(folder, ['node', 'scripts/build-kernel.mjs'], stop.signal);
      if (code !== 0) throw new Error(`${change.id}: the kernel does not compile:\n${said}`);
    }
    const failed = await runFiles(folder, change.by, stop.signal);
    return failed.length > 0 || script === undefined ? failed : await runCommand(folder, script, stop.signal);
  } finally {
    undo();
    KERNELS.forEach((path, i) => {
      writeFileSync(join(folder, path), kernels[i]);
    });
  }
}

/** Makes a change; returns a function that takes it back. */
function make(folder: string, change: Break): () => void {
  const place = join(folder, change.file);
  const before = readFileSync(place, 'utf8');
  writeFileSync(place, broken(before, change));
  return () => writeFileSync(place, before);
}
