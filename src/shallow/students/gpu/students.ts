import { ruleOf } from '../../problem/index.ts';
import { type Kind, sendsNeither } from '../backend.ts';
import type { StudentKind } from '../types.ts';
import type { GpuKind } from './batch.ts';
import type { Gpu } from './device.ts';
import { projectedGpu } from './projected.ts';
import { trainedGpu } from './trained.ts';
import { activationWgsl } from './wgsl/activations.ts';

export const gpuStudents: Readonly<Record<StudentKind, GpuKind>> = {
  trained: trainedGpu,
  projected: projectedGpu,
};

/** More bytes are not asked for, whatever an adapter allows: the students' start is made on the CPU, and held there. */
const MOST_BYTES = 2 ** 30;

/** How many students a batch holds at most. */
export function lanesOf({ enough, memory }: GpuKind, gpu: Gpu, K: number, M: number, N: number): number {
  const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
  const room = Math.min(MOST_BYTES, maxStorageBufferBindingSize, maxBufferSize);
  const most = gpu.adapter.software ? enough.software : enough.hardware;
  return Math.max(1, Math.min(most, Math.floor(room / memory(K, M, N))));
}

/** What kernels are written for: more units or inputs would not fit into the memory that every adapter has. */
const MOST_UNITS = 16;
const MOST_INPUTS = 16384;

/** Why students of a problem cannot be trained on a device, whichever it is; undefined if they can. */
export function gpuMissing(
  student: StudentKind,
  { activation, rule }: Kind,
  K: number,
  M: number,
  N: number,
): string | undefined {
  if (!Object.hasOwn(activationWgsl, activation)) return `it does not know the activation "${activation}"`;
  if (!ruleOf(rule).sends) return sendsNeither(rule);
  if (Math.max(K, M) > MOST_UNITS)
    return `it trains students of at most ${MOST_UNITS} units on teachers of at most ${MOST_UNITS}, and K = ${K}, M = ${M}`;
  if (student === 'trained' && N > MOST_INPUTS)
    return `it trains students of at most ${MOST_INPUTS} inputs, and N = ${N}; student "projected" may have any N`;
  return undefined;
}
