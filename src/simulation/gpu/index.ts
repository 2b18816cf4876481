export { type AdapterFacts, type Gpu, type GpuOptions, openGpu } from './device.ts';
export { onGpu } from './executor.ts';
export { gpuRate } from './rate.ts';
export { gpuMissing, gpuStudents, lanesOf } from './students.ts';
