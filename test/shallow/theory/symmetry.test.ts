import { describe, expect, it } from 'vitest';
import { integrate } from '../../../src/index.ts';
import { waitingProblem } from '../../support/problems.ts';

const waiting = { ...waitingProblem(), alpha: [10, 1000, 20_000] };

describe('a symmetry that a curve comes to have by rounding', () => {
  it('is told: where the difference of two columns of R has fallen below the last digit', () => {
    const { R, eg, stats } = integrate(waiting);
    expect(R[0][0][0]).not.toBe(R[0][0][1]);
    expect(R[2].every(([one, other]) => one === other)).toBe(true);
    expect(eg[2]).toBeGreaterThan(0.07);
    expect(stats.symmetricFrom).toBeGreaterThan(1000);
    expect(stats.symmetricFrom).toBeLessThan(20_000);
  });

  it('is not told of a curve that learns, nor of a teacher whose units differ', () => {
    const learns = integrate({ ...waiting, student: { draw: { K: 2, N: 500, sigma: 0.01, seed: 5 } } });
    expect(learns.eg[2]).toBeLessThan(1e-8);
    expect(learns.stats.symmetricFrom).toBeNull();
    const differ = { ...waiting.teacher, A: [1, 1 + 1e-12] };
    expect(integrate({ ...waiting, teacher: differ }).stats.symmetricFrom).toBeNull();
    const touching = {
      T: [
        [1, 0.01, 0],
        [0.01, 1, 0.02],
        [0, 0.02, 1],
      ],
      A: [1, 0.5, 1],
    };
    expect(
      integrate({ ...waiting, teacher: touching, student: { draw: { K: 2, N: 500, sigma: 0.01, seed: 2 } } })
        .stats.symmetricFrom,
    ).toBeNull();
  });

  it('is not told of a start that has it: that is what was asked for', () => {
    const student = {
      Q: [
        [1, 0],
        [0, 1],
      ],
      R: [
        [0.1, 0.1],
        [0.2, 0.2],
      ],
      v: [0.1, 0.2],
    };
    expect(integrate({ ...waiting, student, alpha: [1, 10] }).stats.symmetricFrom).toBeNull();
  });

  it('is seen with a sign too: an odd unit and its mirror image are one', () => {
    const problem = {
      ...waiting,
      activation: 'erf',
      teacher: { ...waiting.teacher, A: [1, -1] },
      student: { Q: [[0.1]], R: [[0.1, -0.05]], v: [0.1] },
      alpha: [20_000],
    };
    const { R, stats } = integrate(problem);
    expect(R[0][0][0]).toBe(-R[0][0][1]);
    expect(stats.symmetricFrom).not.toBeNull();
  });
});
