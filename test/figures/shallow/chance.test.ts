import { expect, it } from 'vitest';
import { workshop } from '../../../src/figures/index.ts';
import { type Chance, chanceOf } from '../../../src/figures/shallow/chance.ts';

it('many students are trained in pieces of a thousand, which share no seed with each other or another seed’s, and are counted together', async () => {
  const asked: { runs: number; seed: number }[] = [];
  const shop = {
    ...workshop({ size: 'quick' }),
    piece: async (_: string, inputs: unknown): Promise<never> => {
      const { runs, seed } = inputs as { runs: number; seed: number };
      asked.push({ runs, seed });
      const counts = { runs, learned: 5, stuck: 4, diverged: 3, undecided: 2 };
      return { K: 3, exact: 0.5, ...counts, allowed: { ...counts, runs: 7 } } as never;
    },
  };
  const chance: Chance = await chanceOf(shop, { K: 3, M: 2, runs: 2500, seed: 4 });
  expect(chance).toMatchObject({
    K: 3,
    exact: 0.5,
    runs: 2500,
    learned: 15,
    stuck: 12,
    diverged: 9,
    undecided: 6,
  });
  expect(chance.allowed).toMatchObject({ runs: 21, learned: 15, diverged: 9, undecided: 6 });
  await chanceOf(shop, { K: 3, M: 2, runs: 1500, seed: 5 });
  expect(asked.map(({ runs }) => runs)).toEqual([1000, 1000, 500, 1000, 500]);
  expect(new Set(asked.map(({ seed }) => seed)).size).toBe(5);
});
