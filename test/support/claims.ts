import type { Claim, Drawing } from '../../src/figures/index.ts';

/** The claim of a figure whose words match. */
export function claimOf({ claims }: Drawing, words: RegExp): Claim {
  const found = claims.filter(({ says }) => words.test(says));
  if (found.length !== 1)
    throw new Error(`${found.length} claims match ${words}: ${claims.map(({ says }) => says).join(' | ')}`);
  return found[0];
}
