import { describe, expect, it } from 'vitest';
import { agreementWith, compare, type Problem, simulate } from '../../../src/index.ts';

/* A relu unit of weights exactly zero: no student moves it, while theory takes the limit of small weights. */

const problem = (Q22: number): Problem => ({
  activation: 'relu',
  rule: 'dfa',
  learningRate: 0.1,
  teacher: {
    T: [
      [1, 0],
      [0, 1],
    ],
    A: [1, 1],
  },
  student: {
    Q: [
      [0.1, 0],
      [0, Q22],
    ],
    R: [
      [0, 0],
      [0, 0],
    ],
    v: [0.1, 0.1],
  },
  feedback: [1, 1],
  alpha: [1, 2],
});
const students = { N: 100, runs: 20, student: 'projected', threads: 1 } as const;
const options = { ...students, scalingRuns: 0 };

describe('a unit of weights zero that no student moves', () => {
  it('is refused before anything is trained, with the unit and what to do', async () => {
    let planned = false;
    const onPlan = () => {
      planned = true;
    };
    const refusal = { code: 'not-available', path: 'student.Q' };
    await expect(compare(problem(0), { ...options, onPlan })).rejects.toMatchObject(refusal);
    expect(planned).toBe(false);
    await expect(agreementWith(problem(0), { N: 100 })).rejects.toMatchObject(refusal);
    await expect(compare(problem(0), options)).rejects.toThrow(/found Q_2_2 = 0; .*small weights/);
  });

  it('is simulated, with a note', async () => {
    const { perRun, notes } = await simulate(problem(0), students);
    expect(perRun.every(({ Q }) => Q[1][1][1] === 0)).toBe(true);
    expect(notes).toEqual([expect.stringMatching(/^student unit 2 .* never moves/)]);
    expect((await simulate(problem(1e-6), students)).notes).toEqual([]);
  });

  it('is compared if it is small in place of zero, if it is no relu unit, or if theory does not move it either', async () => {
    expect((await compare(problem(1e-6), { ...options, runs: 50 })).verdict.agrees).toBe(true);
    expect((await compare({ ...problem(0), activation: 'erf' }, options)).simulation.notes).toEqual([]);
    const silent = problem(0);
    const still = { ...silent, rule: 'bp', student: { ...silent.student, v: [0.1, 0] } } as Problem;
    const { theory, simulation } = await compare(still, options);
    expect([theory.Q[1][1][1], simulation.mean.Q[1][1][1], simulation.notes]).toEqual([0, 0, []]);
  });
});
