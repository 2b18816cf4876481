import { describe, expect, it } from 'vitest';
import {
  type Curve,
  earlyTimes,
  integrate,
  type Problem,
  plateau,
  type Rule,
  resolveProblem,
  units,
} from '../../../src/index.ts';
import { normals, STREAMS } from '../../../src/random/index.ts';
import { pack } from '../../../src/shallow/problem/index.ts';
import { backends } from '../../../src/shallow/students/index.ts';
import { equationsOfMotion, observer } from '../../../src/shallow/theory/index.ts';
import { failureOf } from '../../support/failureOf.ts';
import { GAMMA, mixture, ruleWith } from '../../support/ownRules.ts';
import { smallProblem } from '../../support/problems.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';
import { normalRows, studentOf, teacherOf } from '../../support/weights.ts';

const without = <P extends Problem>({ feedback: _none, ...rest }: P): Problem => rest as Problem;
const numbersOf = ({ problem: _problem, ...numbers }: Curve) => numbers;

describe('a built-in rule under another name', () => {
  it.each(twelveProblems)('gives the same curve to the last bit: %s', (_name, problem) => {
    const twin = ruleWith('twin', (v, F) => (problem.rule === 'bp' ? v : F), {
      needsFeedback: problem.rule === 'dfa',
    });
    // With F, the alignments of BP are measured against it.
    const stated = problem.rule === 'bp' ? without(problem) : problem;
    expect(numbersOf(integrate({ ...stated, rule: twin }))).toEqual(numbersOf(integrate(stated)));
    expect(units({ ...stated, rule: twin })).toEqual(units(stated));
  });

  it('has the same plateau and the same early times', () => {
    const twin = ruleWith('twin', (_v, F) => F);
    const problem = smallProblem();
    const { length: _length, ...expected } = plateau(problem);
    expect(plateau({ ...problem, rule: twin })).toMatchObject(expected);
    const zero = [0, 0];
    const fromZero = { ...problem, student: { Q: [zero, zero], R: [zero, zero], v: [0.1, -0.1] } };
    expect(earlyTimes({ ...fromZero, rule: twin }).at(0.1)).toEqual(earlyTimes(fromZero).at(0.1));
  });
});

/** One linear unit: every average is an overlap, and the motion can be worked out on paper. */
const single = (rule: Rule, v: number): Problem => ({
  activation: 'linear',
  rule,
  learningRate: 0.5,
  teacher: { T: [[1]], A: [1] },
  student: { Q: [[2]], R: [[0.3]], v: [v] },
  feedback: [0.7],
  alpha: [0, 1],
});

describe('a rule that depends on v', () => {
  it('moves the overlaps as worked out on paper, at every v anew', () => {
    const problem = resolveProblem(
      single(
        ruleWith('cubic', (v) => v ** 3),
        0.5,
      ),
    );
    const motion = equationsOfMotion(problem);
    const y = pack(problem);
    const dy = new Float64Array(3);
    // v = ½, f = ⅛: dR = −½·⅛·(½·0.3 − 1), dv = −½·(½·2 − 0.3), and for Q
    // −½·2·⅛·(½·2 − 0.3) + ¼·(1/64)·(¼·2 − 2·½·0.3 + 1).
    motion(y, dy);
    expect(dy[1]).toBeCloseTo(0.053125, 14);
    expect(dy[2]).toBeCloseTo(-0.35, 14);
    expect(dy[0]).toBeCloseTo(-0.0875 + 0.0046875, 14);
    // v = −2, f = −8: dR = −½·(−8)·(−2·0.3 − 1).
    y[2] = -2;
    motion(y, dy);
    expect(dy[1]).toBeCloseTo(-6.4, 13);
  });

  it('keeps Q − v⁴/2 for f = v³, where the rates are small', () => {
    // dQ/dα = 2 f dv/dα but for the terms of order η².
    const problem = resolveProblem({
      ...single(
        ruleWith('cubic', (v) => v ** 3),
        0.5,
      ),
      learningRate: 1e-6,
      alpha: [0, 1e6, 3e6],
    });
    const { Q, v } = integrate(problem);
    for (const t of [1, 2]) expect(Q[t][0][0] - v[t][0] ** 4 / 2).toBeCloseTo(2 - 0.5 ** 4 / 2, 5);
    expect(Math.abs(v[2][0] - v[0][0])).toBeGreaterThan(0.1);
  });

  it('begins as the curve does, at leading order', () => {
    const zero = [0, 0];
    const problem: Problem = {
      ...smallProblem(),
      rule: mixture,
      student: { Q: [zero, zero], R: [zero, zero], v: [0.4, -0.2] },
      alpha: [1e-4],
    };
    const early = earlyTimes(problem);
    const { R, Q, v } = integrate(problem);
    const f = [0.7 * 0.4 + 0.3 * 0.8, 0.7 * -0.2 + 0.3 * -0.5];
    expect(early.R[1][0] / early.R[0][0]).toBeCloseTo(f[1] / f[0], 12);
    const at = early.at(1e-4);
    expect(R[0][0][0] / at.R[0][0]).toBeCloseTo(1, 3);
    expect(Q[0][0][1] / at.Q[0][1]).toBeCloseTo(1, 3);
    expect((v[0][1] + 0.2) / (at.v[1] + 0.2)).toBeCloseTo(1, 3);
  });
});

describe('alignments', () => {
  const teachers = normalRows(2, 6, 61, 1 / Math.sqrt(6));
  const problem: Problem = {
    activation: 'erf',
    rule: mixture,
    learningRate: 0.3,
    noise: 0.2,
    teacher: teacherOf(teachers, [1, -0.6]),
    student: studentOf(normalRows(3, 6, 62, 0.5), teachers, [0.7, -0.9, 0.4]),
    feedback: [-1.1, 0.3, 0.8],
    alpha: [0],
  };
  const measure = (p: Problem) => {
    const resolved = resolveProblem(p);
    return { ...observer(resolved)(pack(resolved)) };
  };
  const cosine = (a: number[], b: number[], S: ArrayLike<number>): number => {
    const sum = (x: number[], y: number[]): number => x.reduce((s, xk, k) => s + xk * y[k] * S[k], 0);
    return sum(a, b) / Math.sqrt(sum(a, a) * sum(b, b));
  };
  const v = [0.7, -0.9, 0.4];
  const F = [-1.1, 0.3, 0.8];
  const f = v.map((x, k) => (1 - GAMMA) * x + GAMMA * F[k]);

  it('the update alignment is that of f with v, the weight alignment that of F with v', () => {
    const { errorPower, updateAlignment, weightAlignment } = measure(problem);
    expect(updateAlignment).toBeCloseTo(cosine(v, f, errorPower), 14);
    expect(weightAlignment).toBeCloseTo(cosine(v, F, [1, 1, 1]), 14);
    expect(Math.abs(updateAlignment - cosine(v, F, errorPower))).toBeGreaterThan(0.3);
  });

  it('without F the weight alignment is that of f with v', () => {
    const rule = ruleWith('signs', (x) => Math.sign(x), { needsFeedback: false });
    const { errorPower, updateAlignment, weightAlignment } = measure({ ...without(problem), rule });
    expect(weightAlignment).toBeCloseTo(cosine(v, v.map(Math.sign), [1, 1, 1]), 14);
    expect(updateAlignment).toBeCloseTo(cosine(v, v.map(Math.sign), errorPower), 14);
  });

  it('of BP, which sends v itself, are measured against F where it is given', () => {
    const { errorPower, updateAlignment, weightAlignment } = measure({ ...problem, rule: 'bp' });
    expect(updateAlignment).toBeCloseTo(cosine(v, F, errorPower), 14);
    expect(weightAlignment).toBeCloseTo(cosine(v, F, [1, 1, 1]), 14);
  });

  it('the update alignment is the cosine of the updates of trained students, within five standard errors', () => {
    const N = 200;
    const EXAMPLES = 4000;
    const [own, bp] = [problem, { ...problem, rule: 'bp' }].map((p) => resolveProblem(p));
    const x = new Float64Array(N);
    /** Σ_k ΔW·ΔW' over |x|² of one example, for the rule with BP, with itself, and for BP with itself. */
    const sample = (seed: number): [number, number, number] => {
      const [A, B] = [own, bp].map((p) => {
        const batch = backends.reference.trained.start([p], N, [seed]);
        const before = (batch.weights?.(0).W ?? []).map((row) => row.slice());
        batch.advance(1);
        return (batch.weights?.(0).W ?? []).flatMap((row, k) => Array.from(row, (w, i) => w - before[k][i]));
      });
      normals(x, N, seed, 0, 0, STREAMS.inputs);
      const square = x.reduce((s, xi) => s + xi * xi, 0);
      const dot = (a: number[], b: number[]): number => a.reduce((s, ai, i) => s + ai * b[i], 0) / square;
      return [dot(A, B), dot(A, A), dot(B, B)];
    };
    const samples = Array.from({ length: EXAMPLES }, (_, i) => sample(i + 1));
    const mean = [0, 1, 2].map((c) => samples.reduce((s, one) => s + one[c], 0) / EXAMPLES);
    const found = mean[0] / Math.sqrt(mean[1] * mean[2]);
    const variance =
      samples.reduce(
        (s, one) => s + (found * (one[0] / mean[0] - one[1] / mean[1] / 2 - one[2] / mean[2] / 2)) ** 2,
        0,
      ) / EXAMPLES;
    const error = Math.sqrt(variance / EXAMPLES);
    expect(error).toBeLessThan(0.01);
    expect(Math.abs(measure(problem).updateAlignment - found)).toBeLessThan(5 * error);
  });
});

describe('the plateau of a rule of one’s own', () => {
  it('is the one of the signs that it sends back, and escapes at its own rate', () => {
    const problem = { ...smallProblem(), rule: mixture };
    const own = plateau(problem);
    const dfa = plateau(smallProblem());
    // The forces carry f as a factor: fixed points are the same, the motion around them is not.
    expect(own.student.R.flat().map((r) => r.toFixed(9))).toEqual(
      dfa.student.R.flat().map((r) => r.toFixed(9)),
    );
    expect(Math.abs(own.escapeRate / dfa.escapeRate - 1)).toBeGreaterThan(0.05);
    // An independent look at the rate: the growth of what lifts a curve off the plateau.
    const { student } = own;
    const lifted = {
      ...student,
      R: student.R.map(([a, b], k) => [a + 1e-6 * (k === 0 ? 1 : -1), b - 1e-6 * (k === 0 ? 1 : -1)]),
    };
    const eta = 1e-4;
    const slow: Problem = { ...problem, learningRate: eta, student: lifted };
    const rate = plateau({ ...slow, student: smallProblem().student }).escapeRate;
    const times = [1 / rate, 3 / rate];
    const { R } = integrate({ ...slow, alpha: times }, { rtol: 1e-12, atol: 1e-15 });
    const apart = R.map(([[a, b]]) => a - b);
    expect(Math.log(apart[1] / apart[0]) / (times[1] - times[0]) / rate).toBeCloseTo(1, 1);
  });

  it('is refused where the signs turn on the way there, unless a start is given', () => {
    const rule = ruleWith('turning', (v, F) => F * (0.5 - Math.abs(v)));
    const problem = { ...smallProblem(), rule };
    expect(failureOf(() => plateau(problem))).toMatchObject({
      code: 'not-available',
      path: 'rule',
      message: expect.stringContaining('other signs on the plateau than at the start'),
    });
    expect(plateau(problem, { start: plateau(smallProblem()).student }).residual).toBeLessThan(1e-9);
  });
});

it('a signal that ends in no number ends the curve with an error that names it', () => {
  const rule = ruleWith('rooted', (v, F) => F + Math.sqrt(0.3 - v));
  const failure = failureOf(() => integrate({ ...smallProblem(), rule, alpha: [0, 1, 1000] }));
  expect(failure.code).toBe('not-finite');
  expect(failure.alpha).toBeGreaterThan(0);
  expect(failure.message).toContain('the signal of "rooted" writes none there, or the learning rate');
  expect(failureOf(() => integrate({ ...smallProblem(), learningRate: 1e200 })).message).not.toContain(
    'signal',
  );
});

it.each([
  ['F for small v, −F for large', (v: number, F: number) => F * (Math.abs(v) < 0.5 ? 1 : -1)],
  ['sgn(½ − v)', (v: number) => Math.sign(0.5 - v)],
])('a curve that a jump of the signal holds is told of the jump, the others are not: %s', (_what, f) => {
  const stuck = (rule: string | Rule, maxSteps: number): string =>
    failureOf(() => integrate({ ...smallProblem(), rule, learningRate: 0.5, alpha: [0, 1000] }, { maxSteps }))
      .message;
  const hint = 'where the signal of "jumps" jumps, it may hold the curve at the jump';
  expect(stuck(ruleWith('jumps', f), 2000)).toContain(hint);
  expect(
    stuck(
      ruleWith('sender', (_v, F) => F, { sends: 'F' }),
      5,
    ),
  ).not.toContain('signal');
  expect(stuck('dfa', 5)).not.toContain('signal');
});

it('what has stopped is held, whatever the rule makes of it', () => {
  const perfect: Problem = {
    ...smallProblem(),
    rule: mixture,
    student: {
      Q: [
        [1, 0],
        [0, 1],
      ],
      R: [
        [1, 0],
        [0, 1],
      ],
      v: [1, 1],
    },
    feedback: [0.8, 0.5],
    alpha: [0, 1e6],
  };
  expect(integrate(perfect).stats.heldFrom).toBe(0);
});
