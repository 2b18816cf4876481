import { beforeEach, expect, test, vi } from 'vitest';
import { resolveProblem } from '../../../src/index.ts';
import { choose, type Work } from '../../../src/shallow/students/choose.ts';
import type * as OnGpus from '../../../src/shallow/students/gpu/index.ts';
import { smallProblem } from '../../support/problems.ts';

/* When "auto" takes a GPU, with one that is made up. */
const card = vi.hoisted(() => ({
  opened: 0,
  closed: 0,
  start: 0,
  step: 1e-12,
  there: true,
  fails: false,
  asked: {} as object,
}));
vi.mock('../../../src/shallow/students/gpu/index.ts', async (original) => ({
  ...(await original<typeof OnGpus>()),
  openTested: async (options: object) => {
    card.asked = options;
    if (!card.there) throw new Error('no adapter');
    card.opened++;
    return {
      adapter: { name: 'card', driver: '', software: false },
      device: { limits: { maxStorageBufferBindingSize: 2 ** 31, maxBufferSize: 2 ** 31 } },
      close: async () => void card.closed++,
    };
  },
  gpuCost: async () => {
    if (card.fails) throw new Error('the GPU was lost');
    return { start: card.start, step: card.step };
  },
}));
beforeEach(() =>
  Object.assign(card, { opened: 0, closed: 0, start: 0, step: 1e-12, there: true, fails: false }),
);

const problem = resolveProblem(smallProblem());
/** Minutes of work on a CPU. */
const much: Work = { problem, N: 500, runs: 1000, student: 'trained', steps: 1e6, threads: 2 };
const auto = (work: Work = much) => choose({ N: work.N }, work);

test('"auto" takes a GPU that is measured to be faster, and never one in software', async () => {
  const { backend, device, costs } = await auto();
  expect([backend, device?.facts.name, costs.lanes]).toEqual(['gpu', 'card', 1000]);
  expect([card.opened, card.closed]).toEqual([1, 0]);
  expect(card.asked).not.toHaveProperty('allowSoftware');
  await choose({ N: 500, adapter: 'card', allowSoftware: true }, much);
  expect(card.asked).toEqual({ adapter: 'card' });
});

test.each([
  ['is slower than the CPU', { step: 1 }],
  ['takes longer to begin than the CPU to end', { start: 1e9 }],
  ['is lost while it is tried', { fails: true }],
])('"auto" does not take one that %s, and gives it back', async (_what, state) => {
  Object.assign(card, state);
  const { backend, device, notes } = await auto();
  expect([backend, device, notes]).toEqual(['cpu', undefined, []]);
  expect([card.opened, card.closed]).toEqual([1, 1]);
});

test('"auto" says nothing where there is none', async () => {
  card.there = false;
  const { backend, notes } = await auto();
  expect([backend, notes]).toEqual(['cpu', []]);
});

test('"auto" does not look for one where there is little to do, or nothing that it could', async () => {
  for (const work of [
    { ...much, runs: 1, steps: 1000 },
    { ...much, N: 20_000 },
    { ...much, student: 'projected' as const, steps: 1000 },
  ])
    expect((await auto(work)).backend).toBe('cpu');
  expect(card.opened).toBe(0);
});

test('"gpu" is taken as asked for, whatever it is worth', async () => {
  card.step = 1;
  expect((await choose({ N: 500, backend: 'gpu' }, { ...much, runs: 1, steps: 1 })).backend).toBe('gpu');
  card.there = false;
  await expect(choose({ N: 500, backend: 'gpu' }, much)).rejects.toThrow('no adapter');
  expect((await choose({ N: 500, backend: 'cpu' }, much)).backend).toBe('cpu');
});

test('who names a GPU that is not used is told why; who names the CPU may not name a GPU', async () => {
  const named = (work: Work) => choose({ N: 500, adapter: 'card' }, work);
  expect((await named({ ...much, steps: 10 })).notes[0]).toMatch(
    /"card" was not used: the work is done sooner/,
  );
  card.step = 1;
  expect((await named(much)).notes[0]).toMatch(/"card" was not used: the CPU was measured to be/);
  card.there = false;
  expect((await named(much)).notes).toEqual(['the GPU "card" was not used: no adapter']);
  await expect(choose({ N: 500, backend: 'cpu', adapter: 'card' }, much)).rejects.toThrow(
    /^adapter: the backend "cpu" uses no GPU/,
  );
});
