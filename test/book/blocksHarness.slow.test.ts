import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageOf, ROOT } from '../support/bookBlocks.ts';
import { asTested, runPages } from '../support/bookRun.ts';
import { sandbox } from '../support/bookSandbox.ts';
import type { SlowCommand } from '../support/bookSlow.ts';
import { typeFaults } from '../support/bookTypes.ts';

/* What runs the pages' code finds what is wrong with it. */

/** A page of fences, each given as its info line and its content. */
const page = (...blocks: [string, string][]) =>
  pageOf('docs/x.md', blocks.map(([info, content]) => `\`\`\`${info}\n${content}\n\`\`\`\n`).join('\n'));

async function outcomesOf(made: ReturnType<typeof page>, limit?: number) {
  const { outcomeOf, finished } = runPages([made], 1, limit);
  await finished;
  return Promise.all(made.blocks.map(outcomeOf));
}

describe('a program', () => {
  it('has its output, what failed and files for later blocks', async () => {
    const made = page(
      ['sh', 'echo out; echo err >&2; touch made'],
      ['ts one.mts', "import { version } from 'alignode';\nconsole.log(version satisfies string, 'one');"],
      ['sh', 'ls made && npx tsx one.mts'],
      ['js', "import { integrate } from 'alignode';\nconsole.log(typeof integrate);"],
      ['sh', 'false | cat\necho not reached'],
      ['sh', 'npx alignode --version\nnpx no-such-program'],
      ['sh', 'seq 100000 | head -n 1'],
    );
    const found = await outcomesOf(made);
    expect(found[0]).toEqual({ code: 0, output: 'out\nerr\n' });
    expect(found[2]).toEqual({ code: 0, output: 'made\n0.2.0 one\n' });
    expect(found[3]).toEqual({ code: 0, output: 'function\n' });
    expect(found[4]).toEqual({ code: 1, output: '' });
    expect(found[5].code).toBeGreaterThan(0);
    expect(found[5].output).toMatch(/^0\.2\.0\n.*no-such-program/);
    expect(found[6]).toEqual({ code: 0, output: '1\n' });
  });

  it('that hangs is ended with all that it started, and said to hang', async () => {
    const [{ code, output }] = await outcomesOf(page(['sh', 'echo begun; sleep 1000 & sleep 1000']), 2000);
    expect([code, output]).toEqual([null, 'begun\n\nkilled: it was not done after 2 s']);
  });

  it('leaves nothing behind', async () => {
    const [{ output }, failed] = await outcomesOf(page(['sh', 'pwd'], ['sh', 'exit 3']));
    expect(basename(output.trim())).toMatch(/^\.book-/);
    expect(existsSync(output.trim())).toBe(false);
    expect(failed.code).toBe(3);
  });

  it('may not install', async () => {
    const [{ code, output }] = await outcomesOf(page(['sh', 'npm ci']));
    expect([code, output]).toEqual([1, expect.stringContaining('npm ci is not run in tests of pages')]);
  });

  it('in TypeScript has its types checked', async () => {
    const made = page(
      ['ts', "import { integrate } from 'alignode';\nintegrate({ activation: 'erf' });"],
      ['ts', 'const x: number = 1;\nconsole.log(x);'],
    );
    const faults = await typeFaults([made]);
    expect(faults.get(made.blocks[0])).toMatch(/^block-1\.ts\(2,1\): error TS2769/);
    expect(faults.has(made.blocks[1])).toBe(false);
  });

  it('that is changed by a diff is changed in the copy, and its types are checked', async () => {
    const path = join(ROOT, 'src/support/version.ts');
    const before = readFileSync(path, 'utf8');
    const [comment, line] = before.split('\n');
    const header = '--- a/src/support/version.ts\n+++ b/src/support/version.ts\n@@ -1,2 +1,2 @@';
    const made = page(
      ['diff', `${header}\n ${comment}\n-no such line\n+${line}`],
      ['diff', `${header}\n ${comment}\n-${line}\n+export const version: number = '9.9';`],
      ['sh', 'tail -n 1 src/support/version.ts'],
    );
    const [stale, wrong, changed] = await outcomesOf(made);
    expect([stale.code, stale.output]).toEqual([1, expect.stringContaining('patch does not apply')]);
    expect([wrong.code, wrong.output]).toEqual([
      2,
      expect.stringMatching(/^src\/support\/version\.ts\(2,14\): error TS2322/m),
    ]);
    expect(changed.output).toBe("export const version: number = '9.9';\n");
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('runs by the npx of the tests as by the real one', () => {
    const { folder, env, remove } = sandbox();
    try {
      const real = { ...env, PATH: process.env.PATH };
      const by = (own: NodeJS.ProcessEnv) =>
        execFileSync('npx', ['alignode', '--help'], { cwd: folder, env: own, encoding: 'utf8' });
      expect(by(env)).toBe(by(real));
    } finally {
      remove();
    }
  });
});

describe('the list of slow commands', () => {
  it('says what is run in place of a command: another, its beginning, or nothing', async () => {
    const list: SlowCommand[] = [
      { command: 'sleep 1000', why: '', instead: 'echo short' },
      { command: 'echo "it\'s begun"; sleep 1000', why: '', starts: /^it's \w+$/ },
      { command: 'echo other; sleep 0', why: '', starts: /^it's/ },
      { command: 'npm ci', why: '', elsewhere: { file: '', says: '' } },
    ];
    const tested = (script: string) => outcomesOf(page(['sh', asTested(script, list)]));
    const [first] = await tested('sleep 1000   # remark\necho "it\'s begun"; sleep 1000\nnpm ci\necho end');
    expect(first).toEqual({ code: 0, output: 'short\nend\n' });
    const [second] = await tested('echo other; sleep 0\necho end');
    expect([second.code, second.output]).toEqual([1, expect.stringMatching(/^nothing matched.*\nother\n/)]);
  });
});
