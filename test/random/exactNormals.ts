/*
 * The map that src/random/normal.ts promises, in double precision and by other functions: the readable twin of its polynomials.
 */

/** √(−2 ln u), u = (word + ½)·2^-32, also where u is next to 1. */
export function exactRadius(word: number): number {
  const rest = (0xffffffff - word + 0.5) * 2 ** -32;
  return Math.sqrt(-2 * (rest < 0.5 ? Math.log1p(-rest) : Math.log((word + 0.5) * 2 ** -32)));
}

/** The point of the unit circle that a word names: an angle within an eighth turn of an axis, which axis, and a sign. */
export function exactDirection(word: number): [number, number] {
  const rest = word % 2 ** 30;
  const quarterTurns = ((rest < 2 ** 29 ? rest : rest - 2 ** 30) + 0.5) * 2 ** -30;
  const [along, across] = [Math.cos((Math.PI / 2) * quarterTurns), Math.sin((Math.PI / 2) * quarterTurns)];
  const sign = word >= 2 ** 31 ? -1 : 1;
  return Math.floor(word / 2 ** 30) % 2 === 1 ? [sign * across, sign * along] : [sign * along, sign * across];
}
