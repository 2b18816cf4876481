import { expect, test } from 'vitest';
import { earlyTimesFigure, printedSlope, students, TIMES, theory } from '../../src/figures/earlyTimes.ts';
import { workshop } from '../../src/figures/workshop.ts';
import { expectStoredMeans, expectStoredRows, FAR } from '../support/storedRows.ts';

const RUNS = 150;
const bench = workshop({ size: 'quick', machine: { threads: 1 } });
const seen = await students(bench, RUNS);
const figure = await earlyTimesFigure(bench, RUNS);

test('theory is what it was', () => {
  const rows = Object.fromEntries(
    figure.panels.flatMap(({ name, traces }) =>
      traces
        .filter(({ mark }) => mark !== 'points')
        .map(({ name: trace, mark, colour, y }) => [
          `${name}, ${trace}, ${mark} ${colour}`,
          y.filter((_, i) => i % 16 === 0),
        ]),
    ),
  );
  expectStoredRows('early-times', rows);
});

test('students are what they were', () => {
  const rows = Object.fromEntries(
    seen.values.flatMap((row, i) => [
      [`${i}`, row],
      [`${i} error`, seen.errors[i]],
    ]),
  );
  expectStoredMeans('early-times-students', rows);
});

test('students are on the curve of theory', () => {
  const { values } = theory(TIMES);
  values.forEach((row, i) => {
    row.forEach((x, t) => {
      expect(Math.abs(seen.values[i][t] - x) / seen.errors[i][t]).toBeLessThan(FAR);
    });
  });
});

test('R and v begin as the paper says, along F, and Q does not: students alone reject what is printed', () => {
  expect(figure.claims.map(({ holds }) => holds)).toEqual(['yes', 'not as printed', 'yes', 'yes']);
  // Rows 4 to 6 are Q_11, Q_12 and Q_22.
  [printedSlope(0, 0), printedSlope(0, 1), printedSlope(1, 1)].forEach((slope, i) => {
    const z = (seen.values[4 + i][0] - slope * TIMES[0]) / seen.errors[4 + i][0];
    expect(Math.abs(z)).toBeGreaterThan(15);
  });
});

test('each student alone has her v along F, either way', () => {
  expect(seen.angle[0]).toBeLessThan(1e-5);
  expect(seen.angle[TIMES.indexOf(1)] / seen.angle[TIMES.indexOf(0.1)]).toBeGreaterThan(5);
});
