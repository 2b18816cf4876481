import type { Backend } from './backend.ts';
import { projectedCpu } from './projected/cpu.ts';
import { projectedReference } from './projected/reference.ts';
import { trainedCpu } from './trained/cpu.ts';
import { trainedReference } from './trained/reference.ts';
import type { StudentKind } from './types.ts';

/** Every backend by name, the fastest first: "auto" takes the first that runs here. */
export const backends: Readonly<Record<string, Readonly<Record<StudentKind, Backend>>>> = {
  cpu: { trained: trainedCpu, projected: projectedCpu },
  reference: { trained: trainedReference, projected: projectedReference },
};
