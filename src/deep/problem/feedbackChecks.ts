import {
  between,
  type Check,
  either,
  flag,
  isFiniteNumber,
  oneOf,
  optional,
  record,
} from '../../support/check.ts';
import { show } from '../../support/error.ts';
import { howMany } from '../../support/howMany.ts';
import { type Any, type Failure, shapeOf } from '../../support/relations.ts';
import { feedbackShapes } from './feedbackShapes.ts';
import { byKey, matrices, positive, seed } from './kinds.ts';
import { hasWidths } from './networkChecks.ts';
import { deepRules } from './rules.ts';
import { shapesOf } from './shapes.ts';

/* The feedback of a deep problem: what each key may hold, what a rule takes, and which sizes its matrices have. */

export const feedback: Check = byKey(
  {
    draw: record({
      draw: oneOf(['normal', 'uniform', 'sign', 'orthogonal', 'ideal']),
      scale: optional(
        either(isFiniteNumber, positive, oneOf(['width', 'outputs', 'launay-2019'], ', or a number')),
      ),
      shared: optional(flag),
      seed: optional(seed),
    }),
    matrices: record({ matrices }),
    magnitudes: record({
      magnitudes: oneOf(['uniform', 'batch-random', 'fixed-random']),
      seed: optional(seed),
    }),
    cosine: record({ cosine: between(-1, 1), seed: optional(seed) }),
  },
  'use { "draw": "normal", "seed": 1 } or { "matrices": [F_1, …] }',
);

/** The keys by which kinds of feedback differ. */
const KINDS = ['draw', 'matrices', 'magnitudes', 'cosine'] as const;
const kindOf = (feedback: Any): string => KINDS.find((one) => feedback[one] !== undefined) as string;

const MATRICES: readonly string[] = ['draw', 'matrices'];
/** The kinds that a rule takes, and what a user may write. */
const TAKEN: Readonly<Record<string, { kinds: readonly string[]; want: string }>> = {
  none: {
    kinds: MATRICES,
    want: 'leave it out, or use { "draw": "normal", "seed": 1 }, against which alignments are then measured',
  },
  layers: { kinds: MATRICES, want: 'use { "draw": "normal", "seed": 1 } or { "matrices": [B_1, …] }' },
  outputs: { kinds: MATRICES, want: 'use { "draw": "normal", "seed": 1 } or { "matrices": [F_1, …] }' },
  first: { kinds: MATRICES, want: 'use { "draw": "normal", "seed": 1 } or { "matrices": [F_1] }' },
  signs: { kinds: ['magnitudes'], want: 'leave it out, or use { "magnitudes": "uniform" }' },
  angle: { kinds: ['cosine'], want: 'use { "cosine": 0.5, "seed": 1 }' },
};
/** Without them there is still all that the rule needs. */
const MAY_LACK: readonly string[] = ['none', 'signs'];

export function feedbackKind({ rule, feedback }: Any): Failure {
  const kind = deepRules[rule].feedback;
  const { kinds, want } = TAKEN[kind];
  if (feedback === undefined)
    return MAY_LACK.includes(kind)
      ? undefined
      : { path: 'feedback', found: undefined, want: `rule "${rule}" needs it: ${want}` };
  const given = kindOf(feedback);
  return kinds.includes(given)
    ? undefined
    : {
        path: `feedback.${given}`,
        found: feedback[given],
        want: `rule "${rule}" does not take "${given}"; ${want}`,
      };
}

/** What is drawn at random has a seed, and what is not has none. */
export function feedbackSeed({ feedback }: Any): Failure {
  const { draw, magnitudes, seed } = feedback;
  if (draw === 'ideal') {
    const extra = ['scale', 'shared', 'seed'].find((key) => feedback[key] !== undefined);
    return extra === undefined
      ? undefined
      : {
          path: `feedback.${extra}`,
          found: feedback[extra],
          want: 'leave it out: nothing is drawn, F_lᵀF_l = 1',
        };
  }
  const given = kindOf(feedback);
  return given === 'matrices' || magnitudes === 'uniform' || seed !== undefined
    ? undefined
    : {
        path: 'feedback.seed',
        found: undefined,
        want: `"${given}": ${show(feedback[given])} draws at random: give a seed, such as 1`,
      };
}

const IDEAL = ['dfa', 'fa', 'drtp'];

export function feedbackDraw({ rule, feedback: { draw, shared, scale } }: Any): Failure {
  if (draw === 'ideal' && !IDEAL.includes(rule))
    return {
      path: 'feedback.draw',
      found: draw,
      want: `it is a limit that theory takes for ${IDEAL.join(', ')}; use "orthogonal"`,
    };
  if (shared && deepRules[rule].feedback === 'layers')
    return {
      path: 'feedback.shared',
      found: shared,
      want: `the matrices of "${rule}" differ in both sizes; leave it out`,
    };
  if (draw !== 'orthogonal') return undefined;
  if (shared)
    return {
      path: 'feedback.shared',
      found: shared,
      want: 'rows of an orthogonal matrix are not orthogonal; leave it out',
    };
  return typeof scale === 'string'
    ? { path: 'feedback.scale', found: scale, want: 'use a number, the length of the columns' }
    : undefined;
}

export function feedbackSizes(p: Any): Failure {
  const { rule, feedback } = p;
  const { draw, matrices } = feedback;
  if (!hasWidths(p) && matrices !== undefined)
    return { path: 'feedback.matrices', found: matrices, want: 'given matrices need "widths"' };
  const shapes = feedbackShapes(rule, shapesOf(p));
  if (matrices !== undefined && matrices.length !== shapes.length)
    return {
      path: 'feedback.matrices',
      found: howMany(matrices.length, 'matrix'),
      want: wantedCount(rule, shapes.length),
    };
  const to = deepRules[rule].feedback === 'layers' ? (l: number) => `n_${l + 1}` : () => 'n_L';
  for (let l = 1; l <= shapes.length; l++) {
    const { rows, columns } = shapes[l - 1];
    const path = `feedback.matrices[${l - 1}]`;
    const failure = matrices && shapeOf(path, matrices[l - 1], rows, columns, `n_${l} × ${to(l)}`);
    if (failure) return failure;
    if (draw === 'orthogonal' && rows < columns)
      return {
        path: 'feedback.draw',
        found: draw,
        want: `${columns} columns of ${howMany(rows, 'number')} cannot be orthogonal (layer ${l}); use "normal"`,
      };
  }
  return undefined;
}

function wantedCount(rule: string, wanted: number): string {
  if (wanted === 0) return 'there is no hidden layer to have one; use { "draw": "normal", "seed": 1 }';
  return deepRules[rule].feedback === 'first'
    ? 'use 1, that of the first hidden layer'
    : `use ${wanted}, one for each hidden layer`;
}
