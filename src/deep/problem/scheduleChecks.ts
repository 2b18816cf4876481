import type { Any, Failure } from '../../support/relations.ts';
import { feedbackDraw, feedbackKind, feedbackSizes } from './feedbackChecks.ts';
import { layersOf } from './networkChecks.ts';
import { deepRules } from './rules.ts';
import { shapesOf } from './shapes.ts';

/* What changes while a network is trained: what must hold between a schedule, a bottleneck and the layers. */

/** Every rule of a problem, in the order of time, and where it stands. */
const rulesOf = ({ rule, schedule = [] }: Any): { rule: string; path: string }[] => [
  { rule, path: 'rule' },
  ...schedule.flatMap((entry: Any, i: number) =>
    entry.rule === undefined ? [] : [{ rule: entry.rule, path: `schedule[${i}].rule` }],
  ),
];

/** Errors that go upwards need layers that show as many units as they have. */
export function rulesFitLayers(p: Any): Failure {
  const found = rulesOf(p).find(({ rule }) => deepRules[rule].feedback === 'first');
  const layer = shapesOf(p).findIndex(({ window }) => window !== undefined);
  return found === undefined || layer < 0
    ? undefined
    : {
        path: found.path,
        found: found.rule,
        want: `its errors go upwards through dense layers, and layer ${layer + 1} is a convolution; use "dfa" or "fa"`,
      };
}

export function scheduleFits(p: Any): Failure {
  if ((p.epochs ?? p.steps) === undefined)
    return {
      path: 'schedule',
      found: p.schedule,
      want: 'it is for training: give "epochs" or "steps", in which its times are',
    };
  const L = layersOf(p);
  for (let i = 0; i < p.schedule.length; i++) {
    const { from, rule, frozen = [] } = p.schedule[i];
    const path = `schedule[${i}]`;
    const before = p.schedule[i - 1]?.from;
    if (before !== undefined && !(from > before))
      return {
        path: `${path}.from`,
        found: from,
        want: `use a time after that of the entry before, ${before}`,
      };
    const layer = frozen.find((l: number) => l > L);
    if (layer !== undefined)
      return { path: `${path}.frozen`, found: layer, want: `the layers are 1 to ${L}` };
    if (rule === undefined) continue;
    const own = { ...p, rule };
    const failure = feedbackKind(own) ?? (p.feedback && (feedbackDraw(own) ?? feedbackSizes(own)));
    if (failure)
      return {
        path: `${path}.rule`,
        found: rule,
        want: `"feedback" must fit every rule of the schedule: ${failure.want}`,
      };
  }
  return undefined;
}

export function bottleneckFits({ bottleneck: { layer, units }, ...p }: Any): Failure {
  const L = layersOf(p);
  if (layer >= L)
    return {
      path: 'bottleneck.layer',
      found: layer,
      want:
        L === 1 ? 'there is no hidden layer; leave "bottleneck" out' : `use a hidden layer, 1 to ${L - 1}`,
    };
  const { rows } = shapesOf(p as Any)[layer - 1];
  return units > rows
    ? { path: 'bottleneck.units', found: units, want: `layer ${layer} has ${rows}` }
    : undefined;
}
