import { aCountList, aTimeList, countsOf, timesFault } from '../../numbers/times.ts';
import { either, flag, listOf, optional, record, value, whole } from '../../support/check.ts';
import { howMany } from '../../support/howMany.ts';
import type { Any, Relation } from '../../support/relations.ts';
import { arraysFit, data, imagesFit, targetsFit, teacherFits } from './dataChecks.ts';
import { feedback, feedbackDraw, feedbackKind, feedbackSeed, feedbackSizes } from './feedbackChecks.ts';
import {
  belowOne,
  byKey,
  distinct,
  MAX_EXAMPLES,
  MAX_LAYERS,
  MAX_WIDTH,
  nameOf,
  rate,
  seed,
} from './kinds.ts';
import { losses } from './losses.ts';
import {
  dataSizes,
  hasWidths,
  initSizes,
  layerSizes,
  layersOf,
  network,
  widthsOrLayers,
} from './networkChecks.ts';
import { deepRules } from './rules.ts';
import { bottleneckFits, rulesFitLayers, scheduleFits } from './scheduleChecks.ts';
import { examplesOf, isImages } from './sets.ts';

/*
 * What a deep problem must satisfy, as two tables like those of two layers: PROBLEM says which keys there are and what
 * each may hold by itself, RELATIONS what must hold between them.
 */

const ELSEWHERE = {
  backprop: 'bp',
  backpropagation: 'bp',
  'feedback-alignment': 'fa',
  'direct-feedback-alignment': 'dfa',
  shallow: 'last-layer',
};
const ruleName = nameOf(Object.keys(deepRules), ELSEWHERE);
const scheduleEntry = record(
  {
    from: rate,
    rule: optional(ruleName),
    frozen: optional(listOf(whole(1, MAX_LAYERS), 0, MAX_LAYERS, 'number of a layer')),
  },
  { want: 'use { "from": 50, "rule": "bp" } or { "from": 50, "frozen": [1] }' },
);

export const PROBLEM = record(
  {
    network,
    rule: ruleName,
    feedback: optional(feedback),
    loss: nameOf(Object.keys(losses), {
      mse: 'squared',
      l2: 'squared',
      ce: 'cross-entropy',
      nll: 'cross-entropy',
      bce: 'binary-cross-entropy',
    }),
    data,
    learningRate: optional(
      either(
        Array.isArray,
        listOf(rate, 1, MAX_LAYERS, 'rate'),
        value(
          (it) => rate(it) === undefined,
          'use a finite number, zero or more, or a list of one for each layer',
        ),
      ),
    ),
    batch: optional(
      either(
        (it) => it === 'all',
        () => undefined,
        value((it) => whole(1, MAX_EXAMPLES)(it) === undefined, 'use a whole number from 1 to 1e7, or "all"'),
      ),
    ),
    epochs: optional(aCountList),
    steps: optional(aCountList),
    time: optional(aTimeList),
    optimizer: optional(
      either(
        (it) => it === 'sgd',
        () => undefined,
        byKey(
          {
            momentum: record({ momentum: belowOne, nesterov: optional(flag) }),
            rmsprop: record({
              rmsprop: record(
                { decay: optional(belowOne), epsilon: optional(distinct) },
                { want: 'use { "decay": 0.99, "epsilon": 1e-8 }, or {} for these' },
              ),
            }),
          },
          'use "sgd", { "momentum": 0.9 } or { "rmsprop": {} }',
        ),
      ),
    ),
    dropout: optional(
      record(
        { inputs: optional(belowOne), hidden: optional(belowOne) },
        { want: 'use { "inputs": 0.1, "hidden": 0.5 }, or one of the two' },
      ),
    ),
    batchNorm: optional(flag),
    weightDecay: optional(rate),
    schedule: optional(listOf(scheduleEntry, 1, 1000, 'change')),
    bottleneck: optional(record({ layer: whole(1, MAX_LAYERS), units: whole(0, MAX_WIDTH), seed })),
    adversarial: optional(record({ epsilon: rate })),
  },
  { want: 'use an object with the keys "network", "rule", "loss", "data" and others' },
);

const hasFeedback = (p: Any): boolean => p.feedback !== undefined;

export const RELATIONS: readonly Relation[] = [
  { fails: widthsOrLayers },
  { when: (p) => p.data.train?.x !== undefined, fails: arraysFit },
  { when: (p) => p.data.set === 'linear-teacher', fails: teacherFits },
  { when: (p) => isImages(p.data), fails: imagesFit },
  { when: hasWidths, fails: dataSizes },
  { when: (p) => !hasWidths(p), fails: layerSizes },
  { fails: targetsFit },
  { fails: feedbackKind },
  { when: hasFeedback, fails: feedbackDraw },
  { when: hasFeedback, fails: feedbackSeed },
  { when: hasFeedback, fails: feedbackSizes },
  { when: (p) => p.network.init?.weights !== undefined, fails: initSizes },
  { fails: rulesFitLayers },
  { when: (p) => p.schedule !== undefined, fails: scheduleFits },
  { when: (p) => p.bottleneck !== undefined, fails: bottleneckFits },
  {
    when: (p) => Array.isArray(p.learningRate),
    fails: (p) =>
      p.learningRate.length === layersOf(p)
        ? undefined
        : {
            path: 'learningRate',
            found: howMany(p.learningRate.length, 'number'),
            want: `use ${layersOf(p)}, one for each layer, or a single number`,
          },
  },
  {
    when: (p) => typeof p.batch === 'number',
    fails: ({ batch, data }) => {
      const most = examplesOf(data);
      return most !== undefined && batch > most
        ? { path: 'batch', found: batch, want: `use at most ${most}, the number of examples, or "all"` }
        : undefined;
    },
  },
  {
    fails: ({ epochs, steps, time }) =>
      epochs !== undefined && steps !== undefined
        ? { path: 'steps', found: steps, want: 'give "epochs" or "steps", not both' }
        : (epochs ?? steps ?? time) === undefined
          ? {
              path: 'time',
              found: undefined,
              want: 'give "time": [0, 1, 10] for theory, "epochs": [0, 1, 10] or "steps" for training',
            }
          : undefined,
  },
  {
    fails: (p) => {
      for (const key of ['time', 'epochs', 'steps'])
        if (p[key] !== undefined) {
          const failure = timesFault(key, key === 'time' ? p.time : countsOf(p[key]));
          if (failure) return failure;
        }
      return undefined;
    },
  },
  {
    when: (p) => (p.epochs ?? p.steps) !== undefined,
    fails: ({ learningRate }) =>
      learningRate === undefined
        ? {
            path: 'learningRate',
            found: undefined,
            want: 'training needs it: use a number such as 0.01, or a list of one for each layer',
          }
        : undefined,
  },
];
