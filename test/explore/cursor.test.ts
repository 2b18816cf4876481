import { expect, it } from 'vitest';
import { cursorOn } from '../../src/web/cursor.ts';

it('goes to the nearest time: by ratio on a log axis, by distance on a linear one', () => {
  const curve = { alpha: [0, 1, 2, 3] };
  const at = (asked: number | undefined, log: boolean) => cursorOn(curve, asked, log).index;
  expect([0.01, 0.4, 0.6, 1.45, 9].map((asked) => at(asked, false))).toEqual([0, 0, 1, 1, 3]);
  expect([0, 0.01, 1.45, 9].map((asked) => at(asked, true))).toEqual([0, 1, 2, 3]);
  expect(at(undefined, true)).toBe(3);
});
