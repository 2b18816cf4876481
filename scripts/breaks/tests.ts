import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run } from './process.ts';

/** A test file that failed, and how many of its tests. */
export interface Failure {
  readonly file: string;
  readonly failed: number;
  readonly tests: number;
}

/** The part of vitest's "json" report that is read. */
interface Report {
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

const VITEST = 'node_modules/vitest/vitest.mjs';
const REPORT = 'breaks-report.json';
const REPORTER = ['--reporter=json', `--outputFile=${REPORT}`];

/** Runs test files: in Node, and in a page those that need one. */
export async function runFiles(
  folder: string,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Failure[]> {
  if (files.some((file) => needsBuild(folder, file))) {
    const { code, said } = await run(folder, ['npm', 'run', 'build'], signal);
    if (code !== 0) throw new Error(`it does not compile:\n${said}`);
  }
  const inPages = files.some((file) => file.endsWith('.page.test.ts'));
  const projects = ['node', 'apart', ...(inPages ? ['page'] : [])].map((name) => `--project=${name}`);
  return failures(folder, ['node', VITEST, 'run', ...projects, ...REPORTER, ...files], signal);
}

/** Runs a whole command, with all that it does before the tests. */
export const runCommand = (folder: string, script: string, signal: AbortSignal): Promise<Failure[]> =>
  failures(folder, ['npm', 'run', script, '--', ...REPORTER], signal);

async function failures(folder: string, command: readonly string[], signal: AbortSignal): Promise<Failure[]> {
  const place = join(folder, REPORT);
  rmSync(place, { force: true });
  const { code, said } = await run(folder, command, signal);
  if (!existsSync(place)) throw new Error(`the tests were not run: ${command.join(' ')}\n${said}`);
  const { testResults }: Report = JSON.parse(readFileSync(place, 'utf8'));
  const failed = testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name, assertionResults }) => ({
      file: relative(folder, name),
      failed: assertionResults.filter(({ status }) => status === 'failed').length,
      tests: assertionResults.length,
    }));
  if (code !== 0 && failed.length === 0)
    throw new Error(`${command.join(' ')} failed, and no test did:\n${said}`);
  return failed;
}

/** Whether a test needs the build: it names dist/, or imports something from test/support that does. */
function needsBuild(folder: string, file: string): boolean {
  const text = readFileSync(join(folder, file), 'utf8');
  if (/\bdist\b/.test(text)) return true;
  const imports = text.matchAll(/from '(\.[^']*support\/[^']*|\.\/[^']*)'/g);
  return [...imports].some(([, path]) => needsBuild(folder, join(dirname(file), path)));
}
