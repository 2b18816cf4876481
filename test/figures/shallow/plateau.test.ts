import { describe, expect, test } from 'vitest';
import { spanNear } from '../../../src/figures/shallow/flat.ts';
import { lengthHolds, plateauFigure } from '../../../src/figures/shallow/plateau.ts';
import { measurePlateaus, printed } from '../../../src/figures/shallow/plateauMeasurements.ts';
import { workshop } from '../../../src/figures/workshop.ts';
import { expectNumbers } from '../../support/claims.ts';
import { expectStoredMeans, expectStoredRows, FAR } from '../../support/storedRows.ts';

const bench = workshop({ size: 'quick', machine: { threads: 1 } });
const sizes = { K: [2, 3], seeds: [4], studentK: [2], runs: 6 };
const { fromRandom, fromPlateau, students } = await measurePlateaus(bench, sizes);
const { panels, claims } = await plateauFigure(bench, sizes);

test('its curves are what they were', () => {
  const lines = panels[0].traces.filter(({ mark }) => ['line', 'dashed', 'dotted'].includes(mark));
  expectStoredRows('plateau', {
    ...Object.fromEntries(lines.map(({ name, y }) => [name, y])),
    'heights from random starts': fromRandom.map(({ height }) => height),
    'heights from the plateau': fromPlateau.map(({ height }) => height),
    'predicted lengths from the plateau': fromPlateau.map(({ predicted }) => predicted),
    'lengths from the plateau': fromPlateau.map(({ length }) => length ?? 0),
    'heights by theory, from the start of the students': students.map(({ ofTheory }) => ofTheory),
  });
});

test('its claims carry their numbers', () => {
  expectNumbers(claims);
});

test('students are what they were', () => {
  expectStoredMeans('plateau-students', {
    height: students.map(({ height }) => height),
    // Of six heights an error is itself not well known.
    'height error': students.map(({ error }) => 3 * error),
  });
});

test('the error on the plateau is the same for DFA and BP, to first order in η', () => {
  expect(claims[0].holds).toBe('yes');
  // At η = 0.1 the fixed point of BP is lower, by a part of order η².
  const [, , dfa, bp] = panels[0].traces.filter(({ mark }) => ['line', 'dashed', 'dotted'].includes(mark));
  [0, 1].forEach((i) => {
    expect(bp.y[i]).toBeLessThan(dfa.y[i]);
    expect(bp.y[i] / dfa.y[i]).toBeGreaterThan(0.99);
  });
  expect(claims[0].found).toMatch(
    /at η = 0\.1 the fixed point of BP is lower, by 0\.137 % at K = 2, 0\.723 % at K = 3/,
  );
});

test('students have the height of theory’s curve from their own start, by the same measurement', () => {
  expect(students.length).toBe(2 * sizes.studentK.length);
  for (const { height, error, ofTheory } of students)
    expect(Math.abs(height / ofTheory - 1)).toBeLessThan((FAR * error) / height + 0.005);
  // Both are still above the fixed point; how far depends on the start that was drawn.
  const ratios = panels[1].traces.filter(({ name }) => /^students|students’ start/.test(name));
  for (const { y } of ratios) for (const ratio of y) expect(ratio).toBeGreaterThan(1.005);
});

test('every kind of point looks different, and students are beside the curves', () => {
  for (const { traces } of panels.slice(0, 2)) {
    const looks = traces.map(({ mark, colour }) => `${mark} ${colour}`);
    expect(new Set(looks).size).toBe(traces.length);
    for (const { x } of traces.filter(({ name }) => name.startsWith('students')))
      for (const K of x) expect(K % 1).toBeGreaterThan(0.1);
  }
});

test('the length is undecided where a curve does not leave its plateau', () => {
  expect(fromRandom.every(({ length }) => length !== null)).toBe(true);
  const closed = lengthHolds({ fromRandom, fromPlateau });
  expect(closed.numbers).toMatchObject({ curves: fromRandom.length / 2 + fromPlateau.length, open: 0 });
  expect(closed.found).toContain('Every curve left');
  const [one, ...others] = fromRandom;
  const open = lengthHolds({ fromRandom: [{ ...one, length: null }, ...others], fromPlateau });
  expect(open.holds).toBe('undecided');
  expect(open.numbers.open).toBe(1);
  expect(open.found).toContain(`1 of ${fromRandom.length / 2 + fromPlateau.length} curves`);
  const far = lengthHolds({ fromRandom: [{ ...one, length: 2 * one.predicted }, ...others], fromPlateau });
  expect(far.holds).toBe('no');
});

test('what eq. 31 prints holds for K = 2 and not for K = 3, where it is no student', () => {
  expect(claims[1].holds).toBe('not as printed');
  const { curves, printedErrors } = claims[1].numbers;
  expect(curves.map(({ K }) => K)).toEqual([2, 3]);
  const [two, three] = curves;
  expect(three.printed).toMatchObject({ r: printed(3).r, v: printed(3).v });
  expect(Math.abs(two.r / two.printed.r - 1)).toBeLessThan(2e-3);
  expect(Math.abs(two.v / two.printed.v - 1)).toBeLessThan(2e-3);
  expect(three.r / three.printed.r).toBeLessThan(0.83);
  expect(three.v / three.printed.v).toBeLessThan(0.83);
  expect(printedErrors).toEqual([{ K: 3, eg: panels[0].traces[1].y[1] }]);
  expect(panels[0].traces[1].y[1]).toBeLessThan(0);
});

test('heights, escape rates and lengths are those of the fixed point', () => {
  expect(claims.slice(2).map(({ holds }) => holds)).toEqual(['yes', 'yes', 'yes']);
  for (const { growth, asymmetry } of fromPlateau)
    if (asymmetry < 1e-4) expect(Math.abs(growth - 1)).toBeLessThan(0.02);
  for (const { length, predicted, asymmetry } of fromPlateau)
    if (asymmetry === 1e-7) expect(Math.abs((length ?? 0) / predicted - 1)).toBeLessThan(0.15);
});

describe('the flat part of a curve', () => {
  const times = Array.from({ length: 100 }, (_, i) => i);

  test('is where it keeps near one value longest', () => {
    const values = times.map((t) => (t < 20 ? 100 - t : t < 60 ? 10 : 9 / (t - 58)));
    expect(spanNear(times, values, 0.01)).toEqual({ height: 10, from: 20, to: 59 });
  });

  test('may be noisy within the distance given, and is none where nothing is so near', () => {
    const values = times.map((t) => 5 * (1 + 0.02 * Math.sin(9 * t)));
    expect(spanNear(times, values, 0.03)).toMatchObject({ from: 0, to: 99 });
    expect(
      spanNear(
        times,
        times.map((t) => 2 ** t),
        0.03,
      ),
    ).toBeUndefined();
  });
});
