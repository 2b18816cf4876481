import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonPieces } from '../../src/report/tables/jsonPieces.ts';

it('pieces of JSON make up what JSON.stringify makes, at any depth', () => {
  fc.assert(
    fc.property(
      fc.anything({ maxDepth: 5, withBoxedValues: false }),
      fc.integer({ min: 0, max: 6 }),
      (value, depth) => {
        const whole = JSON.stringify(value) ?? 'null';
        expect([...jsonPieces(value, depth)].join('')).toBe(whole);
      },
    ),
    { seed: 1, numRuns: 2000 },
  );
});

it('a part is looked at only when its turn comes, and each is a piece of its own', () => {
  let looked = 0;
  const run = {
    get Q() {
      looked++;
      return [[[1, Number.NaN]], [[2, 3]]];
    },
  };
  const pieces = jsonPieces({ perRun: [run, run] }, 4);
  const before: string[] = [];
  for (const piece of pieces) {
    before.push(piece);
    if (piece.includes('null')) break;
  }
  expect(looked).toBe(1);
  expect(before.at(-1)).toBe('[[1,null]]');
});
