import {
  aFunction,
  anAbortSignal,
  type Field,
  isObject,
  listOfNames,
  oneOf,
  optional,
  text,
  value,
  whole,
} from '../../support/check.ts';
import { backends } from './backends.ts';
import type { DeepPart, DeepSimulateOptions } from './types.ts';

export const DEEP_PARTS: readonly DeepPart[] = ['feedback', 'data'];

/** What each option of `simulate` may hold for networks. */
export const DEEP_SIMULATE_OPTIONS: { readonly [key in keyof DeepSimulateOptions]-?: Field } = {
  runs: optional(whole(1, 1e5)),
  seed: optional(whole(0, Number.MAX_SAFE_INTEGER)),
  backend: optional(oneOf(['auto', ...Object.keys(backends)])),
  threads: optional(whole(1, 1024)),
  redraw: optional(listOfNames(DEEP_PARTS)),
  examples: optional(whole(1, 1e7)),
  cosine: optional(oneOf(['end', 'all', 'none'])),
  data: optional(text),
  onStart: optional(aFunction),
  onProgress: optional(aFunction),
  onMeasured: optional(aFunction),
  onNetwork: optional(aFunction),
  journal: optional(value(isObject, 'use an object')),
  signal: optional(anAbortSignal),
};
