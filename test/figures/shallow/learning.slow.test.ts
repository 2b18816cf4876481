import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../src/draw/index.ts';
import { workshop } from '../../../src/figures/index.ts';
import { type Effort, figure2a, figure2b, figure2c } from '../../../src/figures/shallow/learning.ts';
import { expectNumbers } from '../../support/claims.ts';
import { every, expectStoredLines, linesOf } from '../../support/stored.ts';

/** With projected students, who follow the law of trained ones, to the times of the quick run. */
const effort: Effort = { last: 2600, student: 'projected' };
const shop = workshop({ size: 'quick', machine: { threads: 1 } });
const a = await figure2a.draw(shop, effort);
const b = await figure2b.draw(shop, effort);
const c = await figure2c.draw(shop, effort);
const all = { '2a': a, '2b': b, '2c': c };

describe('figure 2', () => {
  // Relu errors fall to 1e-9 and below of what cancels.
  it.each(Object.entries(all))('%s: its theory is as stored', (name, drawing) => {
    const lines = linesOf(drawing).map((line) => every(8, line));
    expectStoredLines(name, lines, { relative: 1e-4, absolute: 1e-8 });
  });

  it.each(Object.entries(all))('%s: its claims carry their numbers', (_, { claims }) => {
    expectNumbers(claims);
  });

  it('a: BP always learns with erf', () => {
    expect(a.claims[0].holds).toBe('yes');
    expect(a.claims[0].numbers.starts).toHaveLength(3);
  });

  it('a: relu students learn by BP too, but one whose unit starts on the wrong side waits', () => {
    const { holds, numbers } = a.claims[1];
    expect(holds).toBe('yes');
    const [early, , late] = numbers.starts;
    expect([late.seed, late.student.learnedAt]).toEqual([2, null]);
    expect(late.theory.learnedAt).toBeGreaterThanOrEqual(6000);
    expect(late.theory.learnedAt).toBeLessThan(10_000);
    expect(late.theory.learnedAt).toBeGreaterThan(10 * (early.theory.learnedAt ?? Number.NaN));
    // One unit of it starts with v_k < 0 and Q_kk < v_k², which holds it there.
    const wrong = ({ v, balance }: typeof late): boolean => v.some((vk, k) => vk < 0 && balance[k] < 0);
    expect([wrong(early), wrong(late)]).toEqual([false, true]);
    const traces = a.panels[1].traces.filter(({ silent }) => !silent);
    const learned = ({ x, y }: Trace): number => x[y.findIndex((eg) => eg < 1e-4 * y[0])];
    expect(traces.map(learned)).toEqual(numbers.starts.map(({ theory }) => theory.learnedAt));
  });

  it('b: every erf student shown learns by DFA', () => {
    expect(b.claims[0].holds).toBe('yes');
    for (const { theory, student } of b.claims[0].numbers.starts) {
      expect(theory.learnedAt).not.toBeNull();
      expect(student.learnedAt).not.toBeNull();
    }
  });

  it('b: relu fails in some instances, and where it does the signs of F say so', () => {
    const [, fails, signs] = b.claims;
    expect([fails.holds, signs.holds]).toEqual(['yes', 'yes']);
    const outcomes = signs.numbers.starts.map(({ positive, student }) => [
      positive,
      student.learnedAt === null ? 'fails' : 'learns',
    ]);
    expect(outcomes).toEqual([
      [1, 'fails'],
      [0, 'fails'],
      [2, 'learns'],
    ]);
    for (const [i, { F }] of fails.numbers.starts.entries())
      expect(F.filter((f) => f > 0)).toHaveLength(signs.numbers.starts[i].positive);
    const relu = b.panels[1].traces.filter(({ silent }) => !silent);
    outcomes.forEach(([positive, outcome], i) => {
      expect(relu[i].name).toContain(`${positive} of 2 feedback weights positive: ${outcome}`);
    });
  });

  it('c: with four times as many units, erf and relu students learn by DFA', () => {
    const { holds, numbers } = c.claims[0];
    expect(holds).toBe('yes');
    expect([numbers.erf.length, numbers.relu.length]).toEqual([3, 3]);
  });

  it('students follow theory: their errors are near it until the plateau is left', () => {
    let worst = 0;
    for (const { panels } of Object.values(all))
      for (const { traces } of panels)
        for (let i = 0; i < traces.length; i += 2) {
          const [theory, student] = [traces[i], traces[i + 1]];
          const early = student.x.filter((alpha) => alpha > 0.5 && alpha < 60);
          expect(early.length).toBeGreaterThan(20);
          early.forEach((alpha) => {
            const expected = at(theory, alpha);
            worst = Math.max(worst, Math.abs(Math.log(at(student, alpha) / expected)));
          });
        }
    // 0.12 is the worst of these seeds.
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(0.4);
  });
});

/** On a line between the points around. */
function at({ x, y }: Trace, alpha: number): number {
  const i = Math.max(
    1,
    x.findIndex((one) => one >= alpha),
  );
  const part = (alpha - x[i - 1]) / (x[i] - x[i - 1]);
  return y[i - 1] + part * (y[i] - y[i - 1]);
}
