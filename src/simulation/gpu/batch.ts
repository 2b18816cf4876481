import type { ResolvedProblem } from '../../problem/index.ts';
import type { Gpu } from './device.ts';
import { SETTINGS_WORDS } from './wgsl/settings.ts';

/** Students that are trained together on a device. */
export interface GpuBatch {
  /** Trains every student on its next `steps` examples, expected to take so many milliseconds. */
  advance(steps: number, expected: number): Promise<void>;
  /** Adds up ½(ŷ − y)² over `count` inputs of the test set, from input `first` on; the first begins anew. */
  test(first: number, count: number, expected: number): Promise<void>;
  /** Measures every student as it is now; what is returned fetches the numbers, also while they are trained further. */
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
  /** How many students keep any card busy, and a software adapter: a batch holds no more, so that finished ones come in. */
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
  /** Rates as the first words of `Settings`. */
  rates: readonly number[];
  students: number;
  /** The buffers of bindings 1, 2, …, with their content; what is `results` is not written but read. */
  buffers: readonly (ArrayBufferView<ArrayBuffer> | { results: number })[];
  /** Whether measuring needs a kernel of its own, or is reading the buffer. */
  entries: readonly string[];
}

/** The kernel on the device: what it takes to run one of its entry points, and to read a buffer back. */
export async function load(gpu: Gpu, kernel: Kernel) {
  const { device, checked, perform } = gpu;
  const made: GPUBuffer[] = [];
  const buffer = (size: number, usage: number): GPUBuffer => {
    const one = device.createBuffer({ size, usage });
    made.push(one);
    return one;
  };
  const settings = new ArrayBuffer(4 * SETTINGS_WORDS);
  const words = new Uint32Array(settings);
  new Float32Array(settings).set(kernel.rates);
  words[9] = kernel.students;

  const close = (): void => {
    for (const one of made) one.destroy();
  };
  try {
    return await checked(async () => {
      const uniform = buffer(settings.byteLength, COPY_DST | UNIFORM);
      const buffers = kernel.buffers.map((content) => {
        const size = 'results' in content ? content.results : content.byteLength;
        const one = buffer(size, STORAGE | COPY_DST | COPY_SRC);
        if (!('results' in content)) device.queue.writeBuffer(one, 0, content);
        return one;
      });
      const module = device.createShaderModule({ code: kernel.source });
      const layout = device.createBindGroupLayout({
        entries: [
          { binding: 0, visibility: COMPUTE, buffer: { type: 'uniform' } },
          ...buffers.map((_, i) => ({
            binding: i + 1,
            visibility: COMPUTE,
            buffer: { type: 'storage' as const },
          })),
        ],
      });
      const group = device.createBindGroup({
        layout,
        entries: [uniform, ...buffers].map((one, binding) => ({ binding, resource: { buffer: one } })),
      });
      const pipelines = new Map<string, GPUComputePipeline>();
      const pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [layout] });
      for (const entryPoint of kernel.entries)
        pipelines.set(
          entryPoint,
          await device.createComputePipelineAsync({
            layout: pipelineLayout,
            compute: { module, entryPoint },
          }),
        );

      /** Commands for an entry point; its settings are in the queue before it. */
      const encode = (entry: string, encoder: GPUCommandEncoder): void => {
        const pass = encoder.beginComputePass();
        pass.setPipeline(pipelines.get(entry) as GPUComputePipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(kernel.workgroups);
        pass.end();
      };
      return {
        /** Runs an entry point over the steps or inputs first … first + count − 1. */
        run: (entry: string, first: number, count: number, expected: number): Promise<void> => {
          words[6] = first;
          words[7] = Math.floor(first / 2 ** 32);
          words[8] = count;
          device.queue.writeBuffer(uniform, 0, settings);
          const encoder = device.createCommandEncoder();
          encode(entry, encoder);
          return perform(encoder.finish(), expected);
        },
        /** Copies a buffer as it will be after all that was submitted, `entry` run first; what is returned fetches the copy. */
        copy: (binding: number, entry?: string): (() => Promise<ArrayBuffer>) => {
          const from = buffers[binding - 1];
          const to = device.createBuffer({ size: from.size, usage: COPY_DST | MAP_READ });
          const encoder = device.createCommandEncoder();
          if (entry !== undefined) encode(entry, encoder);
          encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
          device.queue.submit([encoder.finish()]);
          return async () => {
            try {
              await to.mapAsync(READ);
              return to.getMappedRange().slice(0);
            } finally {
              to.destroy();
            }
          };
        },
        close,
      };
    });
  } catch (error) {
    close();
    throw error;
  }
}

// The numbers of WebGPU's GPUBufferUsage, GPUMapMode and GPUShaderStage, which Node does not have as globals.
const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const UNIFORM = 0x40;
const STORAGE = 0x80;
const READ = 0x1;
const COMPUTE = 0x4;

/** A number as the sum of two floats, to about 2^-48 of it. */
export function split(x: number): [high: number, low: number] {
  const high = Math.fround(x);
  return [high, Math.fround(x - high)];
}
