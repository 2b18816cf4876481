import { expect, test } from 'vitest';
import { workshop } from '../../../src/figures/index.ts';
import { oneStudent } from '../../../src/figures/shallow/oneStudent.ts';
import {
  CASES,
  LAST,
  N,
  problemOf,
  staysOnPlateau,
  theoryOf,
  zeroWeights,
} from '../../../src/figures/shallow/zeroWeights.ts';
import { expectNumbers } from '../../support/claims.ts';
import { expectStoredLines, linesOf } from '../../support/stored.ts';

const shop = workshop({ size: 'quick', machine: { threads: 1 } });
/** Projected students: the law of trained ones, and faster. */
const drawing = await zeroWeights(shop, {
  student: 'projected',
  last: 3000,
  feedbacks: 10,
  first: 44,
  longest: 1e6,
});
const [error, cause] = drawing.panels;
const curve = (panel: typeof error, name: string) => {
  const trace = panel.traces.find((one) => one.name === name);
  if (!trace) throw new Error(`no trace ${name}`);
  return trace;
};
const last = (values: number[]): number => values[values.length - 1];

test('theory is as it is stored', () => {
  expectStoredLines('10', linesOf(drawing));
});

test('its claims carry their numbers', () => {
  expectNumbers(drawing.claims);
});

test('from zero weights a student stays on the plateau for ever with F orthogonal to A, and learns perfectly with normal F', () => {
  const stuck = curve(error, 'F orthogonal to A');
  expect(stuck.x.at(-1)).toBeCloseTo(1e5, 6);
  expect(last(stuck.y)).toBeGreaterThan(0.011);
  expect(last(curve(error, 'F normal').y)).toBeLessThan(1e-7);
});

test('students of N = 500 do as theory says', () => {
  // The plateau's error varies by 0.5% from student to student.
  const stuck = last(curve(error, 'F orthogonal to A: student, N = 500').y);
  expect(Math.abs(stuck / last(curve(error, 'F orthogonal to A').y) - 1)).toBeLessThan(0.05);
  expect(last(curve(error, 'F normal: student, N = 500').y)).toBeLessThan(1e-4);
});

test('the mirror image is exact: the two units of a trained student are opposite to the last bit', async () => {
  const theory = await theoryOf(shop, problemOf(CASES.orthogonal, LAST));
  const student = await oneStudent(shop, problemOf(CASES.orthogonal, 200), {
    N,
    seed: 1,
    student: 'trained',
  });
  const { numbers, found } = staysOnPlateau(theory, student);
  expect(numbers).toMatchObject({ apart: 0, examples: 100_000 });
  expect(found).toContain('mirror images to the last bit');
});

test('it is |F₁| = |F₂| that holds a student: parallel F holds it too, and orthogonal F of two sizes does not', () => {
  expect(last(curve(cause, 'A = (1, 1), F = (0.9, 0.9), parallel to A').y)).toBeGreaterThan(0.011);
  expect(last(curve(cause, 'A = (1, 0.6), F = (0.9, −0.9)').y)).toBeGreaterThan(0.006);
  expect(last(curve(cause, 'A = (1, 0.6), F = (0.9, −1.5), orthogonal to A').y)).toBeLessThan(1e-7);
});

test('a teacher whose units are exactly alike is learned by students of finite N, and not in theory', () => {
  const name = 'A = (1, 1), T exactly 1, F as "normal"';
  expect(last(curve(cause, name).y)).toBeGreaterThan(0.011);
  expect(last(curve(cause, `${name}: student, N = 500`).y)).toBeLessThan(1e-3);
});

test('every claim holds, and says how many of other F are learned', () => {
  expect(drawing.claims.map(({ holds }) => holds)).toEqual(['yes', 'yes', 'yes', 'yes']);
  // The second of ten has F = (−0.97, −0.01).
  const { feedbacks, learned, soon, late, open } = drawing.claims[1].numbers;
  expect([feedbacks, learned, soon, late.count]).toEqual([10, 10, 9, 1]);
  expect(late.slowest).toEqual([
    { learnedAt: expect.closeTo(316_228, 0), smaller: expect.closeTo(0.0099, 3) },
  ]);
  expect(open).toEqual({ count: 0, smaller: null });
});

test('a normal F that theory does not learn in time leaves the claim undecided', async () => {
  const { claims } = await zeroWeights(shop, {
    student: 'projected',
    last: 3000,
    // The second is the slow one.
    feedbacks: 2,
    first: 44,
    longest: 1e5,
  });
  expect(claims[1].holds).toBe('undecided');
  expect(claims[1].numbers.open).toEqual({ count: 1, smaller: expect.closeTo(0.0099, 3) });
  expect(claims[1].found).toContain('Not by α = 10⁵: 1,');
});

test('theory is drawn as far as it is known: it falls to the end of every line, or rests on the plateau', () => {
  for (const { traces } of [error, cause])
    for (const { name, mark, x, y } of traces) {
      if (mark !== 'line') continue;
      const [before, end] = y.slice(-2);
      // A floor of rounding would show as a line that stops falling.
      if (last(x) < 0.99e5) expect(end / before, name).toBeLessThan(0.75);
      else expect(end, name).toBeGreaterThan(1e-3);
      expect(end, name).toBeGreaterThan(2e-10);
    }
});
