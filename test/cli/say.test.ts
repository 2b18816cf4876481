import { expect, it } from 'vitest';
import { printable } from '../../src/cli/say.ts';
import { alignode } from '../support/world.ts';

it('what a terminal would obey is written out', () => {
  expect(printable('a\u001b[31m\r\u0007\u009b\u202e\u2028\u{e0041}b')).toBe(
    'a\\u001b[31m\\u000d\\u0007\\u009b\\u202e\\u2028\\udb40\\udc41b',
  );
  expect(printable('Überlappung α → ∞, 日本語 🙂')).toBe('Überlappung α → ∞, 日本語 🙂');
});

it.each([
  ['a command', ['\u001b[2J']],
  ['a figure', ['reproduce', '\u009b2J']],
  ['an option', ['integrate', '--\u001b[2J']],
  ['a file', ['integrate', 'a\u001b[2J\r\u202e.json']],
  ['a folder', ['integrate', 'examples/dfa-k2m2.json', '--out', '/no\u001b[2J/a']],
])('%s whose name has such characters does not reach the terminal with them', async (_what, args) => {
  const { code, stdout, stderr } = await alignode(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^alignode: [^\p{Cc}\p{Cf}]*\\u00[19]b[^\p{Cc}\p{Cf}]*\n$/u);
});
