import { expect, test } from 'vitest';
import { licences } from '../../scripts/licences.mjs';

const DIGITS = new URL('../../src/deep/data/digitsImages.ts', import.meta.url).pathname;

test('a bundle with the digits names their makers, their licence and what was changed, once', () => {
  const text = licences([DIGITS, new URL('../../src/index.ts', import.meta.url).pathname, DIGITS]);
  expect(text).toMatch(/^digitsImages \(data, 119 kB\)\n\nThe test part of/);
  for (const due of ['E. Alpaydin and C. Kaynak', 'CC BY 4.0', '/licenses/by/4.0/', 'they are written anew'])
    expect(text.split(due)).toHaveLength(2);
  expect(text).not.toContain('*');
});

test('a bundle without them does not', () => {
  expect(licences([new URL('../../src/index.ts', import.meta.url).pathname])).toBe('');
});
