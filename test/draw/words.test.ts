import { describe, expect, test } from 'vitest';
import { short, vector } from '../../src/draw/words.ts';

describe('a number in words', () => {
  test.each([
    [0, '0'],
    [0.000123456, '0.000123'],
    [-12345, '-12300'],
    [99_949, '99900'],
    [99_999, '10⁵'],
    [21_300_000, '2.13·10⁷'],
    [-1e6, '-10⁶'],
    [3.6234e-6, '3.62·10⁻⁶'],
    [1e-12, '10⁻¹²'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('%d is %s', (x, text) => {
    expect(short(x)).toBe(text);
  });
});

test('a vector has its name and true minus signs', () => {
  expect(vector('F', [-0.125, 8.77067e-5])).toBe('F = (−0.125, 8.77·10⁻⁵)');
});
