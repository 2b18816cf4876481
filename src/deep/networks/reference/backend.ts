import { deepRules } from '../../problem/index.ts';
import { type Backend, feedbackSeed, type Network, type NetworkPlan, type Phase } from '../backend.ts';
import { dropoutMask } from '../dropout.ts';
import { signSizes } from '../signSizes.ts';
import { descend } from './descend.ts';
import { gradientFrom } from './gradient.ts';
import { joined } from './matrices.ts';
import type { Feedback, Rows } from './network.ts';
import { follow } from './normalisation.ts';
import { type Parameters, parametersOf, read, write } from './parameters.ts';
import { type Masks, type Pass, passOf } from './pass.ts';
import { inputRows, range, targetRows } from './rows.ts';
import { signals, signalsAtInputs } from './signals.ts';
import { drawTurn, turnGradient } from './turn.ts';

/** Networks in double precision, for which all others are right or wrong. Slow. */
export const referenceBackend: Backend = {
  missing: () => undefined,
  start(plan): Network {
    const it = parametersOf(plan);
    const { network, named } = it;
    const { window } = plan.shapes[0];
    return {
      step: (examples, chosen, number, phase) =>
        step(plan, it, inputRows(examples, chosen, window), targetRows(examples, chosen), number, phase),
      outputs(examples, from, count) {
        const { a } = passOf(network, inputRows(examples, range(from, count), window));
        return joined(a[a.length - 1]);
      },
      signals(examples, from, count, rule) {
        const chosen = range(from, count);
        const pass = passOf(network, inputRows(examples, chosen, window));
        const feedback = feedbackIn(plan, it, rule);
        const { delta } = signals(network, deepRules[rule], feedback, pass, targetRows(examples, chosen));
        return delta.slice(0, -1).map(joined);
      },
      read: () => read(named),
      write(state) {
        write(named, state);
      },
    };
  },
};

/** A step whose numbers are not finite changes nothing. */
function step(plan: NetworkPlan, it: Parameters, x: Rows, y: Rows, number: number, phase: Phase): number {
  const { network } = it;
  const rule = deepRules[phase.rule];
  const masks = masksOf(plan, x.length, number);
  let inputs = x;
  if (plan.epsilon > 0) {
    const pass = passOf(network, x, masks);
    const broken = firstNotFinite(pass);
    if (broken > 0) return broken;
    inputs = adversarial(plan, it, x, y, pass);
  }
  const pass = passOf(network, inputs, masks);
  const broken = firstNotFinite(pass);
  if (broken > 0) return broken;
  const feedback = feedbackIn(plan, it, phase.rule, number);
  const gradient = gradientFrom(network, pass, signals(network, rule, feedback, pass, y));
  if (rule.turns) turnGradient(gradient, drawTurn(network, cosineOf(plan), feedbackSeed(plan), number));
  const { rates, decay, learns } = plan;
  const { optimizer, moments } = it;
  descend(network, rule, feedback, gradient, {
    optimizer,
    rates,
    decay,
    moments,
    learns,
    frozen: phase.frozen,
  });
  network.norms?.forEach((norm, i) => {
    const made = pass.normalised[i];
    if (made) follow(norm, made);
  });
  return 0;
}

/** x + ε sgn ∂J/∂x (Goodfellow et al. 2015), by back-propagation whatever the rule; sgn 0 = 0. */
function adversarial({ epsilon }: NetworkPlan, { network }: Parameters, x: Rows, y: Rows, pass: Pass): Rows {
  const slopes = signalsAtInputs(network, pass, signals(network, deepRules.bp, [], pass, y));
  return x.map((row, k) => row.map((value, i) => value + epsilon * Math.sign(slopes[k][i])));
}

function masksOf({ dropout, shapes, inputs, seed }: NetworkPlan, count: number, number: number): Masks {
  const units = [inputs, ...shapes.slice(0, -1).map((shape) => shape.units)];
  return units.map((n, l) => {
    const p = l === 0 ? dropout.inputs : dropout.hidden;
    if (p === 0) return undefined;
    const mask = new Float64Array(count * n);
    dropoutMask(mask, p, seed, number, l);
    return Array.from({ length: count }, (_, k) => mask.subarray(k * n, (k + 1) * n));
  });
}

/** The matrices of a rule in a step, or, without a number, those by which it is looked at. */
const feedbackIn = (plan: NetworkPlan, { feedback }: Parameters, rule: string, number?: number): Feedback =>
  deepRules[rule].feedback === 'signs' ? signSizes(plan, number) : (feedback[rule] ?? []);

function cosineOf({ spec }: NetworkPlan): number {
  if (spec === undefined || !('cosine' in spec))
    throw new RangeError('a rule that turns gradients needs "cosine"');
  return spec.cosine;
}

function firstNotFinite({ a }: Pass): number {
  return a.findIndex((rows) => rows.some((row) => !row.every(Number.isFinite))) + 1;
}
