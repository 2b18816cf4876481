import type { ResolvedProblem } from '../../problem/index.ts';
import type { Gpu } from './device.ts';
import { pipelinesOf } from './pipelines.ts';
import { WORDS } from './wgsl/settings.ts';

/** Students that are trained together on a device. */
export interface GpuBatch {
  /** Trains every student on its next `steps` examples, expected to take so many milliseconds. */
  advance(steps: number, expected: number): Promise<void>;
  /** Adds up ½(ŷ − y)² over `count` inputs of the test set, from input `first` on; the first begins anew. */
  test(first: number, count: number, expected: number): Promise<void>;
  /**
   * Measures every student in its present state. The function returned fetches the numbers, also while training goes
   * on.
   */
  measure(): () => Promise<Measured>;
  /** The weights of every student, first and second layer, as they are now; absent where they do not exist. */
  weights?(): Promise<{ W: Float64Array[]; v: Float64Array }[]>;
  close(): void;
}

/** What was measured of the students of a batch. */
export interface Measured {
  /** Writes the order parameters of student i to y (see `Layout`). */
  read(i: number, y: Float64Array): void;
  /** ½(ŷ − y)² of student i summed over the inputs tested so far. */
  squares(i: number): number;
}

/** Lets the event loop turn now and then; throws if the work is to be broken off. */
export type Pause = () => Promise<void> | undefined;

/** A kind of student on a device: adding one is one file and one line in the table of `students.ts`. */
export interface GpuKind {
  /**
   * The number of students that keep any GPU, or a software adapter, busy. A batch holds no more, so that finished
   * students come in early.
   */
  readonly enough: { hardware: number; software: number };
  /** Bytes for one student, in the largest of its buffers. */
  memory(K: number, M: number, N: number): number;
  /** Students before their first example. Making thousands takes seconds: `pause` is waited for after each. */
  start(
    gpu: Gpu,
    problems: readonly ResolvedProblem[],
    N: number,
    seeds: readonly number[],
    pause?: Pause,
  ): Promise<GpuBatch>;
}

/** A batch as a kernel sees it. */
export interface Kernel {
  source: string;
  workgroups: number;
  problem: ResolvedProblem;
  N: number;
  /** What divides η₁. */
  firstRateOver: number;
  students: number;
  /** The buffers of bindings 1, 2, …: what is in them at the start, or how many bytes there is room for. */
  buffers: readonly (ArrayBufferView<ArrayBuffer> | { bytes: number })[];
}

/** A kernel with its buffers on a device. */
export interface Loaded {
  advance: GpuBatch['advance'];
  test: GpuBatch['test'];
  /** Copies a buffer in its state after all submitted work and then `entry`; the function returned fetches the copy. */
  copy(binding: number, entry?: GPUComputePipeline): () => Promise<ArrayBuffer>;
  /** An entry point for `copy`. */
  entry(name: string): Promise<GPUComputePipeline>;
  close(): void;
}

export async function load(gpu: Gpu, kernel: Kernel): Promise<Loaded> {
  const { device, checked, perform } = gpu;
  const pipelines = pipelinesOf(gpu, kernel.source, kernel.buffers.length);
  const made = new Set<GPUBuffer>();
  const buffer = (size: number, usage: number): GPUBuffer => {
    const one = device.createBuffer({ size, usage });
    made.add(one);
    return one;
  };
  const close = (): void => {
    for (const one of made) one.destroy();
  };
  const settings = new ArrayBuffer(4 * WORDS.all);
  const words = new Uint32Array(settings);
  new Float32Array(settings).set(ratesOf(kernel), WORDS.rates);
  words[WORDS.students] = kernel.students;

  const allocate = () => {
    const uniform = buffer(settings.byteLength, COPY_DST | UNIFORM);
    const buffers = kernel.buffers.map((content) => {
      const filled = !('bytes' in content);
      const one = buffer(filled ? content.byteLength : content.bytes, STORAGE | COPY_DST | COPY_SRC);
      if (filled) device.queue.writeBuffer(one, 0, content);
      return one;
    });
    const group = device.createBindGroup({
      layout: pipelines.layout,
      entries: [uniform, ...buffers].map((one, binding) => ({ binding, resource: { buffer: one } })),
    });
    return { uniform, buffers, group };
  };
  const { uniform, buffers, group } = await checked(allocate).catch((error) => {
    close();
    throw error;
  });

  const encode = (encoder: GPUCommandEncoder, pipeline: GPUComputePipeline): void => {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(kernel.workgroups);
    pass.end();
  };
  /** Runs an entry point over the steps or inputs first … first + count − 1. */
  const run = async (entry: string, first: number, count: number, expected: number): Promise<void> => {
    const pipeline = await pipelines.get(entry);
    words[WORDS.firstLow] = first;
    words[WORDS.firstHigh] = Math.floor(first / 2 ** 32);
    words[WORDS.count] = count;
    // Queued before the dispatch that reads it, and after the one before.
    device.queue.writeBuffer(uniform, 0, settings);
    const encoder = device.createCommandEncoder();
    encode(encoder, pipeline);
    await perform(encoder.finish(), expected);
  };
  let step = 0;
  return {
    advance: async (steps, expected) => {
      await run('advance', step, steps, expected);
      step += steps;
    },
    test: (first, count, expected) => run('test', first, count, expected),
    copy: (binding, entry) => {
      const from = buffers[binding - 1];
      const to = buffer(from.size, COPY_DST | MAP_READ);
      const encoder = device.createCommandEncoder();
      if (entry !== undefined) encode(encoder, entry);
      encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
      device.queue.submit([encoder.finish()]);
      return async () => {
        try {
          await to.mapAsync(READ);
          return to.getMappedRange().slice(0);
        } finally {
          to.destroy();
          made.delete(to);
        }
      };
    },
    entry: pipelines.get,
    close,
  };
}

/** The rates of a problem as `Settings` has them. */
const ratesOf = ({ problem, N, firstRateOver }: Kernel): number[] => [
  problem.learningRate / firstRateOver,
  problem.secondLayerRate / N,
  problem.weightDecay[0] / N,
  problem.weightDecay[1] / N,
  problem.noise,
];

// The numbers of WebGPU's GPUBufferUsage and GPUMapMode, which Node does not have as globals.
const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const UNIFORM = 0x40;
const STORAGE = 0x80;
const READ = 0x1;

/** A number as the sum of two floats, to about 2^-48 of it. */
export function split(x: number): [high: number, low: number] {
  const high = Math.fround(x);
  return [high, Math.fround(x - high)];
}
