import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  type DeepProblem,
  deepEarlyTimes,
  deepEndPoint,
  drtpFirstOrder,
  integrate,
  type LinearTeacherSpec,
} from '../../../src/index.ts';
import { failureOf } from '../../support/failureOf.ts';

const T = [
  [1, 0.5, 0, 0.2],
  [-0.2, 0.7, 0.1, 0],
  [0, 0.3, -0.6, 0.4],
];

type Change = Omit<Partial<DeepProblem>, 'data'> & { widths?: number[]; data?: Partial<LinearTeacherSpec> };

const problem = ({ widths = [4, 5, 7, 6, 3], data, ...rest }: Change = {}): DeepProblem => {
  return {
    network: { widths, activation: 'linear', init: 'zero' },
    rule: 'dfa',
    feedback: { draw: 'ideal' },
    loss: 'squared',
    data: { set: 'linear-teacher', T, ...data },
    time: [400],
    ...rest,
  };
};

const largest = (X: number[][]): number => Math.max(...X.flat().map(Math.abs));
function expectClose(found: number[][], wanted: number[][], relative: number): void {
  expect(largest(found.map((row, i) => row.map((x, j) => x - wanted[i][j])))).toBeLessThan(
    relative * largest(wanted),
  );
}

describe('the end point', () => {
  it.each([
    ['ideal feedback', {}],
    [
      'orthogonal feedback, of another length',
      { feedback: { draw: 'orthogonal', scale: 1.4, seed: 2 } as const },
    ],
    ['FA', { rule: 'fa' }],
    ['two layers of weights', { widths: [4, 5, 3] }],
    ['five', { widths: [4, 5, 4, 6, 5, 3] }],
  ])('is where the curve ends, whitened inputs: %s', (_name, change) => {
    const stated = problem(change);
    const { alignmentMatrices, loss, map } = deepEndPoint(stated);
    const curve = integrate(stated, { rtol: 1e-11, atol: 1e-14 });
    expectClose(map, T, 1e-12);
    expect(loss).toBe(0);
    curve.alignmentMatrices?.[0].forEach((A, i) => {
      expectClose(A, (alignmentMatrices as number[][][])[i], 1e-8);
    });
  });

  it('has the singular values of T̂ to the power 2^{l−1}/(2^L − 1), but for a factor', () => {
    const { alignmentMatrices } = deepEndPoint(problem());
    const s = new SingularValueDecomposition(new Matrix(T).transpose()).diagonal;
    (alignmentMatrices as number[][][]).forEach((A, i) => {
      const values = new SingularValueDecomposition(new Matrix(A)).diagonal;
      const power = 2 ** (i + 1) / 15;
      values.forEach((value, k) => {
        expect(value / values[0]).toBeCloseTo((s[k] / s[0]) ** power, 12);
      });
    });
  });

  it('is known where the modes of the targets are axes of the inputs, and not otherwise', () => {
    const diagonal = [
      [1, 0, 0, 0],
      [0, 0.5, 0, 0],
      [0, 0, 0.3, 0],
    ];
    const own = problem({ data: { T: diagonal, covariance: [1, 2, 0.5, 1] } });
    const { alignmentMatrices } = deepEndPoint(own);
    const curve = integrate({ ...own, time: [3000] }, { rtol: 1e-11, atol: 1e-14 });
    curve.alignmentMatrices?.[0].forEach((A, i) => {
      expectClose(A, (alignmentMatrices as number[][][])[i], 1e-8);
    });
    expect(deepEndPoint(problem({ data: { covariance: [1, 2, 0.5, 1] } })).alignmentMatrices).toBeNull();
    const normal = { draw: 'normal', seed: 1 } as const;
    expect(deepEndPoint(problem({ feedback: normal })).alignmentMatrices).toBeNull();
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'modes without targets stay exactly 0: three outputs of two inputs, draw %i',
    (seed) => {
      const T = { draw: 'normal', seed } as const;
      const problem: DeepProblem = {
        network: { widths: [2, 3, 3, 3], activation: 'linear', init: 'zero' },
        rule: 'dfa',
        feedback: { draw: 'ideal' },
        loss: 'squared',
        data: { set: 'linear-teacher', T },
        time: [1000],
      };
      const end = (deepEndPoint(problem).alignmentMatrices as number[][][]).flat(2);
      const late = (integrate(problem, { rtol: 1e-11 }).alignmentMatrices as number[][][][])[0].flat(2);
      late.forEach((x, i) => {
        expect(end[i]).toBeCloseTo(x, 9);
      });
    },
  );

  it('is the least-squares map of data, the smallest where several fit', () => {
    const x = [
      [1, 0, 1],
      [0, 1, 0],
      [2, 1, 2],
      [1, -1, 1],
    ];
    const y = [[1], [0], [0], [3]];
    const { map, loss } = deepEndPoint({ ...problem({ widths: [3, 4, 1] }), data: { train: { x, y } } });
    const pinv = new SingularValueDecomposition(new Matrix(x)).inverse();
    const wanted = pinv.mmul(new Matrix(y)).transpose().to2DArray();
    expectClose(map, wanted, 1e-12);
    const rest = new Matrix(x).mmul(new Matrix(wanted).transpose()).sub(new Matrix(y));
    expect(loss).toBeCloseTo(rest.to1DArray().reduce((sum, r) => sum + r * r, 0) / 8, 12);
  });

  it('does not exist for DRTP, nor is it known from other starts', () => {
    expect(failureOf(() => deepEndPoint(problem({ rule: 'drtp' }))).message).toContain('grow without end');
    const started = problem({
      network: { widths: [4, 5, 3], activation: 'linear', init: 'he' },
      feedback: { draw: 'normal', seed: 1 },
    });
    expect(failureOf(() => deepEndPoint(started)).message).toContain('use "init": "zero"');
  });
});

describe('DRTP', () => {
  it('grows as t^{2^{l−1}} at all times, hidden layers with any feedback', () => {
    const stated = problem({
      rule: 'drtp',
      feedback: { draw: 'normal', seed: 4 },
      widths: [4, 5, 7, 6, 5, 3],
      data: { covariance: [1, 2, 0.5, 1.2] },
      time: [0.1, 0.6],
    });
    const { coefficients, powers } = deepEarlyTimes(stated);
    expect(powers).toEqual([2, 4, 8, 16]);
    const { alignmentMatrices, time } = integrate(stated, { rtol: 1e-12, atol: 1e-15 });
    time.forEach((t, at) => {
      for (let i = 0; i < 3; i++)
        expectClose(
          (alignmentMatrices as number[][][][])[at][i],
          coefficients[i].map((row) => row.map((x) => x * t ** powers[i])),
          1e-9,
        );
    });
  });

  it('deviates from 1 to first order by 2^{l−2} (TTᵀ − 1 + 2T(Σ_x − 1)Tᵀ)', () => {
    for (const small of [1e-3, 1e-4]) {
      const nearly = [
        [1 + small, 0.3 * small, 0],
        [-small, 1 + 0.2 * small, 0],
      ];
      const covariance = [
        [1 + small, 0.5 * small, 0],
        [0.5 * small, 1 - small, 0],
        [0, 0, 1],
      ];
      const { coefficients } = deepEarlyTimes(
        problem({ rule: 'drtp', widths: [3, 5, 7, 6, 2], data: { T: nearly, covariance } }),
      );
      const c = [1 / 2, 1 / 8, 1 / 128];
      coefficients.forEach((K, i) => {
        const first = drtpFirstOrder(nearly, covariance, i + 2);
        const off = largest(K.map((row, j) => row.map((x, k) => x / c[i] - first[j][k])));
        expect(off).toBeLessThan(300 * small * small);
        expect(largest(first.map((row, j) => row.map((x, k) => x - (j === k ? 1 : 0))))).toBeGreaterThan(
          small,
        );
      });
    }
  });
});

describe('early times', () => {
  it('are those of the curve', () => {
    const stated = problem({ feedback: { draw: 'normal', seed: 4 }, time: [0.01] });
    const { coefficients, powers, until } = deepEarlyTimes(stated);
    expect(until).toBeGreaterThan(0.01);
    const [found] = integrate(stated).alignmentMatrices as number[][][][];
    found.forEach((A, i) => {
      expectClose(
        A,
        coefficients[i].map((row) => row.map((x) => x * 0.01 ** powers[i])),
        1e-12,
      );
    });
  });
});
