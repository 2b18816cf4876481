import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonFault } from '../../src/support/jsonFault.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

it('a fault is found in just those texts that are not JSON', () => {
  const damaged = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', '"', '}', ']', ':', '0', '-', '.', 'e', '\\', '\n', 'null'),
    )
    .map(([text, at, put]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + put + text.slice(place + (at % 2));
    });
  fc.assert(
    fc.property(damaged, (text) => {
      expect(jsonFault(text) === undefined).toBe(isJson(text));
    }),
    { seed: 1, numRuns: 2000 },
  );
});

it.each([
  ['', 'line 1, column 1: found the end; use a value; the line is '],
  ['{\r\n  "a": 1,\r\n}', 'line 3, column 1: found "}"; use a key in double quotes; the line is }'],
  [
    "{ 'a': 1 }",
    `line 1, column 3: found "'a': 1 }"; use a key in double quotes or }; the line is { 'a': 1 }`,
  ],
  ['[1 2]', 'line 1, column 4: found "2]"; use a comma or ]; the line is [1 2]'],
  ['{} x', 'line 1, column 4: found "x"; use nothing more; the line is {} x'],
  ['{"a"\n1}', 'line 2, column 1: found "1}"; use a colon; the line is 1}'],
])('%j: where, what and what would do', (text, words) => {
  expect(jsonFault(text)).toBe(words);
});

it('of a long line a part about the fault is shown', () => {
  const words = jsonFault(`[${'1, '.repeat(100)}x, ${'2, '.repeat(100)}3]`);
  expect(words).toMatch(/^line 1, column 302: found "x, 2, 2, 2, …"; use a value; the line is ….{70,72}…$/);
});
