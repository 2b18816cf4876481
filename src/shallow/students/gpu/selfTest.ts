import { AlignodeError } from '../../../support/error.ts';
import { layoutOf, resolveProblem } from '../../problem/index.ts';
import { backends } from '../backends.ts';
import type { StudentKind } from '../types.ts';
import { type Gpu, type GpuOptions, openGpu } from './device.ts';
import { gpuStudents } from './students.ts';

interface Case {
  student: StudentKind;
  N: number;
  learningRate: number;
  steps: number;
  /** How far Q, R and v may be off. */
  tolerance: number;
}

/**
 * Students that learn; one of several subgroups; and some that learn so slowly that their steps are lost if a compiler
 * throws the low parts of their weights away, which is an error of more than 1e-8 and 1e-7.
 */
const CASES: readonly Case[] = [
  { student: 'trained', N: 50, learningRate: 0.5, steps: 500, tolerance: 1e-5 },
  { student: 'trained', N: 50, learningRate: 1e-5, steps: 500, tolerance: 1e-9 },
  { student: 'trained', N: 2001, learningRate: 0.5, steps: 20, tolerance: 1e-6 },
  { student: 'projected', N: 50, learningRate: 0.5, steps: 500, tolerance: 1e-5 },
  { student: 'projected', N: 50, learningRate: 1e-5, steps: 500, tolerance: 1e-9 },
];

const SEED = 2 ** 40 + 5;

/** How a device compares with the reference: the worst difference there was, in units of what was allowed. */
export interface SelfTest {
  ok: boolean;
  worst: number;
}

export async function selfTest(gpu: Gpu): Promise<SelfTest> {
  let worst = 0;
  for (const one of CASES) {
    const share = (await differenceOf(gpu, one)) / one.tolerance;
    // Written so that NaN counts as wrong, too.
    worst = share <= worst ? worst : share;
  }
  return { ok: worst <= 1, worst };
}

/** Adapters that have passed in this process. */
const passed = new Set<string>();

/** A device that has passed the self-test: drivers sometimes compute wrongly, and nothing else would show it. */
export async function openTested(options: GpuOptions): Promise<Gpu> {
  const gpu = await openGpu(options);
  const { name, driver } = gpu.adapter;
  try {
    if (passed.has(`${name} ${driver}`)) return gpu;
    const { ok, worst } = await selfTest(gpu);
    if (!ok)
      throw new AlignodeError(
        'not-available',
        `${name} computes wrongly: in its self-test overlaps were off by ${worst.toPrecision(2)} times what rounding may do; try another driver than ${driver}`,
      );
    passed.add(`${name} ${driver}`);
    return gpu;
  } catch (error) {
    await gpu.close();
    throw error;
  }
}

async function differenceOf(gpu: Gpu, { student, N, learningRate, steps }: Case): Promise<number> {
  const problem = resolveProblem({
    activation: 'erf',
    rule: 'dfa',
    learningRate,
    noise: 0.1,
    weightDecay: [learningRate / 50, learningRate / 25],
    teacher: { draw: { M: 2, N, seed: 1, secondLayer: 'normal' } },
    student: { draw: { K: 3, N, sigma: 0.5, seed: 2 } },
    feedback: { draw: 'normal', seed: 3 },
    alpha: [steps / N],
  });
  const { size } = layoutOf(problem);
  const [here, there] = [new Float64Array(size), new Float64Array(size)];
  const reference = backends.reference[student].start([problem], N, [SEED]);
  reference.advance(steps);
  reference.read(0, here);

  const batch = await gpuStudents[student].start(gpu, [problem, problem], N, [SEED + 1, SEED]);
  try {
    await batch.advance(steps, 0);
    (await batch.measure()()).read(1, there);
  } finally {
    batch.close();
  }
  return here.reduce((most, x, i) => (Math.abs(x - there[i]) <= most ? most : Math.abs(x - there[i])), 0);
}
