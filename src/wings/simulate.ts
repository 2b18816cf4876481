import { type DeepSimulateOptions, type DeepSimulation, simulateDeep } from '../deep/networks/index.ts';
import { type DeepProblem, isDeep } from '../deep/problem/index.ts';
import type { Problem } from '../shallow/problem/index.ts';
import {
  type SimulateOptions,
  type Simulation,
  simulate as simulateShallow,
} from '../shallow/students/index.ts';

/**
 * Trains students on a problem of two layers, or networks on the data of a deep one, and looks at them at the problem's
 * times. The numbers depend on the problem and the settings alone: not on threads, order or how the work is cut.
 */
export function simulate(problem: Problem, options: SimulateOptions): Promise<Simulation>;
export function simulate(problem: DeepProblem, options?: DeepSimulateOptions): Promise<DeepSimulation>;
export async function simulate(
  problem: Problem | DeepProblem,
  options: object = {},
): Promise<Simulation | DeepSimulation> {
  return isDeep(problem)
    ? simulateDeep(problem as DeepProblem, options)
    : simulateShallow(problem as Problem, options as SimulateOptions);
}
