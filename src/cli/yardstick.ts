import { resolveProblem } from '../shallow/problem/index.ts';
import { backends } from '../shallow/students/index.ts';

const TRIES = 5;
const STEPS = 1000;
const N = 500;

/**
 * Seconds that a fixed amount of work on students takes here, the best of a few tries: a measure of the machine's
 * speed.
 */
export function yardstick(clock: () => number = () => performance.now()): number {
  const problem = resolveProblem({
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.1,
    teacher: { draw: { M: 2, N, seed: 1 } },
    student: { draw: { K: 2, N, sigma: 0.3, seed: 2 } },
    feedback: { draw: 'normal', seed: 3 },
    alpha: [1],
  });
  const name = backends.cpu.trained.missing(problem) === undefined ? 'cpu' : 'reference';
  const students = backends[name].trained.start([problem], N, [1]);
  const tries = Array.from({ length: TRIES }, () => {
    const begin = clock();
    students.advance(STEPS);
    return (clock() - begin) / 1000;
  });
  return Math.min(...tries);
}
