import { describe, expect, test } from 'vitest';
import { type Curve, integrate, plateau } from '../../../src/index.ts';
import { nearPlateau, specialisation } from '../../support/nearPlateau.ts';

const ETA = 1e-4;
const cases = [2, 3, 4, 5].flatMap((K) => ['bp', 'dfa'].map((rule) => ({ K, rule })));

/** What a measurement on curves tends to for η → 0, from two of them. */
function extrapolated(measure: (learningRate: number) => number): number {
  return 2 * measure(ETA) - measure(2 * ETA);
}

describe.each(cases)('K = M = $K, $rule', ({ K, rule }) => {
  test('a curve from a symmetric start comes to rest at the values of theory as η → 0', () => {
    // A faster second layer takes the curve to the plateau sooner and leaves the plateau where it is.
    const curves = new Map<number, Curve>();
    for (const learningRate of [ETA, 2 * ETA]) {
      const start = nearPlateau({ K, rule, learningRate, equal: true, stretch: 1.02 });
      const alpha = [(K === 5 ? 800 : 600) / learningRate];
      curves.set(learningRate, integrate({ ...start, secondLayerRate: 10 * learningRate, alpha }));
    }
    const end = (value: (curve: Curve) => number): number =>
      extrapolated((learningRate) => value(curves.get(learningRate) as Curve));
    const { v } = nearPlateau({ K, rule }).student;
    const s = v.map(Math.sign);
    const off = [
      end(({ Q }) => Q[0][0][0]) * (2 * K - 1) - 1,
      end(({ Q }) => Q[0][0][1]) * (2 * K - 1) * s[0] * s[1] - 1,
      end(({ R }) => R[0][1][0]) * Math.sqrt(K * (2 * K - 1)) * s[1] - 1,
      end((curve) => curve.v[0].reduce((sum, x, k) => sum + s[k] * x, 0)) / K - 1,
    ];
    for (const x of off) expect(Math.abs(x)).toBeLessThan(1e-4);
  });

  test('a curve that starts on it with a small asymmetry stays while the asymmetry is small', () => {
    const problem = nearPlateau({ K, rule, asymmetry: 1e-8 });
    const curve = integrate({ ...problem, alpha: [50 / ETA, 100 / ETA, 150 / ETA] });
    curve.alpha.forEach((_, i) => {
      expect(Math.max(...specialisation(curve.R[i]).map(Math.abs))).toBeLessThan(1e-3);
      for (const q of curve.Q[i].flat()) expect(Math.abs(Math.abs(q) * (2 * K - 1) - 1)).toBeLessThan(0.005);
    });
  });

  test('its asymmetry grows at the escape rate', () => {
    // For BP the rate depends on where in the family the student is, so theory is asked about this student.
    const problem = nearPlateau({ K, rule, equal: rule === 'bp', asymmetry: 1e-9 });
    const symmetric = nearPlateau({ K, rule, equal: rule === 'bp' });
    const { escapeRate } = plateau(symmetric, { start: symmetric.student });
    const alpha = [10 / escapeRate, 14 / escapeRate];
    const { R } = integrate({ ...problem, alpha });
    const [before, after] = R.map((r) => Math.hypot(...specialisation(r)));
    const measured = Math.log(after / before) / (alpha[1] - alpha[0]);
    expect(Math.abs(measured / escapeRate - 1)).toBeLessThan(5e-3);
  });
});

test('with unequal output weights BP escapes at the rate of its own place in the family', () => {
  const symmetric = nearPlateau({ K: 2, rule: 'bp' });
  const { escapeRate } = plateau(symmetric, { start: symmetric.student });
  const equal = plateau(nearPlateau({ K: 2, rule: 'bp', equal: true })).escapeRate;
  const alpha = [10 / escapeRate, 14 / escapeRate];
  const { R } = integrate({ ...nearPlateau({ K: 2, rule: 'bp', asymmetry: 1e-9 }), alpha });
  const [before, after] = R.map((r) => Math.hypot(...specialisation(r)));
  expect(Math.log(after / before) / 4).toBeCloseTo(1, 4);
  expect(Math.abs(escapeRate / equal - 1)).toBeGreaterThan(0.02);
});

describe('the predicted length', () => {
  const lengthFrom = (asymmetry: number, K = 2, rule = 'dfa'): number => {
    const symmetric = nearPlateau({ K, rule, equal: rule === 'bp' });
    return plateau(symmetric, { start: symmetric.student }).length(
      nearPlateau({ K, rule, equal: rule === 'bp', asymmetry }).student,
    );
  };

  test('of two deviations of one shape differs by ln(ratio)/rate', () => {
    const { escapeRate } = plateau(nearPlateau({ K: 2, rule: 'dfa' }), {
      start: nearPlateau({ K: 2, rule: 'dfa' }).student,
    });
    expect((lengthFrom(1e-6) - lengthFrom(1e-4)) * escapeRate).toBeCloseTo(Math.log(100), 4);
  });

  test.each([
    [2, 'bp'],
    [2, 'dfa'],
    [3, 'dfa'],
  ] as const)('is when an integrated curve has specialised, within a tenth: K = M = %i, %s', (K, rule) => {
    const predicted = lengthFrom(1e-5, K, rule);
    const alpha = Array.from({ length: 151 }, (_, i) => (predicted * i) / 100);
    const { R } = integrate({ ...nearPlateau({ K, rule, equal: rule === 'bp', asymmetry: 1e-5 }), alpha });
    const half = 0.5 / Math.sqrt(K * (2 * K - 1));
    const seen = alpha[R.findIndex((r) => Math.max(...specialisation(r).map(Math.abs)) > half)];
    expect(Math.abs(seen / predicted - 1)).toBeLessThan(0.1);
  });

  test('is infinite for a student with no asymmetry, and for one unit who cannot specialise', () => {
    expect(lengthFrom(0)).toBeGreaterThan(lengthFrom(1e-12));
    const one = nearPlateau({ K: 1, M: 2, rule: 'bp' });
    expect(plateau(one).length(nearPlateau({ K: 1, M: 2, rule: 'bp', stretch: 1.1 }).student)).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
