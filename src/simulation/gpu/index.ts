export type { AdapterFacts, Gpu } from './device.ts';
export { onGpu } from './executor.ts';
export { gpuRate } from './rate.ts';
export { openTested } from './selfTest.ts';
export { gpuMissing, gpuStudents, lanesOf } from './students.ts';
export { type AdapterReport, surveyGpus } from './survey.ts';
