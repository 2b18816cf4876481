import { createContext, Script } from 'node:vm';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';
import { resolveProblem } from '../../../src/index.ts';
import { type RunRecord, type Task, trainRuns } from '../../../src/shallow/students/task.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';

/*
 * What trains students must load where there is no Node: in a page and in a page's workers. It is bundled as a page would
 * be, and run in a context that has what every worker has and nothing else.
 */
async function bundle(entry: string): Promise<string> {
  const output = (await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'task' } },
  })) as Rollup.RollupOutput[];
  return output[0].output[0].code;
}

test('students are trained in a context without Node, to the same bits', async () => {
  const code = await bundle(new URL('../../../src/shallow/students/task.ts', import.meta.url).pathname);
  const context = createContext({ WebAssembly, atob, performance });
  new Script(code).runInContext(context);
  const { trainRuns: there } = new Script('task').runInContext(context) as { trainRuns: typeof trainRuns };

  for (const student of ['trained', 'projected'] as const) {
    const order: Task = {
      first: 0,
      seeds: [1, 2, 3],
      problems: [resolveProblem(twelveProblems[0][1])],
      N: 50,
      steps: [0, 10, 500],
      student,
      backend: 'cpu',
      testSet: 10,
    };
    const [found, expected]: RunRecord[][] = [[], []];
    for (const _ of there(order, found));
    for (const _ of trainRuns(order, expected));
    expect(found.map(({ rows }) => [...rows])).toEqual(expected.map(({ rows }) => [...rows]));
    expect(expected).toHaveLength(3);
  }
});
