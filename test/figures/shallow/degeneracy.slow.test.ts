import { expect, test } from 'vitest';
import { workshop } from '../../../src/figures/index.ts';
import { type DegeneracySizes, degeneracy, measureEndings } from '../../../src/figures/shallow/degeneracy.ts';
import { comesLate, countAt, endsInBest, spreads } from '../../../src/figures/shallow/degeneracyClaims.ts';
import { type Ended, type Endings, MINIMA } from '../../../src/figures/shallow/endings.ts';
import { binomialInterval } from '../../../src/shallow/compare/binomial.ts';
import { expectNumbers } from '../../support/claims.ts';
import { expectStoredLines, linesOf, stored } from '../../support/stored.ts';

const shop = workshop({ size: 'quick', machine: { threads: 1 } });
const sizes: DegeneracySizes = {
  // Fewer steps than with the figure's 500, and the same ends.
  N: 100,
  learningRate: 1,
  runs: 80,
  // So many that a solution that nobody ends in is no chance.
  pieces: { dfa: 1, bp: 2 },
  large: 60,
  last: { dfa: 800, bp: 600 },
  late: { N: 100, learningRate: 1, runs: 30, alpha: [800, 3000] },
};
// The figure's own students: the workshop has them once.
const drawing = await degeneracy(shop, sizes);
const measured = await measureEndings(shop, sizes);
const [ranks, overlap, directions] = drawing.panels;
const [best, late, signs, spread, largeStarts] = drawing.claims;

interface Counts {
  students: number;
  ranks: number[];
}
const RANKS = [1, 2, 3, 4, 5, 6, 7, 8];
const countsOf = (all: Endings): Counts => ({
  students: all.students,
  ranks: RANKS.map((rank) => countAt(all, rank)),
});
const [dfa, bp, large] = [measured.dfa, measured.bp, measured.large].map(countsOf);
const total = (counts: number[]): number => counts.reduce((sum, count) => sum + count, 0);
/** Two students in a million would be outside by chance. */
const LEVEL = 1 - 1e-7;

test('its claims carry their numbers', () => {
  expectNumbers(drawing.claims);
});

test('the staircase of best solutions is as it is stored', () => {
  expectStoredLines('3c', linesOf({ ...drawing, panels: [directions] }));
});

test('as many converge, and end where, as is stored, within chance', () => {
  const now = { dfa, bp };
  const before = stored('3c-students', now);
  const alike = (a: number, n: number, b: number, m: number) => {
    const [low, high] = binomialInterval(a, n, LEVEL);
    const [lowBefore, highBefore] = binomialInterval(b, m, LEVEL);
    return low <= highBefore && lowBefore <= high;
  };
  for (const rule of ['dfa', 'bp'] as const) {
    const [here, there] = [now[rule], before[rule]];
    expect(alike(total(here.ranks), here.students, total(there.ranks), there.students), rule).toBe(true);
    here.ranks.forEach((count, i) => {
      expect(
        alike(count, total(here.ranks), there.ranks[i], total(there.ranks)),
        `${rule}, rank ${i + 1}`,
      ).toBe(true);
    });
  }
});

test('the ranks are drawn as they are counted', () => {
  [dfa, bp, large].forEach((counts, i) => {
    const { y, text } = ranks.traces[i];
    const n = total(counts.ranks);
    expect(y).toEqual(counts.ranks.map((count) => count / n));
    expect(text).toEqual(counts.ranks.map((count, r) => `rank ${r + 1}: ${count} of ${n}`));
  });
});

test('DFA ends in the solution of greatest overlap with F, but for ties', () => {
  // One in two hundred is a tie: six or more among some fifty happen once in ten million times.
  expect(total(dfa.ranks)).toBeGreaterThan(25);
  expect(total(dfa.ranks) - dfa.ranks[0]).toBeLessThan(6);
  const students = overlap.traces.find(({ name }) => name.startsWith('DFA'));
  const far = students?.x.filter((best, i) => Math.abs(best - students.y[i]) > 0.1) ?? [];
  expect(far).toEqual([]);
});

test('BP ends in each of the eight solutions alike, as many times as it says, and it is the start that decides', () => {
  expect(spread.holds).toBe('yes');
  const { solutions, kept, keptByDfa } = spread.numbers;
  expect(Object.keys(solutions)).toEqual(MINIMA);
  const counts = Object.values(solutions).map(({ count }) => count);
  expect(total(counts)).toBe(total(bp.ranks));
  expect(total(counts)).toBeGreaterThan(140);
  for (const [name, { count }] of Object.entries(solutions)) {
    expect(spread.found).toContain(`${count} in ${name}`);
    expect(count).toBeGreaterThan(0);
    const [low, high] = binomialInterval(count, total(counts), LEVEL);
    expect(low).toBeLessThan(1 / 8);
    expect(high).toBeGreaterThan(1 / 8);
  }
  expect([kept.of, keptByDfa.of]).toEqual([total(counts), total(dfa.ranks)]);
  expect(kept.count).toBeGreaterThan(0.85 * total(counts));
  expect(keptByDfa.count).toBeLessThan(0.6 * total(dfa.ranks));
});

test('students who come late end in the best aligned solution too', () => {
  expect(late).toMatchObject({ by: 'alignode', holds: 'yes' });
  const { students, early, staying, alpha, best: came } = late.numbers;
  expect([students, ...alpha]).toEqual([30, 800, 3000]);
  expect(came.of).toBeGreaterThan(3);
  expect(came.of).toBeLessThanOrEqual(students - early);
  expect(staying).toBe(early);
});

test('after DFA every output weight has the sign of its feedback weight, and the claims say so', () => {
  expect(signs).toMatchObject({ by: 'paper', holds: 'yes' });
  const { students, best: inBest } = best.numbers;
  expect([inBest.count, inBest.of, students]).toEqual([dfa.ranks[0], total(dfa.ranks), dfa.students]);
  expect(best.found).toContain(`${dfa.students - total(dfa.ranks)} of ${dfa.students} had not converged`);
});

test('from large starts DFA ends elsewhere too, always with the signs of F', () => {
  expect(total(large.ranks)).toBeGreaterThan(30);
  // One in five elsewhere: of fifty, none happens once in a hundred thousand times with other inputs, and the inputs are seeded.
  expect(large.ranks[0]).toBeLessThan(total(large.ranks));
  const { signs: withSigns, best: inBest } = largeStarts.numbers.large;
  expect([withSigns.count, withSigns.of]).toEqual([total(large.ranks), total(large.ranks)]);
  expect([inBest.count, inBest.of]).toEqual([large.ranks[0], total(large.ranks)]);
});

test('students whom nobody has given time enough are counted as not converged, and decide nothing', async () => {
  const early = await degeneracy(shop, {
    N: 100,
    learningRate: 1,
    runs: 4,
    pieces: { dfa: 1, bp: 1 },
    large: 4,
    last: { dfa: 1, bp: 1 },
    late: { N: 100, learningRate: 1, runs: 4, alpha: [1, 2] },
  });
  expect(early.claims.map(({ holds }) => holds)).toEqual(new Array(5).fill('undecided'));
  expectNumbers(early.claims);
});

/** Students as they might have ended. */
const ended = (one: Partial<Ended> = {}): Ended => ({
  minimum: MINIMA[0],
  kept: true,
  rank: 1,
  overlap: 0.9,
  best: 0.9,
  behind: 0,
  signs: true,
  F: [1, 0.5],
  v: [1, 0.6],
  ...one,
});
const many = (n: number, one?: (i: number) => Partial<Ended>): Ended[] =>
  Array.from({ length: n }, (_, i) => ended(one?.(i)));
const all = (some: Ended[]) => ({ students: some.length, ended: some });

test('an exception is called a tie only where |F₁| and |F₂| are near to each other', () => {
  const tie = endsInBest(all([...many(999), ended({ rank: 2, F: [1, -1.01] })]));
  expect(tie.holds).toBe('yes');
  expect(tie.numbers.exceptions).toMatchObject({
    count: 1,
    ranks: [2],
    ties: { count: 1, gap: expect.closeTo(1 - 1 / 1.01, 12) },
    clear: { count: 0, gap: null },
  });
  expect(tie.found).toContain('nearly a tie');
  const clear = endsInBest(all([...many(999), ended({ rank: 3, F: [1, -0.5] })]));
  expect(clear.numbers.exceptions).toEqual({
    count: 1,
    ranks: [3],
    ties: { count: 0, gap: null, behind: null },
    clear: { count: 1, gap: 0.5 },
  });
  expect(clear.found).not.toContain('nearly a tie');
  expect(clear.found).toContain('where it is no tie');
  const wrongSigns = endsInBest(all([...many(999), ended({ rank: 3, signs: false, F: [1, 1.01] })]));
  expect(wrongSigns.numbers.exceptions).toMatchObject({ ties: { count: 0 }, clear: { count: 1 } });
});

test('99% in the best aligned bears the claim out, and the interval is said to begin below it or not', () => {
  const with99 = endsInBest(all([...many(199), ended({ rank: 2, F: [1, 1.01] })]));
  expect(with99.holds).toBe('yes');
  expect(with99.numbers.best).toMatchObject({ count: 199, of: 200 });
  expect(with99.numbers.best.interval[0]).toBeLessThan(0.99);
  expect(with99.found).toContain('the interval begins below 99%');
  const everyone = endsInBest(all(many(2000)));
  expect(everyone.numbers.best.interval[0]).toBeGreaterThan(0.99);
  expect(everyone.found).toContain('the whole interval is above 99%');
  expect(endsInBest(all([...many(190), ...many(10, () => ({ rank: 2 }))])).holds).toBe('not as printed');
});

test('one latecomer elsewhere, and no tie, contradicts that latecomers are no different', () => {
  const sizes = { N: 100, learningRate: 1, runs: 100, alpha: [800, 8000] as [number, number] };
  const of = (some: Ended[]) =>
    comesLate({ students: 100, early: 60, staying: 60, ended: some }, sizes).holds;
  expect(of(many(30))).toBe('yes');
  expect(of([...many(29), ended({ rank: 2, F: [1, 1.01] })])).toBe('yes');
  expect(of([...many(29), ended({ rank: 2, F: [1, 1.1] })])).toBe('no');
});

test('BP that leaves out a solution, prefers one, or forgets its start does not bear the claim out', () => {
  const holds = (some: Ended[]) => spreads(all(some), all(many(50))).holds;
  const around = (i: number) => ({ minimum: MINIMA[i % 8] });
  expect(holds(many(200, around))).toBe('yes');
  expect(holds(many(200, (i) => ({ minimum: MINIMA[i % 7] })))).toBe('no');
  expect(holds([...many(130, around), ...many(70)])).toBe('no');
  expect(holds(many(200, (i) => ({ ...around(i), kept: i % 4 === 0 })))).toBe('no');
});
