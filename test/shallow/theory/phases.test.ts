import { describe, expect, test } from 'vitest';
import { type Curve, integrate, type Problem, phases } from '../../../src/index.ts';
import { placesOf } from '../../../src/shallow/theory/index.ts';

const alpha = Array.from({ length: 61 }, (_, i) => 10 ** (i / 10 - 1));
/** Falls as 1/α from 1 to 10, is flat until 1000, then falls again. */
const eg = alpha.map((a) => {
  const first = a < 1 ? 1 : Math.max(0.1, 1 / a);
  return a < 1000 ? first : first * (1000 / a) ** 2;
});
const weightAlignment = alpha.map((a) => -((Math.log(a) - Math.log(5)) ** 2));

test('the plateau lies between two falls, and the align phase ends where the alignment is largest', () => {
  const phases = placesOf({ alpha, eg, weightAlignment });
  expect(phases && [phases.aligned, phases.plateau, phases.leaves].map((i) => alpha[i])).toEqual([
    expect.closeTo(5.01, 2),
    expect.closeTo(12.59, 2),
    expect.closeTo(1258.9, 1),
  ]);
});

test('a curve that ends on the plateau leaves it nowhere; one that still falls, or has not begun to, has none', () => {
  const until = (n: number) => ({
    alpha: alpha.slice(0, n),
    eg: eg.slice(0, n),
    weightAlignment: weightAlignment.slice(0, n),
  });
  expect(placesOf(until(35))).toMatchObject({ plateau: 21, leaves: 34 });
  expect(placesOf(until(15))).toBeUndefined();
  expect(placesOf(until(5))).toBeUndefined();
});

describe('the phases of a curve', () => {
  const problem: Problem = {
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.02,
    teacher: {
      T: [
        [1, 0],
        [0, 1],
      ],
      A: [1, 1],
    },
    student: {
      Q: [
        [1e-4, 2e-6],
        [2e-6, 1.2e-4],
      ],
      R: [
        [3e-4, -2e-4],
        [1e-4, 2e-4],
      ],
      v: [-0.01, 0.02],
    },
    feedback: [0.8, 0.5],
    alpha: { from: 0.1, to: 50_000, points: 200 },
  };
  const curve = integrate(problem);
  const found = phases(curve);

  test('are the align phase and the symmetric plateau, at its height of theory', () => {
    // Saad & Solla 1995, K = M = 2: Q = 1/3, R = 1/√6, v₁ + v₂ = 2, to first order in η.
    const level = (2 * Math.asin(1 / 2) - 4 * Math.asin(1 / 4)) / Math.PI;
    const [plateau, ...later] = found.plateaus;
    expect(later).toEqual([]);
    expect(Math.abs(plateau.height / level - 1)).toBeLessThan(0.15);
    expect(plateau.left).toBe(true);
    expect(plateau.length).toBe(plateau.to - plateau.from);
    expect(found.align!.to).toBeLessThan(plateau.to);
    expect(found.align!.alignment).toBe(Math.max(...curve.weightAlignment));
    expect(found.memorise).toEqual({ from: found.align!.to, to: 50_000 });
  });

  test('a rule that sends back v has no align phase; its plateau is found all the same', () => {
    const bp = phases(
      integrate({ ...problem, rule: 'bp', student: { ...problem.student, v: [0.01, 0.02] } } as Problem),
    );
    expect(bp.align).toBeNull();
    expect(bp.memorise).toBeNull();
    expect(bp.plateaus).toMatchObject([{ left: true }]);
  });

  test('a curve that ends on the plateau does not memorise, and one that has not come to it has no phases', () => {
    const on = phases(
      integrate({ ...problem, alpha: { from: 0.1, to: found.plateaus[0].to / 2, points: 100 } }),
    );
    expect(on).toMatchObject({ memorise: null, plateaus: [{ left: false, to: found.plateaus[0].to / 2 }] });
    expect(phases(integrate({ ...problem, alpha: { from: 0.1, to: 5, points: 40 } }))).toEqual({
      align: null,
      memorise: null,
      plateaus: [],
    });
  });
});

test('later shoulders are found, and none that lies at the rounding of eg', () => {
  const staircase = alpha.map((a, i) => (a < 1000 ? eg[i] : Math.max(1e-3, eg[i])));
  const found = placesOf({ alpha, eg: staircase, weightAlignment });
  expect(found?.later).toMatchObject([{ leaves: 60 }]);
  const curve = (egFloor: number) =>
    ({
      alpha,
      eg: staircase,
      weightAlignment,
      problem: { rule: 'dfa' },
      stats: { egFloor },
    }) as unknown as Curve;
  expect(phases(curve(1e-9)).plateaus).toHaveLength(2);
  expect(phases(curve(1e-9)).plateaus[1].height).toBeCloseTo(1e-3, 12);
  expect(phases(curve(5e-4)).plateaus).toHaveLength(1);
});

test('of a curve of very many times they are found too; a fall in the last interval ends a plateau', () => {
  const long = Array.from({ length: 200_000 }, (_, i) => 1 + i);
  expect(
    placesOf({ alpha: long, eg: long.map((a) => 1 / a), weightAlignment: long.map((a) => -a) }),
  ).toBeUndefined();
  const short = { alpha: [1, 2, 4, 8, 16], eg: [1, 0.1, 0.1, 0.1, 0.01], weightAlignment: [0, 0, 0, 0, 0] };
  expect(placesOf(short)).toMatchObject({ plateau: 2, leaves: 4, left: true });
  const curve = { ...short, problem: { rule: 'dfa' }, stats: { egFloor: 1e-9 } } as unknown as Curve;
  expect(phases(curve).plateaus).toMatchObject([{ left: true, height: expect.closeTo(0.1, 12) }]);
});
