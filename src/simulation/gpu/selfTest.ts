import { AlignodeError } from '../../error.ts';
import { layoutOf, resolveProblem } from '../../problem/index.ts';
import { backends } from '../backends.ts';
import type { StudentKind } from '../types.ts';
import { type Gpu, type GpuOptions, openGpu } from './device.ts';
import { gpuStudents } from './students.ts';

const N = 50;
const STEPS = 500;
const SEED = 2 ** 40 + 5;
const TOLERANCE = 1e-5;

/** How far a device is from the reference, both kinds of students together, and whether that is only rounding. */
export async function selfTest(gpu: Gpu): Promise<{ ok: boolean; worst: number; tolerance: number }> {
  let worst = 0;
  for (const student of ['trained', 'projected'] as const) {
    const difference = await differenceOf(gpu, student);
    // Not Math.max, which would also do, but says less plainly that what is not a number is wrong.
    worst = difference <= worst ? worst : difference;
  }
  return { ok: worst <= TOLERANCE, worst, tolerance: TOLERANCE };
}

/** Adapters that have passed in this process. */
const passed = new Set<string>();

/** A device that has passed the self-test: drivers do compute wrongly now and then, and nothing else would show it. */
export async function openTested(options: GpuOptions): Promise<Gpu> {
  const gpu = await openGpu(options);
  const { name, driver } = gpu.adapter;
  try {
    if (passed.has(`${name} ${driver}`)) return gpu;
    const { ok, worst } = await selfTest(gpu);
    if (!ok)
      throw new AlignodeError(
        'not-available',
        `${name} computes wrongly: in its self-test overlaps were off by ${worst.toExponential(1)}; try a newer driver than ${driver}`,
      );
    passed.add(`${name} ${driver}`);
    return gpu;
  } catch (error) {
    await gpu.close();
    throw error;
  }
}

async function differenceOf(gpu: Gpu, student: StudentKind): Promise<number> {
  const problem = resolveProblem({
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.5,
    noise: 0.1,
    weightDecay: [0.01, 0.02],
    teacher: { draw: { M: 2, N, seed: 1, secondLayer: 'normal' } },
    student: { draw: { K: 3, N, sigma: 0.5, seed: 2 } },
    feedback: { draw: 'normal', seed: 3 },
    alpha: [STEPS / N],
  });
  const { size } = layoutOf(problem);
  const [here, there] = [new Float64Array(size), new Float64Array(size)];
  const reference = backends.reference[student].start([problem], N, [SEED]);
  reference.advance(STEPS);
  reference.read(0, here);

  const batch = await gpuStudents[student].start(gpu, [problem, problem], N, [SEED + 1, SEED]);
  try {
    await batch.advance(STEPS, 0);
    (await batch.measure()()).read(1, there);
  } finally {
    batch.close();
  }
  return here.reduce((most, x, i) => (Math.abs(x - there[i]) <= most ? most : Math.abs(x - there[i])), 0);
}
