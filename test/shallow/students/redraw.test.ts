import { describe, expect, it } from 'vitest';
import { type Part, type Problem, resolveProblem, simulate } from '../../../src/index.ts';
import { smallProblem } from '../../support/problems.ts';
import { curvesOfRun, drawnProblem } from '../../support/simulations.ts';

const settings = { N: 30, runs: 3, threads: 1, student: 'projected', backend: 'reference' } as const;
const redrawn = (redraw: readonly Part[], problem: Problem = drawnProblem()) =>
  simulate(problem, { ...settings, redraw });

describe('redraw', () => {
  it('of the feedback changes the feedback alone', async () => {
    const { problem, perRun } = await redrawn(['feedback']);
    for (const run of perRun) {
      expect(Object.keys(run)).not.toContain('student');
      expect(Object.keys(run)).not.toContain('teacher');
      expect([run.Q[0], run.R[0], run.v[0]]).toEqual(startOf(perRun[0]));
      expect(run.feedback).not.toEqual(problem.feedback);
    }
    expect(new Set(perRun.map(({ feedback }) => String(feedback))).size).toBe(3);
  });

  it('of the student changes the student alone', async () => {
    const { perRun } = await redrawn(['student']);
    for (const run of perRun) {
      const { teacher, feedback } = resolveProblem(drawnProblem());
      expect(run.feedback ?? feedback).toEqual(feedback);
      expect(run.teacher ?? teacher).toEqual(teacher);
    }
    expect(new Set(perRun.map(({ student }) => String(student?.Q))).size).toBe(3);
    expect(new Set(perRun.map(({ student }) => String(student?.v))).size).toBe(3);
  });

  it('of the teacher changes its and the student’s overlap with it, not the student', async () => {
    const { problem, perRun } = await redrawn(['teacher']);
    for (const { student, feedback } of perRun) {
      // Another teacher turns the basis in which the student was drawn, and no length in it.
      expect(student?.Q).toEqual(problem.student.Q);
      expect(student?.v).toEqual(problem.student.v);
      expect(feedback).toEqual(problem.feedback);
    }
    expect(new Set(perRun.map(({ teacher }) => String(teacher?.T))).size).toBe(3);
    expect(new Set(perRun.map(({ teacher }) => String(teacher?.A))).size).toBe(3);
    expect(new Set(perRun.map(({ student }) => String(student?.R))).size).toBe(3);
  });

  it('records what was drawn to match a part drawn anew', async () => {
    const matched: Problem = { ...drawnProblem(), feedback: { draw: 'matched' } };
    const { problem, perRun } = await redrawn(['student'], matched);
    for (const run of perRun) {
      expect(run.feedback).toEqual(run.student?.v);
      const { student, feedback } = run;
      const again = await simulate(
        { ...problem, ...(student && { student }), ...(feedback && { feedback }) },
        { ...settings, runs: 1, seed: run.seed },
      );
      expect(curvesOfRun(again.perRun[0])).toEqual(curvesOfRun(run));
    }
  });

  it('records no part where none is drawn anew', async () => {
    const { perRun } = await redrawn([]);
    for (const run of perRun)
      for (const part of ['teacher', 'student', 'feedback']) expect(run).not.toHaveProperty(part);
  });

  it.each(['teacher', 'student', 'feedback'] as const)('of a %s that is given is refused', async (part) => {
    await expect(redrawn([part], smallProblem())).rejects.toThrow(
      `redraw: the problem gives its ${part}, it does not draw it; state ${part} as { "draw": .. }`,
    );
  });
});

const startOf = ({ Q, R, v }: { Q: unknown[]; R: unknown[]; v: unknown[] }) => [Q[0], R[0], v[0]];
