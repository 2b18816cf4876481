import { expect, test } from 'vitest';
import * as library from '../../src/index.ts';
import hashes from '../fixtures/bits.json' with { type: 'json' };
import { hashOf, PROMISES } from '../support/promises.ts';

/* vitest.config.ts runs this file in Node and in a page; test/numbers/deno.test.ts does the same in Deno. */

test.each(Object.keys(PROMISES))('the same bits as ever, on any engine: %s', async (name) => {
  expect(hashOf(await PROMISES[name](library))).toBe((hashes as Record<string, string>)[name]);
});

test('every hash of the table is that of a promise', () => {
  expect(Object.keys(hashes)).toEqual(Object.keys(PROMISES));
});

test('one changed bit changes the hash', () => {
  expect(hashOf({ a: [1, 2], b: 'x' })).not.toBe(hashOf({ a: [1, 2 + 2 ** -51], b: 'x' }));
  expect(hashOf([0])).not.toBe(hashOf([-0]));
  expect(hashOf([[1], 2])).not.toBe(hashOf([[1, 2]]));
});
