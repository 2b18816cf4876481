import { expect, test } from 'vitest';
import {
  earlyTimesFigure,
  printedSlope,
  students,
  TIMES,
  theory,
} from '../../../src/figures/shallow/earlyTimes.ts';
import { workshop } from '../../../src/figures/workshop.ts';
import { expectNumbers } from '../../support/claims.ts';
import { expectStoredMeans, expectStoredRows, FAR } from '../../support/storedRows.ts';

const RUNS = 150;
const bench = workshop({ size: 'quick', machine: { threads: 1 } });
const seen = await students(bench, RUNS);
const figure = await earlyTimesFigure(bench, RUNS);

test('its claims carry their numbers', () => {
  expectNumbers(figure.claims);
});

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
    expect(figure.claims[1].numbers.printed[['Q_11', 'Q_12', 'Q_22'][i]].fromOne).toBeCloseTo(
      z * Math.sign(slope),
      9,
    );
  });
  for (const { fromTheory } of Object.values(figure.claims[0].numbers.ratios))
    expect(Math.abs(fromTheory)).toBeLessThan(FAR);
});

test('each student alone has its v on the line of F, at first either way', () => {
  expect(seen.angle[0]).toBeLessThan(1e-5);
  expect(seen.angle[TIMES.indexOf(1)] / seen.angle[TIMES.indexOf(0.1)]).toBeGreaterThan(5);
  // A third of them at α = 0.01, of 150; at α = 0.2 none of 2000.
  expect(seen.opposite[0]).toBeGreaterThan(0.1);
  expect(seen.opposite[0]).toBeLessThan(0.6);
  expect(Math.max(...seen.opposite.slice(TIMES.indexOf(0.2)))).toBe(0);
});

test('theory has v in the direction of F from the beginning', () => {
  const { opposite, angle } = theory(TIMES);
  expect(Math.max(...opposite)).toBe(0);
  expect(angle[0]).toBeLessThan(1e-5);
});

test('it is said of the line of F, and of students that some begin away from F', () => {
  const { found, numbers } = figure.claims[3];
  expect(figure.panels[3].y.label).toContain('the line of F');
  expect(numbers.opposite.students).toEqual(TIMES.map((alpha, i) => ({ alpha, part: seen.opposite[i] })));
  expect(found).toContain(`${(100 * seen.opposite[0]).toFixed(1)} % of the students at α = 0.01`);
  const from = seen.opposite.findLastIndex((part) => part > 0) + 1;
  expect(TIMES[from]).toBeLessThan(1);
  expect(found).toContain(`and none from α = ${TIMES[from]} on`);
});

test('the ratios of Q are one piece of evidence: those of a single student stand as F_k F_l', () => {
  const [q11, q12, q22] = [4, 5, 6].map((row) => seen.values[row][0]);
  expect(Math.abs((q11 * q22) / q12 ** 2 - 1)).toBeLessThan(1e-6);
  expect(figure.claims[1].found).toContain('one piece of evidence');
});
