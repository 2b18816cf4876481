import {
  aFunction,
  anAbortSignal,
  type Field,
  flag,
  listOfNames,
  oneOf,
  optional,
  value,
  whole,
} from '../../support/check.ts';
import { backends } from './backends.ts';
import type { Match, Part, SimulateOptions, StudentKind } from './types.ts';

const STUDENTS: readonly StudentKind[] = ['trained', 'projected'];
const MATCHES: readonly Match[] = ['theory', 'none'];
/** What comes later in this list may be drawn to match what comes before. */
export const PARTS: readonly Part[] = ['teacher', 'student', 'feedback'];

/** What each option of `simulate` may hold. */
export const SIMULATE_OPTIONS: { readonly [key in keyof SimulateOptions]-?: Field } = {
  N: whole(1, 1e9, ', the input dimension'),
  runs: optional(whole(1, 1e7)),
  seed: optional(whole(0, Number.MAX_SAFE_INTEGER)),
  student: optional(oneOf(STUDENTS)),
  backend: optional(oneOf(['auto', 'gpu', ...Object.keys(backends)])),
  adapter: optional(
    value(
      (it) => typeof it === 'string' && it.trim() !== '',
      'use a part of the name of a GPU, as "nvidia"; alignode doctor lists them',
    ),
  ),
  allowSoftware: optional(flag),
  threads: optional(whole(1, 1024)),
  redraw: optional(listOfNames(PARTS)),
  match: optional(oneOf(MATCHES)),
  testSet: optional(whole(0, 1e9)),
  onStart: optional(aFunction),
  onProgress: optional(aFunction),
  onMeasured: optional(aFunction),
  signal: optional(anAbortSignal),
};
