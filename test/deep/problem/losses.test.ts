import { describe, expect, it } from 'vitest';
import { losses } from '../../../src/deep/problem/losses.ts';

const logistic = (a: number): number => 1 / (1 + Math.exp(-a));
const sum = (x: number[]): number => x.reduce((all, one) => all + one, 0);

interface Reference {
  output(a: number[]): number[];
  value(a: number[], y: number[]): number;
}

/** The losses as they are printed, by the functions of the engine. */
const REFERENCES: Record<string, Reference> = {
  squared: { output: (a) => a, value: (a, y) => sum(a.map((x, j) => (x - y[j]) ** 2)) / 2 },
  'cross-entropy': {
    output: (a) => a.map((x) => Math.exp(x) / sum(a.map(Math.exp))),
    value: (a, y) => -sum(a.map((x, j) => y[j] * Math.log(Math.exp(x) / sum(a.map(Math.exp))))),
  },
  'binary-cross-entropy': {
    output: (a) => a.map(logistic),
    value: (a, y) =>
      -sum(a.map((x, j) => y[j] * Math.log(logistic(x)) + (1 - y[j]) * Math.log(logistic(-x)))),
  },
};

const LOGITS = [
  [0, 0, 0],
  [0.3, -1.2, 2.5],
  [-7, 4, 4],
  [12, -9, 0.1],
];
const TARGETS = [
  [0, 1, 0],
  [0.2, 0.5, 0.3],
];
const CASES = LOGITS.flatMap((a) => TARGETS.map((y) => [a, y] as const));

const outputOf = (name: string, a: number[]): Float64Array => {
  const out = new Float64Array(a.length);
  losses[name].output(Float64Array.from(a), out);
  return out;
};
const lossOf = (name: string, a: number[], y: number[]): number =>
  losses[name].value(Float64Array.from(a), Float64Array.from(y));

it('every loss has a reference', () => {
  expect(Object.keys(REFERENCES)).toEqual(Object.keys(losses));
});

describe.each(Object.entries(REFERENCES))('%s', (name, reference) => {
  it.each(CASES)('of outputs %j and targets %j is the printed formula', (a, y) => {
    reference.output(a).forEach((f, j) => {
      expect(Math.abs(outputOf(name, a)[j] - f)).toBeLessThanOrEqual(1e-13 * Math.abs(f));
    });
    const value = reference.value(a, y);
    expect(Math.abs(lossOf(name, a, y) - value)).toBeLessThanOrEqual(1e-12 * value);
  });

  it('has output − y for its gradient, at logits of 1000 too', () => {
    const h = 1e-3;
    const huge = [
      [1000, -1000, 0],
      [-1000, -1000, 1000],
      [1000, 1000, -1000],
    ];
    for (const [a, y] of [...CASES, ...huge.flatMap((logits) => TARGETS.map((y) => [logits, y] as const))])
      a.forEach((_, j) => {
        const at = (by: number): number =>
          lossOf(
            name,
            a.map((x, i) => (i === j ? x + by : x)),
            y,
          );
        const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
        const e = outputOf(name, a)[j] - y[j];
        expect(Math.abs(slope - e), `${a} ${y}`).toBeLessThan((1e-12 * Math.max(1, lossOf(name, a, y))) / h);
      });
  });
});

it('logits of ±1000 have finite losses', () => {
  const [right, wrong] = [
    [1000, -1000],
    [-1000, 1000],
  ];
  expect(lossOf('cross-entropy', right, [1, 0])).toBe(0);
  expect(lossOf('cross-entropy', wrong, [1, 0])).toBe(2000);
  expect(lossOf('cross-entropy', [1000, 1000], [1, 0])).toBeCloseTo(Math.LN2, 12);
  expect(lossOf('binary-cross-entropy', right, [1, 0])).toBe(0);
  expect(lossOf('binary-cross-entropy', wrong, [1, 0])).toBe(2000);
  for (const name of ['cross-entropy', 'binary-cross-entropy']) {
    expect([...outputOf(name, right)]).toEqual([1, 0]);
    expect([...outputOf(name, wrong)]).toEqual([0, 1]);
  }
});
