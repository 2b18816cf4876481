export { gpuCost } from './cost.ts';
export type { Gpu } from './device.ts';
export { onGpu } from './executor.ts';
export { openTested } from './selfTest.ts';
export { gpuMissing, gpuStudents, lanesOf } from './students.ts';
export { type AdapterReport, type Survey, surveyGpus } from './survey.ts';
