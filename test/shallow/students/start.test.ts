import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Problem, resolveProblem, simulate } from '../../../src/index.ts';
import { covariance, pack } from '../../../src/shallow/problem/index.ts';
import { axesOf } from '../../../src/shallow/students/axes.ts';
import { dot } from '../../../src/shallow/students/dot.ts';
import { initialWeights } from '../../../src/shallow/students/trained/weights.ts';
import { everyStudent } from '../../support/simulations.ts';

const coordinate = fc.integer({ min: -100, max: 100 }).map((x) => x / 100);
const units = fc.integer({ min: 1, max: 4 });
const sizes = fc.constantFrom(0, 1e-6, 0.01, 1, 100);

/** Any vectors at all: dependent, nearly parallel. */
const anyVectors = fc
  .record({ K: units, M: units, sigma: sizes, dimension: fc.integer({ min: 1, max: 9 }) })
  .chain(({ K, M, sigma, dimension }) => {
    const vector = fc.array(coordinate, { minLength: dimension, maxLength: dimension });
    const vectors = fc.array(vector, { minLength: K + M, maxLength: K + M });
    return vectors.map((all) =>
      problemOf(
        all.slice(0, K).map((row) => row.map((x) => sigma * x)),
        all.slice(K),
      ),
    );
  });

/** Vectors at wide angles, multiples of one another, and zeros: singular where they are, and nowhere nearly so. */
const wideVectors = fc
  .record({
    K: units,
    M: units,
    sigma: sizes,
    which: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 8, maxLength: 8 }),
    factors: fc.array(fc.constantFrom(-1, 0, 0.5, 1, 3), { minLength: 8, maxLength: 8 }),
    slopes: fc.array(coordinate, { minLength: 64, maxLength: 64 }),
  })
  .map(({ K, M, sigma, which, factors, slopes }) => {
    const vectors = which.map((w, i) =>
      Array.from({ length: 8 }, (_, j) => factors[i] * (w === j ? 1 : slopes[8 * w + j] / 8)),
    );
    return problemOf(
      vectors.slice(0, K).map((row) => row.map((x) => sigma * x)),
      vectors.slice(K, K + M),
    );
  });

function problemOf(students: number[][], teachers: number[][], activation = 'erf'): Problem {
  const products = (a: number[][], b: number[][]): number[][] =>
    a.map((x) => b.map((y) => x.reduce((sum, xi, i) => sum + xi * y[i], 0)));
  return {
    activation,
    rule: 'bp',
    learningRate: 0.1,
    teacher: { T: products(teachers, teachers), A: teachers.map(() => 1) },
    student: {
      Q: products(students, students),
      R: products(students, teachers),
      v: students.map((_, k) => k - 0.5),
    },
    alpha: [0],
  };
}

const STARTS: [what: string, students: number[][], teachers: number[][]][] = [
  [
    'as many students as teachers',
    [
      [1, 2, 3, 0],
      [0, 1, -1, 2],
    ],
    [
      [1, 0, 0, 0],
      [0.5, 1, 0, 0],
    ],
  ],
  [
    'fewer students than teachers',
    [[0.1, 0.2, 0.3, 0.4]],
    [
      [1, 0, 0, 0],
      [0.5, 1, 0, 0],
      [0, 0.3, 1, 0],
    ],
  ],
  [
    'more students than teachers',
    [
      [1, 2, 0],
      [0, 1, -1],
      [0.3, 0, 0.1],
    ],
    [[1, 0, 0]],
  ],
  [
    'two teachers in one direction',
    [
      [0.2, 0.1, 0],
      [0, 0.1, 0.2],
    ],
    [
      [1, 1, 0],
      [2, 2, 0],
    ],
  ],
  [
    'a student equal to the teacher',
    [
      [1, 0, 0],
      [0.5, 1, 0],
    ],
    [
      [1, 0, 0],
      [0.5, 1, 0],
    ],
  ],
  [
    'students all of zero',
    [
      [0, 0],
      [0, 0],
    ],
    [
      [1, 0],
      [0, 1],
    ],
  ],
  [
    'one student of zero among others',
    [
      [0, 0, 0],
      [0.3, 0.1, 0.7],
    ],
    [
      [1, 0, 0],
      [0, 1, 0],
    ],
  ],
  [
    'a teacher of zero',
    [[0.3, 0.1, 0.7]],
    [
      [0, 0, 0],
      [0, 1, 0],
    ],
  ],
  [
    'students in one direction',
    [
      [0.3, 0.1, 0.7],
      [-0.3, -0.1, -0.7],
    ],
    [
      [1, 0, 0],
      [0, 1, 0],
    ],
  ],
];

describe('the axes of a problem', () => {
  it.each([
    // Vectors nearly in one plane: overlaps rounded to a double are not quite those of any vectors.
    ['any vectors at all', anyVectors, 1e-8],
    ['vectors at wide angles or in one direction', wideVectors, 1e-13],
  ])('give back its overlaps: %s', (_what, problems, tolerance) => {
    fc.assert(
      fc.property(problems, (stated) => {
        const problem = resolveProblem(stated);
        const C = covariance(problem, pack(problem));
        const n = Math.sqrt(C.length);
        const rows = axesOf(problem);
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            let sum = 0;
            for (let a = 0; a < n; a++) sum += rows[i * n + a] * rows[j * n + a];
            const allowed = tolerance * Math.sqrt(C[i * n + i] * C[j * n + j]);
            expect(Math.abs(sum - C[i * n + j])).toBeLessThanOrEqual(allowed);
          }
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('hold the teachers in the first M, the students within in the rest, both as lower triangles', () => {
    const problem = resolveProblem(problemOf(STARTS[0][1], STARTS[0][2]));
    const rows = axesOf(problem);
    for (const [i, most] of [
      [2, 1],
      [3, 2],
      [0, 3],
      [1, 4],
    ])
      expect([...rows.subarray(4 * i + most, 4 * i + 4)].every((x) => x === 0)).toBe(true);
  });
});

describe('the axes of a student', () => {
  it('have nothing outside the teachers’ span for one within it, but for rounding', () => {
    const teachers = [
      [0.3, 0.7, -0.1],
      [0.2, -0.4, 0.9],
    ];
    for (let angle = 0; angle < 3; angle += 0.01) {
      const along = teachers[0].map((x, i) => 0.1 * (Math.cos(angle) * x + Math.sin(angle) * teachers[1][i]));
      const rows = axesOf(resolveProblem(problemOf([along], teachers)));
      expect(rows[2]).toBe(0);
    }
  });

  it('keep what little one has outside it', () => {
    const rows = axesOf(resolveProblem(problemOf([[1, 1e-6]], [[1, 0]])));
    expect(rows[1]).toBeCloseTo(1e-6, 9);
  });
});

it('weights have their overlaps also where two random directions in the plane are nearly one', () => {
  const problem = resolveProblem(problemOf([[0.6, 0.8]], [[1, 0]]));
  for (let seed = 0; seed < 5000; seed++) {
    const { students, teachers } = initialWeights(problem, 2, seed);
    expect(Math.abs(dot(students[0], teachers[0]) / 2 - 0.6)).toBeLessThan(2e-15);
  }
});

describe.each(everyStudent)('$student student, backend $backend, at α = 0', ({ backend, student }) => {
  const start = (problem: Problem, N: number) =>
    simulate(problem, { N, runs: 2, student, backend, threads: 1, seed: 4 });

  describe.each(['erf', 'relu'])('%s', (activation) => {
    it.each(STARTS)('has the problem’s overlaps: %s', async (_what, students, teachers) => {
      const problem = problemOf(students, teachers, activation);
      // In as few dimensions as are allowed, and in many more.
      for (const N of [students.length + teachers.length, 50]) {
        const { perRun } = await start(problem, N);
        const { Q, R, v } = resolveProblem(problem).student;
        for (const run of perRun) {
          const found = [run.Q[0], run.R[0]].flat(2);
          [Q, R].flat(2).forEach((x, i) => {
            expect(Math.abs(found[i] - x)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(x)));
          });
          expect(run.v[0]).toEqual(v);
        }
      }
    });
  });
});
