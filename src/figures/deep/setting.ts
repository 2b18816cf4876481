import type { ActivationSpec, DeepProblem } from '../../deep/problem/index.ts';
import type { Size } from '../types.ts';

/** On what deep networks are trained. */
export interface Setting {
  /** In titles. */
  name: string;
  /** In the names of panels. */
  id: string;
  problem(changes: Changes): DeepProblem;
}

export interface Changes extends Pick<DeepProblem, 'epochs'> {
  activation: ActivationSpec;
  rule: string;
  /** Units of the hidden layers, and how many of these there are. */
  units?: number;
  hidden?: number;
  /** Of the matrices by which errors are sent back. */
  feedback?: number;
  corruption?: number;
  learningRate?: number;
}

const settingOf = (
  name: string,
  id: string,
  inputs: number,
  data: object,
  rateOf: Readonly<Record<string, number>>,
): Setting => ({
  name,
  id,
  problem: ({
    activation,
    rule,
    units = 100,
    hidden = 3,
    feedback = 3,
    corruption = 0,
    learningRate,
    epochs,
  }) =>
    ({
      network: { widths: [inputs, ...new Array<number>(hidden).fill(units), 10], activation },
      rule,
      ...(rule !== 'bp' && { feedback: { draw: 'uniform', seed: feedback } }),
      loss: 'cross-entropy',
      data: { ...data, corruption, seed: 1 },
      learningRate: learningRate ?? rateOf[activation as string],
      batch: 32,
      epochs,
    }) as DeepProblem,
});

/** Handwritten digits of 8 × 8 pixels, which come with the program. */
export const digits = settingOf(
  'digits',
  'digits',
  64,
  { set: 'digits', train: 1500, test: 297 },
  { tanh: 0.05, relu: 0.02 },
);

/** As the paper has them (its appendix E.2). */
const RATE = { tanh: 1e-4, relu: 1e-4 };
const mnist = settingOf('MNIST', 'mnist', 196, { set: 'mnist', pixels: 14 }, RATE);
const cifar10 = settingOf('CIFAR-10', 'cifar-10', 588, { set: 'cifar-10', pixels: 14 }, RATE);

export const settings: Readonly<Record<Size, readonly Setting[]>> = {
  quick: [digits],
  full: [mnist, cifar10],
};
