import { type Problem, ruleName } from '../../shallow/problem/index.ts';
import type { StudentKind } from '../../shallow/students/index.ts';
import type { Workshop } from '../workshop.ts';

export interface OneStudent {
  alpha: number[];
  eg: number[];
  Q: number[][][];
  R: number[][][];
  v: number[][];
}

/** One student on a problem, from exactly the start of the problem; figures that show the same one share it. */
export function oneStudent(
  workshop: Workshop,
  problem: Problem,
  { N, seed, student = 'trained' }: { N: number; seed: number; student?: StudentKind },
): Promise<OneStudent> {
  const name = `one ${student} ${problem.activation} student by ${ruleName(problem.rule).toUpperCase()}`;
  return workshop.piece(name, { problem, N, seed, student }, async ({ simulate }) => {
    const { alpha, perRun } = await simulate(problem, { N, seed, student, runs: 1 });
    const { eg, Q, R, v } = perRun[0];
    return { alpha, eg, Q, R, v };
  });
}
