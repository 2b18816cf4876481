import { describe, expect, it } from 'vitest';
import { binomialInterval } from '../../src/compare/index.ts';
import { drawConditions } from '../../src/figures/conditions.ts';
import { drawFigure4, printedProbability } from '../../src/figures/feedbackSigns.ts';
import { type Drawing, type Trace, workshop } from '../../src/figures/index.ts';
import { drawMixedSigns } from '../../src/figures/mixedSigns.ts';
import { learnProbability } from '../../src/index.ts';
import { claimOf } from '../support/claims.ts';
import { every, expectStoredLines, linesOf } from '../support/stored.ts';

const small = () => workshop({ size: 'quick', machine: { threads: 1 } });
const traceOf = ({ panels }: Drawing, name: RegExp): Trace => {
  const found = panels.flatMap(({ traces }) => traces).filter((trace) => name.test(trace.name));
  expect(found.length).toBe(1);
  return found[0];
};

/** Whether p may be the chance behind each point of students; wrongly denied once in ten million. */
function possible({ text = [] }: Trace, p: readonly number[]): boolean[] {
  return text.map((words, i) => {
    const [learned, runs] = (/^(\d+) of (\d+) learned/.exec(words) ?? []).slice(1).map(Number);
    const undecided = Number(/(\d+) undecided/.exec(words)?.[1]);
    const level = 1 - 1e-7;
    return (
      binomialInterval(learned, runs, level)[0] <= p[i] &&
      p[i] <= binomialInterval(learned + undecided, runs, level)[1]
    );
  });
}

describe('figure 4', () => {
  const drawn = drawFigure4(small(), {
    curves: { last: 1500, student: 'projected' },
    chances: { projected: 12, trained: 0, alpha: 10_000 },
    audit: 12,
  });

  it('its theory is as stored', async () => {
    const lines = linesOf(await drawn).map((line) => (line.x.length > 20 ? every(8, line) : line));
    expectStoredLines('4', lines, { relative: 1e-4, absolute: 1e-8 });
  });

  it('a student with K = 3, M = 2 learns with two positive feedback weights, and not with fewer', async () => {
    expect(claimOf(await drawn, /2 positive elements/).holds).toBe('yes');
  });

  it('the printed P(learn) is not what students do, and the corrected one is in every interval', async () => {
    expect(claimOf(await drawn, /eq\. 8/).holds).toBe('not as printed');
    const students = traceOf(await drawn, /^projected/);
    const exact = students.x.map((K) => learnProbability({ K, positive: 2 }));
    expect(possible(students, exact)).toEqual(Array(9).fill(true));
    expect(possible(students, students.x.map(printedProbability))).toContain(false);
  });

  it('nobody without the signs learns when she is trained on', async () => {
    const { holds, found } = claimOf(await drawn, /trained on/);
    expect(holds).toBe('yes');
    expect(Number(/0 of (\d+) such students/.exec(found)?.[1])).toBeGreaterThan(10);
  });

  it('the printed sum is 1 and 7/8 at K = 2 and 3, and falls', () => {
    expect([2, 3, 10].map(printedProbability)).toEqual([1, 7 / 8, 56 / 1024]);
  });

  it('students who are undecided are counted both ways, and slow ones are not failed', async () => {
    const chances = await drawFigure4(small(), {
      curves: { last: 100, student: 'projected' },
      chances: { projected: 8, trained: 0, alpha: 500 },
      audit: 1,
    });
    const { low, high, text } = traceOf(chances, /^projected/);
    // Cut short, many are undecided; the intervals are wide, and still hold the true chance.
    expect(Number(/(\d+) undecided/.exec(text?.[1] ?? '')?.[1])).toBeGreaterThan(0);
    for (let i = 0; i < 9; i++) {
      const exact = learnProbability({ K: i + 2, positive: 2 });
      expect(low?.[i]).toBeLessThanOrEqual(exact);
      expect(high?.[i]).toBeGreaterThanOrEqual(exact);
    }
  });
});

describe('teachers of both signs', () => {
  it('P(learn) is inside every interval', async () => {
    const drawn = await drawMixedSigns(small(), { runs: 12, alpha: 10_000, step: 3 });
    const [{ traces }] = drawn.panels;
    for (let t = 0; t < traces.length; t += 2)
      expect(possible(traces[t + 1], traces[t].y)).toEqual(traces[t].x.map(() => true));
    expectStoredLines('mixed-signs', linesOf(drawn));
  });
});

describe('the chance of learning', () => {
  it('does not depend on learning rate and noise until they are large', async () => {
    const drawn = await drawConditions(small(), { runs: 30, rates: [0.5, 1, 5], noises: [0.3, 10] });
    const [rates, noises] = drawn.panels.map((panel) => ({ ...drawn, panels: [panel] }));
    expect(possible(traceOf(rates, /^learned/), [0.5, 0.5, 0.5])).toEqual([true, true, false]);
    expect(possible(traceOf(noises, /^learned/), [0.5, 0.5])).toEqual([true, false]);
    const [low, middle, large] = traceOf(rates, /and diverged$/).y;
    expect([low, middle, large > 0]).toEqual([0, 0, true]);
  });
});
