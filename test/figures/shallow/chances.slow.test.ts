import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../src/draw/index.ts';
import { workshop } from '../../../src/figures/index.ts';
import type { ChanceFound } from '../../../src/figures/shallow/chance.ts';
import { drawConditions } from '../../../src/figures/shallow/conditions.ts';
import { drawFigure4, printedProbability } from '../../../src/figures/shallow/feedbackSigns.ts';
import { drawMixedSigns } from '../../../src/figures/shallow/mixedSigns.ts';
import { learnProbability } from '../../../src/index.ts';
import { expectNumbers } from '../../support/claims.ts';
import { possible } from '../../support/possible.ts';
import { every, expectStoredLines, linesOf } from '../../support/stored.ts';

const shop = workshop({ size: 'quick', machine: { threads: 1 } });
/** A larger rate makes everything happen earlier, and changes no chance. */
const FAST = 0.5;

/** Students are drawn as they are counted. */
function expectDrawn({ y, low, high, text }: Trace, points: readonly ChanceFound[]): void {
  expect(y).toEqual(points.map(({ learned, runs }) => learned / runs));
  expect([low, high]).toEqual([0, 1].map((end) => points.map(({ interval }) => interval[end])));
  expect(text).toEqual(
    points.map(
      ({ learned, runs, stuck, diverged, undecided }) =>
        `${learned} of ${runs} learned, ${stuck} stuck, ${diverged} diverged, ${undecided} undecided`,
    ),
  );
}

describe('figure 4', async () => {
  const drawn = await drawFigure4(shop, {
    curves: { last: 1500, student: 'projected' },
    chances: { projected: 12, trained: 0, alpha: 2000, learningRate: FAST },
    audit: 12,
  });
  const [signs, printed, corrected, trainedOn, undecided] = drawn.claims;
  const students = drawn.panels[1].traces[2];

  it('its theory is as stored', () => {
    const lines = linesOf(drawn).map((line) => (line.x.length > 20 ? every(8, line) : line));
    expectStoredLines('4', lines, { relative: 1e-4, absolute: 1e-8 });
  });

  it('its claims carry their numbers', () => {
    expectNumbers(drawn.claims);
  });

  it('a student with K = 3, M = 2 learns with two positive feedback weights, and not with fewer', () => {
    expect(signs.holds).toBe('yes');
    expect(signs.numbers.students.map(({ student }) => student < 1e-4)).toEqual([false, false, true, true]);
  });

  it('the printed P(learn) is not what students do, and the corrected one is in every interval', () => {
    expect([printed.holds, corrected.holds]).toEqual(['not as printed', 'yes']);
    const { points } = printed.numbers;
    expect(points.map(({ K }) => K)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { K, exact } of points) expect(exact).toBe(learnProbability({ K, positive: 2 }));
    expect(points.map((point) => possible(point, point.exact))).toEqual(Array(9).fill(true));
    expect(points.map((point) => possible(point, point.printed))).toContain(false);
    expect(corrected.numbers.inside).toBe(9);
    expect(corrected.numbers.points).toMatchObject(points.map(({ printed: _, ...point }) => point));
    expectDrawn(students, points);
  });

  it('nobody without the signs learns when trained on', () => {
    const { students, learned } = trainedOn.numbers;
    expect(trainedOn.holds).toBe('yes');
    expect(learned).toBe(0);
    expect(students).toBeGreaterThan(10);
  });

  it('at most few are undecided, of all who were asked for', () => {
    expect(undecided.holds).toBe('yes');
    expect(undecided.numbers.students).toBe(9 * 12);
  });

  it('the printed sum is 1 and 7/8 at K = 2 and 3, and falls', () => {
    expect([2, 3, 10].map(printedProbability)).toEqual([1, 7 / 8, 56 / 1024]);
  });

  it('students who are undecided are counted both ways, and slow ones are not failed', async () => {
    const { panels, claims } = await drawFigure4(shop, {
      curves: { last: 100, student: 'projected' },
      chances: { projected: 8, trained: 0, alpha: 100, learningRate: FAST },
      audit: 1,
    });
    const { points } = claims[2].numbers;
    // Cut short, many are undecided; the intervals are wide, and still hold the true chance.
    expect(points[1].undecided).toBeGreaterThan(0);
    for (const { interval, exact } of points) {
      expect(interval[0]).toBeLessThanOrEqual(exact);
      expect(interval[1]).toBeGreaterThanOrEqual(exact);
    }
    expectDrawn(panels[1].traces[2], points);
  });
});

describe('teachers of both signs', () => {
  it('P(learn) is inside every interval', async () => {
    const drawn = await drawMixedSigns(shop, { runs: 12, alpha: 10_000, step: 3 });
    const [{ traces }] = drawn.panels;
    const { teachers, students } = drawn.claims[0].numbers;
    expect(traces).toHaveLength(2 * teachers.length);
    teachers.forEach(({ M, negative, points }, t) => {
      const [formula, seen] = traces.slice(2 * t);
      for (const { K, exact } of points)
        expect(exact).toBe(learnProbability({ K, positive: M - negative, negative }));
      expect(formula.y).toEqual(points.map(({ exact }) => exact));
      expect(points.map((point) => possible(point, point.exact))).toEqual(points.map(() => true));
      expectDrawn(seen, points);
    });
    expectNumbers(drawn.claims);
    expect(students).toBe(12 * teachers.flatMap(({ points }) => points).length);
    expectStoredLines('mixed-signs', linesOf(drawn));
  });
});

describe('the chance of learning', () => {
  it('does not depend on learning rate and noise until they are large', async () => {
    const drawn = await drawConditions(shop, { runs: 30, rates: [0.5, 1, 5], noises: [0.3, 10] });
    expectNumbers(drawn.claims);
    const [rates, noises] = drawn.claims.map(({ numbers }) => numbers);
    const isPossible = (point: ChanceFound): boolean => possible(point, 0.5);
    expect([rates.exact, noises.exact]).toEqual([0.5, 0.5]);
    expect(rates.points.map(isPossible)).toEqual([true, true, false]);
    expect(noises.points.map(isPossible)).toEqual([true, false]);
    expect([rates.from, noises.from]).toEqual([5, 10]);
    expect(rates.points.map(({ allowed }) => allowed.diverged > 0)).toEqual([false, false, true]);
    drawn.panels.forEach(({ traces: [, learned, diverged] }, i) => {
      const { points } = [rates, noises][i];
      expectDrawn(learned, points);
      expect(diverged.y).toEqual(points.map(({ allowed, runs }) => allowed.diverged / runs));
    });
  });
});
