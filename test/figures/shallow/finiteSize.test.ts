import { describe, expect, test } from 'vitest';
import {
  meanFalls,
  noneLeft,
  type Scaling,
  scalings,
  spreadFalls,
} from '../../../src/figures/shallow/finiteSize.ts';
import { leastSquares } from '../../../src/figures/shallow/leastSquares.ts';
import { workshop } from '../../../src/figures/workshop.ts';
import { expectNumbers } from '../../support/claims.ts';
import { expectStoredMeans, FAR } from '../../support/storedRows.ts';

const SIZES = [50, 100, 200, 400];
const all = await scalings(workshop({ size: 'quick', machine: { threads: 1 } }), 6000, SIZES);

test('students are what they were', () => {
  const rows = all.flatMap(({ name, deviation, spread }) => [
    [`${name}`, deviation.map(({ value }) => value)],
    [`${name} error`, deviation.map(({ error }) => error)],
    [`${name}, spread`, spread.map(({ value }) => value)],
    [`${name}, spread error`, spread.map(({ error }) => error)],
  ]);
  expectStoredMeans('finite-size', Object.fromEntries(rows));
});

describe.each(all)('$name', ({ deviation, spread, falls, narrows, limit }) => {
  test('the mean differs from theory, by a part that falls as 1/N', () => {
    // Seen at the smallest size, and gone for N → ∞.
    expect(Math.abs(deviation[0].value / deviation[0].error)).toBeGreaterThan(FAR);
    expect(Math.abs(limit.value / limit.error)).toBeLessThan(FAR);
    expect(Math.abs(falls.value - 1) / falls.error).toBeLessThan(FAR);
    // A tenth of the distance in N takes the deviation down well more than the spread's √8.
    expect(Math.abs(deviation[3].value) + FAR * deviation[3].error).toBeLessThan(
      Math.abs(deviation[0].value) - FAR * deviation[0].error,
    );
  });

  test('the spread of single students falls as 1/√N', () => {
    expect(Math.abs(narrows.value - 0.5) / narrows.error).toBeLessThan(FAR);
    expect(narrows.error).toBeLessThan(0.05);
    expect(Math.abs(spread[0].value / spread[2].value - 2)).toBeLessThan(0.3);
  });
});

describe('what is said', () => {
  test('carries its numbers', () => {
    const left = noneLeft(all);
    expectNumbers([meanFalls(all), spreadFalls(all), left]);
    expect(left.holds).toBe('yes');
    for (const { name, limit } of all)
      expect(left.numbers.limits[name]).toEqual({ ...limit, z: limit.value / limit.error });
  });

  const measured = (value: number, error: number) => ({ value, error });
  const of = (name: string, falls: number, error: number): Scaling => ({
    ...all[0],
    name,
    falls: measured(falls, error),
  });
  const sure = of('ε_g', 1.05, 0.1);
  const unsure = of('R_22', 0.8, 0.15);

  test('is of those quantities whose data reject the power ½, and which are only consistent is told', () => {
    const { says, holds, found, numbers } = meanFalls([sure, unsure, of('v_2', 0.9, 0.17)]);
    expect(holds).toBe('yes');
    expect(says).toBe('For ε_g the mean of many students differs from theory by a part that falls as 1/N.');
    expect(numbers).toEqual({
      expected: 1,
      instead: 0.5,
      powers: {
        ε_g: { value: 1.05, error: 0.1, away: expect.closeTo(5.5, 10) },
        R_22: { value: 0.8, error: 0.15, away: expect.closeTo(2, 10) },
        v_2: { value: 0.9, error: 0.17, away: expect.closeTo(0.4 / 0.17, 10) },
      },
    });
    expect(found).toContain('½ is rejected by ε_g, from which it is 5.5 standard errors away');
    expect(found).toContain(
      'R_22 and v_2 are only consistent with the power 1: ½ is no more than 2.0 and 2.4 standard errors away',
    );
  });

  test('is undecided where the test error does not reject ½, whatever the others do', () => {
    expect(meanFalls([of('ε_g', 0.9, 0.2), of('v_2', 1, 0.01)]).holds).toBe('undecided');
    expect(meanFalls([unsure]).holds).toBe('undecided');
  });

  test('is no where one of them has another power', () => {
    expect(meanFalls([sure, of('v_2', 0.5, 0.05)]).holds).toBe('no');
  });

  test('of the spread is of all four: every one rejects the power 1', () => {
    const { says, holds } = spreadFalls(all);
    expect(holds).toBe('yes');
    expect(says).toBe('For ε_g, R_22, Q_12 and v_2 the spread of single students falls as 1/√N.');
  });
});

describe('least squares', () => {
  test('find the coefficients that made the points', () => {
    const x = [1, 2, 4, 8];
    const y = x.map((xi) => ({ value: 3 - 2 * xi + 1e-3 * xi ** 2, error: 0.1 * xi }));
    const c = leastSquares(x, y, [() => 1, (xi) => xi, (xi) => xi ** 2]);
    [3, -2, 1e-3].forEach((value, k) => {
      expect(c[k].value).toBeCloseTo(value, 11);
    });
  });

  test('give the mean and its error for a constant', () => {
    const [{ value, error }] = leastSquares(
      [1, 2],
      [
        { value: 1, error: 1 },
        { value: 4, error: 2 },
      ],
      [() => 1],
    );
    expect(value).toBeCloseTo((1 + 4 / 4) / (1 + 1 / 4), 14);
    expect(error).toBeCloseTo(Math.sqrt(1 / (1 + 1 / 4)), 14);
  });
});
