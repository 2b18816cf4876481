import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NpyArray, writeNpz } from '../../../src/arrays/index.ts';
import { dataOf, trainingData } from '../../../src/deep/data/index.ts';
import { type DeepProblem, resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import { integrate } from '../../../src/index.ts';
import { deepProblem, smallDeepProblem } from '../../support/deepProblems.ts';
import { failureOf } from '../../support/failureOf.ts';

type Arrays = Record<string, Pick<NpyArray, 'shape' | 'data'>>;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alignode-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name = 'a.npz'): string => join(folder, name);
const x = { shape: [4, 2], data: Float64Array.of(0.1, 2, 3, 4, 5, 6, 7, 8) };
const y = { shape: [4, 3], data: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0.5, 0.5) };
const labels = { shape: [4], data: Int32Array.of(2, 0, 1, 1) };

/** A problem with these arrays as its data. */
function problemOf(arrays: Arrays, changes: Partial<DeepProblem> = {}) {
  writeFileSync(at(), writeNpz(arrays));
  const network = { widths: [2, 3], activation: 'tanh' };
  return resolveDeepProblem(deepProblem({ data: { file: at() }, network, loss: 'squared', ...changes }));
}

describe('an .npz file', () => {
  it('has x and y, row by row, in the precision that is asked for', () => {
    const problem = problemOf({ x, y });
    expect(dataOf(problem)).toEqual({ train: { count: 4, inputs: 2, outputs: 3, x: x.data, y: y.data } });
    expect(trainingData(problem).train.x[0]).toBe(Math.fround(0.1));
  });
  it('may have a test, and other arrays, which are not looked at', () => {
    const problem = problemOf({
      x,
      y,
      x_test: { shape: [1, 2], data: Float32Array.of(0.1, 7) },
      y_test: { shape: [1, 3], data: Uint8Array.of(0, 0, 1) },
      z: { shape: [1], data: Float64Array.of(Number.NaN) },
    });
    const { test } = dataOf(problem);
    expect(test).toMatchObject({
      count: 1,
      x: Float64Array.of(Math.fround(0.1), 7),
      y: Float64Array.of(0, 0, 1),
    });
  });
  it('may have labels, which become one-hot targets', () => {
    const expected = Float64Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0);
    const more = {
      x_test: { shape: [1, 2], data: x.data.slice(0, 2) },
      y_test: { shape: [1], data: Uint8Array.of(2) },
    };
    const { train, test } = dataOf(problemOf({ x, y: labels, ...more }, { loss: 'cross-entropy' }));
    expect([(train as { y: unknown }).y, (test as { y: unknown }).y]).toEqual([
      expected,
      Float64Array.of(0, 0, 1),
    ]);
  });
  it('with whole numbers for one output has targets, not labels', () => {
    const network = { widths: [2, 1], activation: 'tanh' };
    const { train } = dataOf(problemOf({ x, y: labels }, { network }));
    expect(train).toMatchObject({ outputs: 1, y: Float64Array.of(2, 0, 1, 1) });
  });
  it('may have images, whose shape is handed on', () => {
    const images = { shape: [2, 1, 2, 2], data: Float64Array.from({ length: 8 }, (_, i) => i) };
    const problem = problemOf(
      { x: images, y: { shape: [2], data: Uint8Array.of(0, 2) } },
      { network: { widths: [4, 3], activation: 'tanh' }, batch: 2 },
    );
    expect(trainingData(problem)).toMatchObject({
      image: { side: 2, channels: 1 },
      train: { inputs: 4, count: 2 },
    });
  });
  it('gives the curve that the same numbers in the problem give', () => {
    const inline = {
      x: [
        [1, 2],
        [3, -4],
        [0.5, 0],
      ],
      y: [[1], [0], [0.25]],
    };
    const network = { widths: [2, 4, 1], activation: 'linear', init: 'zero' as const };
    const shape = (rows: number[][]) => ({
      shape: [rows.length, rows[0].length],
      data: Float64Array.from(rows.flat()),
    });
    writeFileSync(at(), writeNpz({ x: shape(inline.x), y: shape(inline.y) }));
    const curve = (data: DeepProblem['data']) => integrate(smallDeepProblem({ data, network })).trainLoss;
    expect(curve({ file: at() })).toEqual(curve({ train: inline }));
  });
});

describe('refusals of .npz files', () => {
  const one = { shape: [1, 2], data: Float64Array.of(1, 2) };
  it.each<[string, Arrays, Partial<DeepProblem>, string, string]>([
    ['no x', { y }, {}, 'a.npz: found the arrays y; x is missing: use numpy.savez(file, x=…, y=…)', 'file'],
    ['no y', { x, z: y }, {}, 'found the arrays x, z; y is missing', 'file'],
    ['nothing', {}, {}, 'found the arrays none; x is missing', 'file'],
    ['half a test', { x, y, x_test: one }, {}, 'y_test is missing', 'file'],
    [
      'x without rows',
      { x: labels, y },
      {},
      'x.npy: found 4 numbers; use a row of inputs for each example',
      'file',
    ],
    ['no examples', { x: { shape: [0, 2], data: new Float64Array() }, y }, {}, 'x.npy: found 0 × 2', 'file'],
    [
      'ragged counts',
      { x, y: { shape: [3, 3], data: y.data.slice(0, 9) } },
      {},
      'y.npy: found 3 × 3; x has 4 examples: use 4 × 3 targets, or 4 labels',
      'file',
    ],
    [
      'targets of three dimensions',
      { x, y: { shape: [4, 3, 1], data: y.data } },
      {},
      'y.npy: found 4 × 3 × 1',
      'file',
    ],
    [
      'other inputs',
      { x: { shape: [4, 1], data: x.data.slice(0, 4) }, y },
      {},
      'network.widths[0]: found 2; use 1, the number of inputs that ',
      'invalid-problem',
    ],
    [
      'other outputs',
      { x, y: { shape: [4, 1], data: y.data.slice(0, 4) } },
      {},
      'network.widths[1]: found 3; use 1, the number of targets that ',
      'invalid-problem',
    ],
    [
      'other outputs of layers',
      { x, y },
      { network: { layers: [{ dense: 2 }], activation: 'tanh' } },
      'network.layers[0].dense: found 2; use 3',
      'invalid-problem',
    ],
    [
      'a list of numbers that are not whole',
      { x, y: { shape: [4], data: Float64Array.of(1, 2, 0, 1) } },
      {},
      'network.widths[1]: found 3; use 1',
      'invalid-problem',
    ],
    [
      'a label that there is not',
      { x, y: { shape: [4], data: Int32Array.of(0, 3, 1, 1) } },
      {},
      'y.npy: found the label 3 of example 1; the network has 3 outputs: labels are 0 to 2',
      'file',
    ],
    [
      'a label below zero',
      { x, y: { shape: [4], data: Int32Array.of(0, 1, 1, -1) } },
      {},
      'found the label -1 of example 3',
      'file',
    ],
    [
      'no number',
      { x: { shape: [4, 2], data: x.data.map((one, i) => (i === 5 ? Number.NaN : one)) }, y },
      {},
      'x.npy: found NaN in row 2, column 1 (counted from 0); use finite numbers',
      'file',
    ],
    [
      'too large a number',
      { x, y: { shape: [4, 3], data: y.data.map(() => 1e31) } },
      {},
      'y.npy: found 1e+31 in row 0',
      'file',
    ],
    [
      'no probabilities',
      { x, y: { shape: [4, 3], data: y.data.map((one) => 2 * one) } },
      { loss: 'cross-entropy' },
      'y.npy: found [2, 0, 0] in row 0; "cross-entropy" needs numbers from 0 to 1 with sum 1',
      'file',
    ],
    [
      'a sum other than 1',
      { x, y: { shape: [4, 3], data: y.data.map((one) => one / 2) } },
      { loss: 'cross-entropy' },
      'with sum 1; use "squared"',
      'file',
    ],
    [
      'another test',
      {
        x,
        y,
        x_test: { shape: [1, 1], data: Float64Array.of(1) },
        y_test: { shape: [1, 3], data: y.data.slice(0, 3) },
      },
      { network: { layers: [{ dense: 3 }], activation: 'tanh' } },
      'found 1 inputs in x_test, and 2 in x; use as many in both',
      'file',
    ],
  ])('%s', (_what, arrays, changes, says, code) => {
    const failure = failureOf(() => dataOf(problemOf(arrays, { batch: 'all', ...changes })));
    expect(failure.message).toContain(says);
    expect(failure.code).toBe(code);
  });

  it('a batch that is larger than the training part', () => {
    const failure = failureOf(() => trainingData(problemOf({ x, y }, { batch: 5 })));
    expect(failure).toMatchObject({ code: 'invalid-problem', path: 'batch' });
    expect(failure.message).toContain('found 5; use at most 4');
  });

  it.each([
    ['missing', undefined, 'found no such file'],
    ['no archive', 'x,y\n1,2\n', 'found 8 bytes that begin with 78 2c 79 0a; an .npz file is a zip archive'],
    ['empty', '', 'found an empty file'],
  ])('a file that is %s', (_what, text, says) => {
    const problem = problemOf({ x, y });
    rmSync(at());
    if (text !== undefined) writeFileSync(at(), text);
    const failure = failureOf(() => dataOf(problem));
    expect(failure).toMatchObject({ code: 'file', path: at() });
    expect(failure.message).toContain(`${at()}: ${says}`);
  });

  it('a folder', () => {
    const problem = problemOf({ x, y });
    const data = { file: folder };
    expect(failureOf(() => dataOf({ ...problem, data })).message).toContain('found a folder');
  });
});
