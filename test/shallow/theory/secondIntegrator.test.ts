import { describe, expect, test } from 'vitest';
import { activations, type Curve, integrate, type Problem, resolveProblem } from '../../../src/index.ts';
import { readableSums } from '../../../src/shallow/gaussian/readableSums.ts';
import { layoutOf, pack, unpackQ, unpackR, unpackV } from '../../../src/shallow/problem/index.ts';
import { equationsOfMotion } from '../../../src/shallow/theory/index.ts';
import { rungeKutta8Halved } from '../../support/rungeKutta8.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';

/** Steps of the reference; relu, whose plain sums are dear and whose curves are smooth, makes do with longer ones. */
const STEP: Record<string, number> = { erf: 0.2, linear: 0.2, relu: 0.4 };

/** Q, R and v by order 8 and the sums as theory writes them. */
function reference(problem: Problem) {
  const p = resolveProblem(problem);
  const shape = layoutOf(p);
  const kernel = readableSums(activations[p.activation], shape.n, shape.K);
  const motion = equationsOfMotion(p, { kernel });
  const later = p.alpha.slice(1);
  const { states, error } = rungeKutta8Halved(motion, pack(p), later, STEP[p.activation]);
  const all = [pack(p), ...states];
  return {
    error,
    Q: all.map((y) => unpackQ(y, shape).flat()),
    R: all.map((y) => unpackR(y, shape).flat()),
    v: all.map((y) => unpackV(y, shape)),
  };
}

/** The largest difference, relative to each component, or to 1e-8 of the largest of its kind where it is yet smaller. */
function difference(curve: Curve, expected: ReturnType<typeof reference>): number {
  let worst = 0;
  for (const kind of ['Q', 'R', 'v'] as const) {
    const largest = Math.max(...expected[kind].flat().map(Math.abs));
    expected[kind].forEach((values, i) => {
      const found = curve[kind][i].flat();
      values.forEach((value, c) => {
        worst = Math.max(worst, Math.abs(found[c] - value) / Math.max(Math.abs(value), 1e-8 * largest));
      });
    });
  }
  return worst;
}

describe.each(twelveProblems)('%s', (_name, problem) => {
  const expected = reference(problem);

  test('the reference itself is good to 1e-10', () => {
    expect(expected.error).toBeLessThan(1e-10);
  });

  test('rtol 1e-11 gives every order parameter to 1e-8 relative, between steps too', () => {
    expect(difference(integrate(problem, { rtol: 1e-11 }), expected)).toBeLessThan(1e-8);
  });

  test('the default rtol gives every order parameter to 1e-7', () => {
    expect(difference(integrate(problem), expected)).toBeLessThan(1e-7);
  });
});
