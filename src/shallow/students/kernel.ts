import { erfRows } from '../../numbers/erfRows.ts';
import { activations } from '../gaussian/index.ts';
import { layoutOf, type ResolvedProblem, ruleOf } from '../problem/index.ts';
import { type Kind, sendsNeither } from './backend.ts';
import { kernelBytes } from './kernelBytes.ts';

/** What kernel/ exports; addresses are bytes into its memory. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  reserve(bytes: number): number;
  setErfTable(address: number): void;
  setProblem(
    K: number,
    M: number,
    activation: number,
    ownSignal: boolean,
    trainSecondLayer: boolean,
    noise: number,
    rate1: number,
    rate2: number,
    decay1: number,
    decay2: number,
  ): void;

  trainedStart(N: number, seedLow: number, seedHigh: number): void;
  trainedWeights(row: number): number;
  trainedPlace(input: number): number;
  trainedV(): number;
  trainedA(): number;
  trainedF(): number;
  trainedAdvance(steps: number): void;
  trainedSquares(from: number, count: number): number;
  trainedX(): number;
  trainedInput(place: bigint, stream: number): void;
  trainedFields(): void;
  trainedLearn(error: number): void;

  projectedStart(N: number, low0: number, high0: number, low1: number, high1: number): void;
  projectedP(): number;
  projectedL(): number;
  projectedTeachers(): number;
  projectedV(): number;
  projectedA(): number;
  projectedF(): number;
  projectedAdvance(steps: number): void;
  projectedSquares(lane: number, from: number, count: number): number;
  projectedZ(): number;
  projectedInputs(from: bigint, count: number): void;
  projectedSteps(count: number): void;

  bitsAlone(count: number): void;
  normalsAlone(count: number): void;
  multiplyAlone(count: number): void;
}

/** The activations of kernel/activation.ts, and their numbers there. */
const NUMBERS: Readonly<Record<string, number>> = { erf: 0, linear: 1, relu: 2 };

let bytes: Uint8Array<ArrayBuffer> | undefined;
let compiled: WebAssembly.Module | undefined;
let erfTable: Float64Array | undefined;

const binary = (): Uint8Array<ArrayBuffer> => {
  bytes ??= Uint8Array.from(atob(kernelBytes), (character) => character.charCodeAt(0));
  return bytes;
};

/** Why the kernel does not run here, or not with this activation or rule; undefined if it does. */
export function kernelMissing({ activation, rule }: Kind): string | undefined {
  if (!Object.hasOwn(NUMBERS, activation)) return `it does not know the activation "${activation}"`;
  if (!ruleOf(rule).sends) return sendsNeither(rule);
  if (typeof WebAssembly === 'undefined') return 'there is no WebAssembly here';
  return WebAssembly.validate(binary()) ? undefined : 'this WebAssembly has no SIMD';
}

/** A fresh instance of the kernel with a problem in it; its memory is freed with it. */
export function startKernel(problem: ResolvedProblem, N: number): Kernel {
  compiled ??= new WebAssembly.Module(binary());
  const kernel = new WebAssembly.Instance(compiled, {}).exports as unknown as Kernel;
  const { K, M } = layoutOf(problem);
  kernel.setProblem(
    K,
    M,
    NUMBERS[problem.activation],
    ruleOf(problem.rule).sends === 'v',
    problem.trainSecondLayer,
    problem.noise,
    problem.learningRate / N,
    problem.secondLayerRate / N,
    problem.weightDecay[0] / N,
    problem.weightDecay[1] / N,
  );
  erfTable ??= erfRows(activations.erf);
  const rows = erfTable;
  const address = kernel.reserve(8 * rows.length);
  numbers(kernel, address, rows.length).set(rows);
  kernel.setErfTable(address);
  return kernel;
}

/** A part of the kernel's memory. To be asked for again after anything that may have made the memory grow. */
export const numbers = ({ memory }: Kernel, address: number, length: number): Float64Array =>
  new Float64Array(memory.buffer, address, length);

/** A seed as the two words of the generator's key. */
export const keyOf = (seed: number): [number, number] => [seed | 0, Math.floor(seed / 2 ** 32) | 0];
