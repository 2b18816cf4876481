import type { Gpu } from './device.ts';

/** The entry points of a kernel, compiled when they are first asked for. */
export interface Pipelines {
  layout: GPUBindGroupLayout;
  get(entry: string): Promise<GPUComputePipeline>;
}

/** Compiling takes as long as training some thousand steps, so that what one batch compiled serves the next. */
const compiled = new WeakMap<Gpu, Map<string, Pipelines>>();

/** The kernel of a source, which has settings at binding 0 and so many buffers after them. */
export function pipelinesOf(gpu: Gpu, source: string, buffers: number): Pipelines {
  const known = compiled.get(gpu) ?? new Map<string, Pipelines>();
  compiled.set(gpu, known);
  const pipelines = known.get(source) ?? load(gpu, source, buffers);
  known.set(source, pipelines);
  return pipelines;
}

function load({ device, checked }: Gpu, code: string, buffers: number): Pipelines {
  const types: GPUBufferBindingType[] = ['uniform', ...Array<GPUBufferBindingType>(buffers).fill('storage')];
  const layout = device.createBindGroupLayout({
    entries: types.map((type, binding) => ({ binding, visibility: COMPUTE, buffer: { type } })),
  });
  const whole = device.createPipelineLayout({ bindGroupLayouts: [layout] });
  const entries = new Map<string, GPUComputePipeline>();
  let module: GPUShaderModule | undefined;
  return {
    layout,
    get: async (entryPoint) => {
      const known = entries.get(entryPoint);
      if (known !== undefined) return known;
      const made = await checked(() => {
        module ??= device.createShaderModule({ code });
        return device.createComputePipelineAsync({ layout: whole, compute: { module, entryPoint } });
      });
      entries.set(entryPoint, made);
      return made;
    },
  };
}

/** WebGPU's GPUShaderStage.COMPUTE, which Node does not have as a global. */
const COMPUTE = 0x4;
