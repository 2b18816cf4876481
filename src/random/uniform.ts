const TWO_26 = 2 ** 26;
const TWO_MINUS_52 = 2 ** -52;

/**
 * A uniform number in the open interval (0, 1) from the upper 26 bits of each of two words: one of the 2^52
 * midpoints (k + ½)·2^-52, each a 53-bit number held exactly. (With 53 bits of k the half would be rounded away
 * near one, and 1 itself could come out.)
 */
export function uniform(high: number, low: number): number {
  return ((high >>> 6) * TWO_26 + (low >>> 6) + 0.5) * TWO_MINUS_52;
}
