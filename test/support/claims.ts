import { expect } from 'vitest';
import type { Claim } from '../../src/figures/index.ts';

type Data = Claim['numbers'][string];

const numbersIn = (data: Data): number[] => {
  if (typeof data === 'number') return [data];
  if (typeof data === 'string' || data === null) return [];
  return Object.values(data).flatMap(numbersIn);
};

/** Every claim has numbers, and JSON can hold each of them. */
export function expectNumbers(claims: readonly Claim[]): void {
  for (const { says, numbers } of claims) {
    const all = numbersIn(numbers);
    expect(all.length, says).toBeGreaterThan(0);
    for (const x of all) expect(x, says).toSatisfy(Number.isFinite);
  }
}
