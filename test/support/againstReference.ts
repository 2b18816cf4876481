import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Problem, resolveProblem } from '../../src/index.ts';
import { layoutOf, type ResolvedProblem } from '../../src/shallow/problem/index.ts';
import { shapeOf } from '../../src/shallow/students/gpu/shape.ts';
import { spreadOf } from '../../src/shallow/students/gpu/wgsl/trained.ts';
import type { StudentKind } from '../../src/shallow/students/index.ts';
import { difference, gpuTrainers, onCpu, type Trainees, type Trainer } from './trainees.ts';
import { twelveProblems } from './twelveProblems.ts';

/*
 * Every fast backend against the readable students. All see the same bits; their normals, fields and updates differ by
 * rounding, so that the weights must agree to many digits after many steps, with every option of a problem.
 *
 * The GPU rounds to 24 bits. Measured on SwiftShader: weights 2.3e-7 (relu; 1e-7 otherwise), overlaps 2.3e-7 after
 * 10,000 steps, sampled test errors 6e-8 of themselves. It is promised that weights keep 2e-6 and curves 1e-5.
 */

/** A fast backend, and how closely it must follow the reference. */
export interface Fast {
  name: string;
  suite: (name: string, suite: () => void) => void;
  open: () => Promise<Trainer>;
  within: { steps: number; weights: number; overlaps: number; sampled: number };
}

const cpu: Fast = {
  name: 'cpu',
  suite: describe,
  open: async () => onCpu('cpu'),
  within: { steps: 10_000, weights: 1e-12, overlaps: 1e-11, sampled: 1e-11 },
};
const gpus = gpuTrainers.map(
  (one): Fast => ({
    ...one,
    within: { steps: 2000, weights: 6e-7, overlaps: 2e-6, sampled: 1e-6 },
  }),
);

const reference = onCpu('reference');

const problems = twelveProblems.map(([name, problem]) => [name, resolveProblem(problem)] as const);

/** A problem of any size. */
const large = (K: number, M: number, N: number, rest: Partial<Problem>): ResolvedProblem =>
  resolveProblem({
    activation: 'erf',
    rule: 'bp',
    learningRate: 0.2,
    noise: 0.1,
    weightDecay: [0.1, 0.1],
    teacher: { draw: { M, N, seed: 1 } },
    student: { draw: { K, N, sigma: 0.5, seed: 2 } },
    feedback: { draw: 'normal', seed: 3 },
    alpha: [1],
    ...rest,
  });

/** Sizes at which the threads of a student divide the work in different ways. */
const SIZES: { problem: ResolvedProblem; N: number; threads: number; blocks: number; registers: boolean }[] =
  [
    // All that there is in one block of four, and some of a second.
    { problem: problems[0][1], N: 4, threads: 32, blocks: 1, registers: true },
    { problem: problems[1][1], N: 6, threads: 32, blocks: 1, registers: true },
    // Every thread has one block: all but the last, all, and one more than all.
    { problem: problems[4][1], N: 127, threads: 32, blocks: 1, registers: true },
    { problem: problems[5][1], N: 128, threads: 32, blocks: 1, registers: true },
    { problem: problems[3][1], N: 129, threads: 32, blocks: 2, registers: true },
    { problem: problems[8][1], N: 500, threads: 32, blocks: 4, registers: true },
    { problem: problems[2][1], N: 500, threads: 64, blocks: 2, registers: true },
    { problem: problems[9][1], N: 2000, threads: 256, blocks: 2, registers: true },
    // No more threads.
    { problem: problems[0][1], N: 5001, threads: 256, blocks: 5, registers: true },
    // Weights that stay in memory.
    { problem: large(16, 16, 64, { rule: 'dfa' }), N: 64, threads: 32, blocks: 1, registers: false },
    { problem: large(9, 3, 2000, {}), N: 2000, threads: 256, blocks: 2, registers: false },
    { problem: large(8, 4, 5000, { rule: 'dfa' }), N: 5000, threads: 256, blocks: 5, registers: false },
  ];

/** What one file compares: some of the problems and of the sizes, by their places in these lists. */
export interface Part {
  problems: readonly number[];
  sizes: readonly number[];
  /** Also few dimensions and very many, and many students of one batch. */
  batches: boolean;
}

export const ALL: Part = { problems: [...problems.keys()], sizes: [...SIZES.keys()], batches: true };

/** What a part leaves. */
export const without = ({ problems, sizes, batches }: Part): Part => ({
  problems: ALL.problems.filter((i) => !problems.includes(i)),
  sizes: ALL.sizes.filter((i) => !sizes.includes(i)),
  batches: !batches,
});

/** Each activation, both rules, noise, decays, K below and above M; in registers and in several blocks. */
const SOME: Part = { problems: [2, 5], sizes: [0, 4], batches: true };

/** What `npm test` compares. A GPU in software is a hundred times slower than the CPU; a page does what Node does. */
export const QUICK: [Fast, Part][] =
  'document' in globalThis
    ? [
        [cpu, { ...SOME, sizes: [] }],
        [gpus[0], { problems: [5], sizes: [], batches: false }],
      ]
    : [
        [cpu, ALL],
        [gpus[0], SOME],
        [gpus[1], { problems: [5], sizes: [], batches: false }],
      ];

export function againstReference({ name, suite, open, within }: Fast, part: Part): void {
  suite(`backend ${name}, against the reference`, () => {
    let fast: Trainer;
    beforeAll(async () => {
      fast = await open();
    });
    afterAll(() => fast.close());

    const both = (
      student: StudentKind,
      of: readonly ResolvedProblem[],
      N: number,
      seeds: readonly number[],
    ) => Promise.all([fast.start(student, of, N, seeds), reference.start(student, of, N, seeds)]);

    /** Compares a trained student's overlaps at some steps, and at the last of these its weights and sampled error. */
    async function expectSame(problem: ResolvedProblem, N: number, steps: readonly number[]) {
      const pair = await both('trained', [problem], N, [2 ** 40 + 5]);
      const [one, truth] = pair;
      // Nothing has been rounded to single precision yet but in measuring.
      expect(difference(await one.read(0), await truth.read(0))).toBeLessThan(1e-14);
      await expectSameOverlaps(pair, steps, within.weights);
      const [a, b] = [await one.weights(0), await truth.weights(0)];
      for (const [k, w] of a.W.entries()) expect(difference(w, b.W[k])).toBeLessThan(within.weights);
      expect(difference(a.v, b.v)).toBeLessThan(within.weights);
      const [found, sampled] = [await one.sampledError(0, 500), await truth.sampledError(0, 500)];
      expect(Math.abs(found - sampled)).toBeLessThan(within.sampled * (1 + sampled));
      return pair;
    }

    async function expectSameOverlaps([one, truth]: Trainees[], steps: readonly number[], bound: number) {
      let done = 0;
      for (const step of steps) {
        await Promise.all([one.advance(step - done), truth.advance(step - done)]);
        done = step;
        expect(difference(await one.read(0), await truth.read(0))).toBeLessThan(bound);
      }
    }

    describe.each(part.problems.map((i) => problems[i]))('%s', (_name, problem) => {
      test(`weights of the trained student agree to ${within.weights} after ${within.steps} steps, the curve to alpha = 50`, async () => {
        // Not a multiple of four, so that the padding counts.
        const pair = await expectSame(problem, 203, [20, 200, 1000, within.steps]);
        // A relu unit whose field is within 2e-7 of 0 may be taken to be on the other side, which shows: not so at this seed.
        await expectSameOverlaps(pair, [2000, 4000, 8000], within.overlaps);
        pair[0].close();
      });

      test(`projected students agree to ${within.overlaps} up to alpha = 50`, async () => {
        const seeds = [3, 2 ** 50 + 1];
        const batch = await fast.start('projected', [problem, problem], 200, seeds);
        const truths = await Promise.all(
          seeds.map((seed) => reference.start('projected', [problem], 200, [seed])),
        );
        for (const steps of [20, 180, 800, 1000, 3000, 5000]) {
          await Promise.all([batch, ...truths].map((one) => one.advance(steps)));
          for (const [lane, truth] of truths.entries())
            expect(difference(await batch.read(lane), await truth.read(0))).toBeLessThan(within.overlaps);
        }
        for (const [lane, truth] of truths.entries()) {
          const [found, sampled] = [await batch.sampledError(lane, 501), await truth.sampledError(0, 501)];
          expect(Math.abs(found - sampled)).toBeLessThan(10 * within.sampled * (1 + sampled));
        }
        batch.close();
      });
    });

    test.each(part.sizes.map((i) => SIZES[i]))(
      'N = $N: a student on $threads threads with $blocks blocks each, in registers: $registers',
      async ({ problem, N, ...expected }) => {
        expect(spreadOf(shapeOf(problem, N), 32)).toMatchObject(expected);
        const [one] = await expectSame(problem, N, [Math.min(within.steps, Math.floor(5e5 / N))]);
        one.close();
      },
    );

    if (!part.batches) return;

    test.each([
      ['the smallest N, where nothing is left for χ²', 0],
      ['one degree of freedom', 1],
      ['two, where every twentieth attempt at χ² is rejected', 2],
      ['a thousand million inputs', 1e9],
    ])('the projected student in few dimensions and in many: %s', async (_what, degrees) => {
      for (const [, problem] of [problems[2], problems[1]]) {
        const { n } = layoutOf(problem);
        const [one, truth] = await both('projected', [problem], degrees === 1e9 ? 1e9 : n + degrees, [11]);
        for (let i = 0; i < 4; i++) {
          await Promise.all([one.advance(1000), truth.advance(1000)]);
          expect(difference(await one.read(0), await truth.read(0))).toBeLessThan(within.overlaps);
        }
        one.close();
      }
    });

    test.each([
      ['trained', 1],
      ['projected', 20],
    ] as const)('many %s students of one batch, each with its problem', async (student, few) => {
      const count = 7 * few;
      const of = Array.from({ length: count }, (_, i) =>
        large(3, 2, 30, { student: { draw: { K: 3, N: 30, sigma: 0.5, seed: i } } }),
      );
      const seeds = of.map((_, i) => 5 + i);
      const batch = await fast.start(student, of, 30, seeds);
      await batch.advance(300);
      for (const i of [0, 1, few, count - 1]) {
        const truth = await reference.start(student, [of[i]], 30, [seeds[i]]);
        await truth.advance(300);
        expect(difference(await batch.read(i), await truth.read(0))).toBeLessThan(within.overlaps);
      }
      batch.close();
    });
  });
}
