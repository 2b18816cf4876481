import { describe, expect, test } from 'vitest';
import { type Problem, resolveProblem } from '../../../src/index.ts';
import { pack } from '../../../src/shallow/problem/index.ts';
import { equationsOfMotion } from '../../../src/shallow/theory/index.ts';
import { gaussHermite } from '../../support/gaussHermite.ts';
import { changeByOneExample, type Network } from '../../support/oneStep.ts';
import { normalVector, studentOf, teacherOf } from '../../support/weights.ts';

const teachers = [
  [0.9, 0.1, 0.3],
  [0.2, -1, 0.1],
];
const students = [
  [0.5, 0.2, -0.3],
  [-0.1, 0.6, 0.4],
];

function network(K: number, M: number, rest: Partial<Problem>): Network {
  const problem = resolveProblem({
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.7,
    secondLayerRate: 0.4,
    noise: 0.5,
    weightDecay: [0.2, 0.3],
    teacher: teacherOf(teachers.slice(0, M), [1.3, -0.6].slice(0, M)),
    student: studentOf(students.slice(0, K), teachers.slice(0, M), [0.8, -1.1].slice(0, K)),
    feedback: [0.6, 1.4].slice(0, K),
    alpha: [1],
    ...rest,
  });
  return { problem, students: students.slice(0, K), teachers: teachers.slice(0, M) };
}

function motionOf({ problem }: Network): Float64Array {
  const y = pack(problem);
  const dy = new Float64Array(y.length);
  equationsOfMotion(problem)(y, dy);
  return dy;
}

const sizes: [number, number][] = [
  [2, 2],
  [1, 2],
  [2, 1],
];

describe.each(sizes)('K = %i, M = %i', (K, M) => {
  test.each([
    ['erf', 'dfa', true],
    ['erf', 'bp', true],
    ['erf', 'dfa', false],
    ['linear', 'dfa', true],
    ['linear', 'bp', true],
  ])(
    'dy/dα is the mean change by one example: %s, %s, second layer trained: %s',
    (activation, rule, trainSecondLayer) => {
      const net = network(K, M, { activation, rule, trainSecondLayer });
      const { x, w } = gaussHermite(26);
      const mean = motionOf(net).map(() => 0);
      x.forEach((x0, i) => {
        x.forEach((x1, j) => {
          x.forEach((x2, l) => {
            const change = changeByOneExample(net, [x0, x1, x2]);
            for (let c = 0; c < mean.length; c++) mean[c] += w[i] * w[j] * w[l] * change[c];
          });
        });
      });
      motionOf(net).forEach((dy, c) => {
        expect(Math.abs(dy - mean[c])).toBeLessThan(1e-8);
      });
    },
  );

  test.each(['bp', 'dfa'])('so it is for relu within five standard errors: %s', (rule) => {
    const net = network(K, M, { activation: 'relu', rule });
    const samples = 50_000;
    const inputs = normalVector(3 * samples, 5);
    const dy = motionOf(net);
    const sum = dy.map(() => 0);
    const squares = dy.map(() => 0);
    for (let i = 0; i < samples; i++) {
      changeByOneExample(net, inputs.slice(3 * i, 3 * i + 3)).forEach((x, c) => {
        sum[c] += x - dy[c];
        squares[c] += (x - dy[c]) ** 2;
      });
    }
    dy.forEach((_, c) => {
      expect(Math.abs(sum[c]) / Math.sqrt(squares[c])).toBeLessThan(5);
    });
  });
});

test('first order leaves out what is quadratic in the rate, which only Q has, and nothing else', () => {
  const { problem } = network(2, 2, { weightDecay: [0, 0] });
  const y = pack(problem);
  const motion = (learningRate: number, firstOrder: boolean): number[] => {
    const dy = new Float64Array(y.length);
    equationsOfMotion({ ...problem, learningRate }, { firstOrder })(y, dy);
    return Array.from(dy);
  };
  const linear = motion(1, true);
  const full = motion(1, false);
  const Q = [0, 1, 2];
  for (const i of Q) {
    expect(Math.abs(full[i] - linear[i])).toBeGreaterThan(0.01);
    expect(motion(0.5, false)[i]).toBeCloseTo(0.5 * linear[i] + 0.25 * (full[i] - linear[i]), 14);
  }
  expect(full.slice(3)).toEqual(linear.slice(3));
});
