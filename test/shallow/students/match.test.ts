import { describe, expect, test } from 'vitest';
import { integrate, type Problem, resolveProblem, simulate } from '../../../src/index.ts';
import { layoutOf, pack } from '../../../src/shallow/problem/index.ts';
import { matchTo, renumber } from '../../../src/shallow/students/match.ts';
import { equationsOfMotion, exchange, exchangesOf } from '../../../src/shallow/theory/index.ts';

/** Two teacher units that nothing distinguishes: from the plateau students go to two minima. */
const problem: Problem = {
  activation: 'erf',
  rule: 'dfa',
  learningRate: 1,
  teacher: {
    T: [
      [1, 0],
      [0, 1],
    ],
    A: [1, 1],
  },
  student: {
    Q: [
      [1e-4, 0],
      [0, 1e-4],
    ],
    R: [
      [1.2e-4, 1e-4],
      [1e-4, 1.1e-4],
    ],
    v: [0.01, -0.01],
  },
  feedback: [0.8, -0.5],
  alpha: [1, 5, 10, 20, 40, 60, 100, 200, 400],
};

describe('exchanges', () => {
  const count = (change: Partial<Problem>): number =>
    exchangesOf(resolveProblem({ ...problem, ...change } as Problem)).length + 1;
  const A = (...list: number[]) => ({ teacher: { ...problem.teacher, A: list } }) as Partial<Problem>;

  test('are those of teacher units alike, up to a sign for erf, and of student units that the rule treats alike', () => {
    expect(count({})).toBe(2);
    expect(count(A(1, -1))).toBe(2);
    expect(count(A(1, 0.5))).toBe(1);
    expect(count({ activation: 'relu', ...A(1, -1) })).toBe(1);
    expect(count({ feedback: [0.5, -0.5] })).toBe(4);
    expect(count({ rule: 'bp' })).toBe(2 * 8);
    expect(count({ activation: 'relu', rule: 'bp' })).toBe(2 * 2);
  });

  test.each([
    ['dfa, equal feedback', { feedback: [0.5, -0.5], noise: 0.2 }],
    ['bp, teacher units of two signs', { rule: 'bp', weightDecay: [0.01, 0.02], ...A(1, -1) }],
    ['relu, bp', { rule: 'bp', activation: 'relu', ...A(1, 1) }],
  ] as [string, Partial<Problem>][])('leave the equations as they are: %s', (_name, change) => {
    const p = resolveProblem({
      ...problem,
      ...change,
      student: {
        Q: [
          [0.7, 0.2],
          [0.2, 0.9],
        ],
        R: [
          [0.3, -0.2],
          [0.1, 0.5],
        ],
        v: [0.4, -0.3],
      },
    } as Problem);
    const shape = layoutOf(p);
    const motion = equationsOfMotion(p);
    const y = pack(p);
    const dy = new Float64Array(shape.size);
    motion(y, dy);
    for (const by of exchangesOf(p)) {
      const there = new Float64Array(shape.size);
      const motionThere = new Float64Array(shape.size);
      const expected = new Float64Array(shape.size);
      exchange(y, by, shape, there);
      motion(there, motionThere);
      exchange(dy, by, shape, expected);
      motionThere.forEach((x, i) => {
        expect(x).toBeCloseTo(expected[i], 14);
      });
    }
  });
});

describe('students in two equivalent minima', async () => {
  const settings = { N: 100, runs: 20, student: 'projected', backend: 'cpu', threads: 1 } as const;
  const curve = integrate(problem);
  const matched = await simulate(problem, settings);
  const plain = await simulate(problem, { ...settings, match: 'none' });
  const renumbered = matched.perRun.filter((run) => run.renumbered);
  const last = curve.alpha.length - 1;
  const far = (R: number[][]): number =>
    Math.max(...R.flat().map((r, i) => Math.abs(r - curve.R[last].flat()[i])));

  test('some end in the other one: their mean is far from each, and near it once their units are renumbered', () => {
    expect(renumbered.length).toBeGreaterThan(3);
    expect(renumbered.length).toBeLessThan(17);
    for (const run of renumbered) {
      expect(run.renumbered).toMatchObject({ student: [1, 2], teacher: [2, 1] });
      expect(far(run.R[last])).toBeGreaterThan(0.5);
    }
    expect(far(plain.mean.R[last])).toBeGreaterThan(0.15);
    expect(far(matched.mean.R[last])).toBeLessThan(0.1);
  });

  test('the result says so; single runs, the error and earlier times stay as they are', () => {
    expect(matched.notes.join()).toMatch(
      new RegExp(`${renumbered.length} of 20 students ended in another of several equivalent minima`),
    );
    expect(plain.notes).toEqual([]);
    expect(plain.settings.match).toBe('none');
    expect(plain.perRun.some((run) => run.renumbered)).toBe(false);
    expect(matched.perRun.map(({ R }) => R)).toEqual(plain.perRun.map(({ R }) => R));
    expect(matched.mean.eg).toEqual(plain.mean.eg);
    const first = Math.min(...renumbered.map((run) => run.renumbered!.from));
    const until = matched.alpha.findIndex((a) => a >= first);
    expect(matched.mean.R.slice(0, until)).toEqual(plain.mean.R.slice(0, until));
  });
});

test('a student that is still on the plateau, or has gone where theory is, is left alone', () => {
  const p = resolveProblem(problem);
  const { Q, R, v } = integrate(problem);
  const states = p.alpha.map((_, i) => pack({ ...p, student: { Q: Q[i], R: R[i], v: v[i] } }));
  const find = matchTo(p, (t) => states[t]);
  const shape = layoutOf(p);
  const image = states.map((y) => {
    const out = new Float64Array(shape.size);
    exchange(y, { student: [1, 2], teacher: [2, 1] }, shape, out);
    return out;
  });
  expect(find((t) => states[t], 8)).toBeUndefined();
  expect(find((t) => image[t], 8)).toMatchObject({ student: [1, 2], teacher: [2, 1] });
  expect(find((t) => image[t], 3)).toBeUndefined();
});

test('rows are renumbered from a time on, and what stands beside the overlaps stays', () => {
  const p = resolveProblem(problem);
  const { size, R, M } = layoutOf(p);
  const width = size + 1;
  const rows = Float64Array.from({ length: 4 * width }, (_, i) => i);
  const out = renumber(rows, { from: 2, student: [1, 2], teacher: [2, 1] }, 4, p);
  expect(out.slice(0, 2 * width)).toEqual(rows.slice(0, 2 * width));
  for (const t of [2, 3]) {
    const at = t * width;
    expect(out[at + R]).toBe(rows[at + R + 1]);
    expect(out[at + R + M + 1]).toBe(rows[at + R + M]);
    expect([out[at], out[at + size - 1], out[at + size]]).toEqual([
      rows[at],
      rows[at + size - 1],
      rows[at + size],
    ]);
  }
});

test('very many exchanges are looked through, and none once the work is stopped', async () => {
  const identity = (n: number) =>
    Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  const many: Problem = {
    activation: 'erf',
    rule: 'bp',
    learningRate: 0.5,
    teacher: { T: identity(4), A: [1, 1, 2, 2] },
    student: {
      Q: identity(6),
      R: Array.from({ length: 6 }, (_, k) => [k / 10, 0, 0.1, 0.2]),
      v: [1, 1, 1, 1, 1, 1],
    },
    alpha: [0.1, 5],
  };
  expect(exchangesOf(resolveProblem(many)).length).toBeGreaterThan(130_000);
  const settings = { N: 30, runs: 2, student: 'projected', backend: 'cpu', threads: 1 } as const;
  expect((await simulate(many, settings)).perRun).toHaveLength(2);
  const stop = new AbortController();
  const { perRun } = await simulate(problem, {
    ...settings,
    N: 100,
    runs: 20,
    signal: stop.signal,
    onProgress: ({ finishedRuns }) => finishedRuns === 20 && stop.abort(),
  });
  expect(perRun.some(({ renumbered }) => renumbered)).toBe(false);
});
