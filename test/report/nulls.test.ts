import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compare, integrate, phases, plearn, type Simulation, simulate } from '../../src/index.ts';
import {
  comparisonToJson,
  curveToJson,
  plearnToJson,
  simulationToJson,
} from '../../src/report/tables/index.ts';
import { alignmentsOf } from '../../src/shallow/students/index.ts';
import { smallProblem } from '../support/problems.ts';

/** Where JSON may hold null: a path, with * for places in lists, and the row of docs/files.md that says so. */
const DOCUMENTED: Record<string, string> = {
  '((theory|mean|stderr)\\.)?(weight|update)Alignment\\.\\*': '`weightAlignment`, `updateAlignment`',
  '(theory\\.)?stats\\.heldFrom': '`heldFrom`',
  'phases\\.(align|memorise)': '`align`, `memorise` of `phases`',
  '(theory\\.)?stats\\.symmetricFrom': '`symmetricFrom`',
  '(simulation\\.)?stderr\\..*': '`stderr` of a simulation',
  '(simulation\\.)?mean\\..*': '`mean` of a simulation',
  '(simulation\\.)?perRun\\.\\*\\..*': 'values of one run in `perRun`',
  '(bias|scaling\\.(limit|slope|bend|chiSquare)(Error)?)\\..*':
    '`limit`, `slope`, `bend`, their errors, `chiSquare` and `bias`',
  'bias|scaling': '`bias`, `scaling` of a comparison, as a whole',
  'scaling\\.sizes\\.\\*\\.(deviation|stderr)\\..*': '`deviation`, `stderr` of a size of the scaling',
  'scaling\\.worstFit': '`worstFit`',
  'verdict\\.agrees': '`verdict.agrees`',
  'verdict\\.(p|worst)': '`verdict.p`, `verdict.worst`',
  'z\\..*|tests\\.\\*\\.(deviation|error|z|p|bias)|verdict\\.worst\\.(deviation|error|z|p|bias)':
    '`z`, and the numbers of `tests` and `verdict.worst`',
  'points\\.\\*\\.(fraction|interval|medianTime)': '`fraction`, `interval`, `medianTime`',
  'points\\.\\*\\.students\\.\\*\\.eg': '`eg` of a student of P(learn)',
};

function nullsIn(value: unknown, path = ''): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  const list = Array.isArray(value);
  return Object.entries(value).flatMap(([key, part]) =>
    nullsIn(part, [path, list ? '*' : key].filter(Boolean).join('.')),
  );
}

const small = smallProblem();
const atRest = { ...small, student: { ...small.student, v: [0, 0] } };
const wild = { ...small, learningRate: 40 };
const students = { N: 10, threads: 1, student: 'projected', seed: 3 } as const;
const many = { ...students, runs: 10, scalingRuns: 10 };

const jsonOf = (simulation: Simulation) => simulationToJson(simulation, alignmentsOf(simulation));

const outputs: Record<string, () => Promise<Iterable<string>>> = {
  'a curve from v = 0': async () => [curveToJson(integrate(atRest), phases(integrate(atRest)))],
  'one student': async () => jsonOf(await simulate(small, students)),
  'students of whom some diverge': async () => jsonOf(await simulate(wild, { ...students, runs: 5 })),
  'students from v = 0': async () => jsonOf(await simulate(atRest, { ...students, runs: 5 })),
  'a comparison with early times': async () =>
    comparisonToJson(await compare({ ...small, alpha: [0, 0.02, 1] }, many)),
  'a comparison of students that diverge': async () => comparisonToJson(await compare(wild, many)),
  'a comparison at the start alone': async () =>
    comparisonToJson(await compare({ ...small, alpha: [0] }, { ...many, scalingRuns: 0 })),
  'a comparison that was stopped at once': async () => {
    const controller = new AbortController();
    const onProgress = (): void => controller.abort();
    return comparisonToJson(
      await compare(
        { ...small, alpha: [1, 1e5] },
        { ...many, runs: 40, onProgress, signal: controller.signal },
      ),
    );
  },
  'P(learn) without students': async () => plearnToJson(await plearn({ K: 2, M: 2, runs: 0 })),
  'P(learn)': async () =>
    plearnToJson(
      await plearn({
        K: 2,
        M: 2,
        runs: 3,
        N: 20,
        student: 'projected',
        threads: 1,
        learningRate: 3,
        alpha: 20,
      }),
    ),
};

const page = readFileSync(join(import.meta.dirname, '../../docs/files.md'), 'utf8');

it.each(Object.keys(outputs))('%s has null in JSON only where the page of files says so', async (name) => {
  const places = new Set(nullsIn(JSON.parse([...(await outputs[name]())].join(''))));
  const known = Object.keys(DOCUMENTED).map((pattern) => new RegExp(`^(${pattern})$`));
  expect([...places].filter((place) => !known.some((pattern) => pattern.test(place)))).toEqual([]);
});

it('the page of files has a row for each of these places', () => {
  expect(Object.values(DOCUMENTED).filter((row) => !page.includes(`| ${row}`))).toEqual([]);
});
