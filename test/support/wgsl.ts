import type { Gpu } from '../../src/shallow/students/gpu/device.ts';

/** How many numbers of 32 bits make one of each type. */
const WORDS = { u32: 1, f32: 1, vec2f: 2, vec4f: 4, vec4u: 4, 'array<vec4u, 2>': 8 } as const;

// The numbers of WebGPU's GPUBufferUsage and GPUMapMode, which Node does not have as globals.
const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const STORAGE = 0x80;
const READ = 0x1;

type WgslType = keyof typeof WORDS;

/**
 * The WGSL `expression` in `x`, of one type, for every x of `inputs`, of another: the bits of the results, one after the
 * other. `source` defines the functions that it uses.
 */
export async function evaluate(
  { device }: Gpu,
  source: string,
  result: WgslType,
  argument: WgslType,
  expression: string,
  inputs: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
): Promise<ArrayBuffer> {
  const count = inputs.length / WORDS[argument];
  const size = 4 * count * WORDS[result];
  const module = device.createShaderModule({
    code: `${source}
@group(0) @binding(0) var<storage, read> inputs: array<${argument}>;
@group(0) @binding(1) var<storage, read_write> results: array<${result}>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&inputs)) { return; }
  let x = inputs[id.x];
  results[id.x] = ${expression};
}`,
  });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const given = device.createBuffer({
    size: inputs.byteLength,
    usage: STORAGE | COPY_DST,
  });
  const found = device.createBuffer({ size, usage: STORAGE | COPY_SRC });
  const readable = device.createBuffer({ size, usage: COPY_DST | MAP_READ });
  device.queue.writeBuffer(given, 0, inputs);

  const commands = device.createCommandEncoder();
  const pass = commands.beginComputePass();
  pass.setPipeline(pipeline);
  const entries = [given, found].map((buffer, binding) => ({ binding, resource: { buffer } }));
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(Math.ceil(count / 64));
  pass.end();
  commands.copyBufferToBuffer(found, 0, readable, 0, size);
  device.queue.submit([commands.finish()]);

  await readable.mapAsync(READ);
  const results = readable.getMappedRange().slice(0);
  for (const buffer of [given, found, readable]) buffer.destroy();
  return results;
}
