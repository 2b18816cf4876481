import type { Backend } from './backend.ts';
import { projectedReference } from './projected/reference.ts';
import { trainedReference } from './trained/reference.ts';
import type { StudentKind } from './types.ts';

/** Every backend by name, the fastest first: "auto" takes the first that runs here. */
export const backends: Readonly<Record<string, Readonly<Record<StudentKind, Backend>>>> = {
  reference: { trained: trainedReference, projected: projectedReference },
};
