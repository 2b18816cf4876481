import { describe, expect, test } from 'vitest';
import { rankCorrelation } from '../../../src/figures/shallow/rankCorrelation.ts';
import { powerLaw, slowFeedback } from '../../../src/figures/shallow/slowFeedback.ts';
import { workshop } from '../../../src/figures/workshop.ts';
import type { Problem } from '../../../src/shallow/problem/index.ts';
import { integrate } from '../../../src/shallow/theory/index.ts';
import { expectNumbers } from '../../support/claims.ts';
import { expectStoredRows } from '../../support/storedRows.ts';

const feedbacks = 40;
const bench = workshop({ size: 'quick', machine: { threads: 1 } });
const { panels, claims, parameters } = await slowFeedback(bench, { first: 1, feedbacks, last: 1e6 });
// The slowest of them and its neighbours, for too short a time.
const few = 10;
const first = Math.max(1, claims[1].numbers.slowest[0].seed - few / 2);
const brief = await slowFeedback(bench, { first, feedbacks: few, last: 1e5 });
const problem = parameters.problem as Problem;
const [[times], fraction, scaled] = panels.map(({ traces }) => traces);
const learners = times.x.map((f, i) => ({ f, alpha: times.y[i] })).sort((a, b) => a.f - b.f);

test('its curves are what they were', () => {
  expectStoredRows('slow-feedback', {
    'smallest |F_k|': times.x,
    'learned at': times.y,
    'not learned yet': fraction[0].y,
    // Below this the test error is known to fewer digits.
    ...Object.fromEntries(scaled.map(({ name, y }) => [name, y.filter((eg, i) => eg > 1e-5 && i % 8 === 0)])),
  });
});

test('its claims carry their numbers', () => {
  expectNumbers(claims);
  expectNumbers(brief.claims);
});

test('a small |F_k| makes DFA slow: the time to learn falls about as 1/|F_k|, and more steeply', () => {
  expect(claims[0].holds).toBe('yes');
  expect(claims[0].says).not.toContain('proportion');
  const { p } = powerLaw(learners);
  expect(p.value + 3 * p.error).toBeLessThan(-1);
  expect(p.value).toBeGreaterThan(-1.4);
  const { power, rank, learned } = claims[0].numbers;
  expect([power, learned]).toEqual([p, feedbacks]);
  expect(rank.rho).toBeLessThan(-0.8);
  const middle = (some: typeof learners): number =>
    some.map(({ f, alpha }) => f * alpha).sort((a, b) => a - b)[some.length >> 1];
  expect(middle(learners.slice(0, 13))).toBeGreaterThan(1.2 * middle(learners.slice(-13)));
});

test('that all have learned is said only when every one was followed until it had', () => {
  expect(times.x.length).toBe(feedbacks);
  expect(claims[1].holds).toBe('yes');
  const slowest = Math.max(...times.y);
  expect(slowest).toBeGreaterThan(1e5);
  expect(claims[1].numbers).toMatchObject({ students: feedbacks, open: 0 });
  expect(claims[1].numbers.slowest[0].learnedAt).toBe(slowest);

  const [[learned, open]] = brief.panels.map(({ traces }) => traces);
  expect(brief.claims[1].holds).toBe('undecided');
  expect(open.mark).toBe('open points');
  expect(open.x.length).toBeGreaterThan(0);
  expect(brief.claims[1].numbers.open).toBe(open.x.length);
  expect(brief.claims[1].numbers.slowest[0].learnedAt).toBeNull();
  expect(learned.x.length + open.x.length).toBe(few);
  expect(Math.max(...open.x)).toBeLessThan(0.05);
});

test('curves are drawn no further down than they are known', () => {
  expect(Math.min(...scaled.flatMap(({ y }) => y))).toBeLessThan(1e-7);
  for (const { name, x, y } of scaled.slice(0, 2)) {
    const f = Number(name.slice('f = '.length));
    const alpha = x.map((xi) => xi / f);
    const exact = integrate({ ...problem, feedback: [1, f], alpha }, { rtol: 1e-12, atol: 1e-16 });
    y.forEach((eg, i) => {
      expect(Math.abs(eg / exact.eg[i] - 1), `${name}, α f = ${x[i]}`).toBeLessThan(1e-2);
    });
  }
});

test('students with F = (1, f) leave the plateau at the same α f, for small f', () => {
  const end = ({ x, y }: { x: number[]; y: number[] }): number => x[y.findLastIndex((eg) => eg > 6e-3)];
  const three = end(scaled[3]);
  const one = end(scaled[4]);
  expect(Math.abs(three / one - 1)).toBeLessThan(0.1);
});

describe('the rank correlation', () => {
  test('is 1 for any growing relation and −1 for any falling one', () => {
    expect(rankCorrelation([1, 2, 3, 4], [0.1, 7, 8, Number.POSITIVE_INFINITY]).rho).toBeCloseTo(1, 14);
    expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, -100])).toEqual({ rho: -1, z: -Math.sqrt(3) });
  });

  test('gives equal values the mean of their ranks', () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5/√(4.5 · 5).
    expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4]).rho).toBeCloseTo(4.5 / Math.sqrt(22.5), 14);
  });
});

describe('a power law', () => {
  test('through points on it is found without error', () => {
    const points = [1, 2, 4, 8].map((f) => ({ f, alpha: 7 * f ** -1.5 }));
    const { c, p } = powerLaw(points);
    expect(c).toBeCloseTo(7, 10);
    expect(p.value).toBeCloseTo(-1.5, 12);
    expect(p.error).toBeLessThan(1e-7);
  });

  test('through two points each 1 % above and below is known as well as their scatter allows', () => {
    const points = [1, 1, 100, 100].map((f, i) => ({ f, alpha: (i % 2 === 0 ? 1.01 : 0.99) / f }));
    const { p } = powerLaw(points);
    // s²/Σ(x − x̄)² with s² = 4 · 0.01²/(4 − 2) and Σ(x − x̄)² = ln²100.
    expect(p.value).toBeCloseTo(-1, 12);
    expect(p.error).toBeCloseTo((0.01 * Math.sqrt(2)) / Math.log(100), 6);
  });
});
