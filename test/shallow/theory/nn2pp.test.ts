import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { integrate, withPrefix } from '../../../src/index.ts';

/** Files that another program wrote, and the solution that another program's equations converge to: see its README. */
const FOLDER = new URL('../../fixtures/nn2pp-k2m2-dfa/', import.meta.url);
const read = (file: string): string | undefined => {
  try {
    return readFileSync(new URL(file, FOLDER), 'utf8');
  } catch {
    return undefined;
  }
};

const [header, ...lines] = (read('expected.csv') ?? '').trim().split(/\r?\n/);
const columns = header.split(',');
const rows = lines.map((line) => line.split(',').map(Number));
const column = (name: string): number[] => rows.map((row) => row[columns.indexOf(name)]);

const problem = withPrefix(
  { activation: 'erf', rule: 'dfa', learningRate: 0.1, alpha: column('alpha') },
  'init',
  read,
);
const curve = integrate(problem, { rtol: 1e-11 });

const series: [string, number[], number][] = [
  ['eg', curve.eg, 2e-9],
  ['R00', curve.R.map((R) => R[0][0]), 2e-9],
  ['R01', curve.R.map((R) => R[0][1]), 2e-9],
  ['R10', curve.R.map((R) => R[1][0]), 2e-9],
  ['R11', curve.R.map((R) => R[1][1]), 2e-9],
  ['Q00', curve.Q.map((Q) => Q[0][0]), 2e-9],
  ['Q01', curve.Q.map((Q) => Q[0][1]), 2e-9],
  ['Q11', curve.Q.map((Q) => Q[1][1]), 2e-9],
  ['v0', curve.v.map((v) => v[0]), 2e-9],
  ['v1', curve.v.map((v) => v[1]), 2e-9],
];

test.each(series)('%s is that of dfa-dynamics at every time', (name, found, tolerance) => {
  const errors = column(name).map((value, i) => Math.abs(found[i] / value - 1));
  expect(found).toHaveLength(19);
  expect(Math.max(...errors)).toBeLessThan(tolerance);
});

test('the files give teacher and feedback as well', () => {
  const { teacher, feedback } = curve.problem;
  expect(teacher.T).toEqual([
    [column('T00')[0], column('T01')[0]],
    [column('T01')[0], column('T11')[0]],
  ]);
  expect(teacher.A[0]).toBeCloseTo(column('A0')[0], 14);
  expect(teacher.A[1]).toBeCloseTo(column('A1')[0], 14);
  expect(feedback?.[0]).toBeCloseTo(column('vrand0')[0], 14);
  expect(feedback?.[1]).toBeCloseTo(column('vrand1')[0], 14);
});
