/** Random numbers of one problem of the fuzzer: they depend on the seed and its number alone. */
export interface Dice {
  /** In (0, 1). */
  uniform(): number;
  normal(): number;
  /** 0 … n − 1. */
  below(n: number): number;
  chance(p: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Between a and b, with the logarithm uniform. */
  log(a: number, b: number): number;
}

export function dice(seed: number, number: number): Dice {
  // SplitMix32 (Steele, Lea & Flood 2014).
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0;
  const word = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const uniform = (): number => (word() + 0.5) / 2 ** 32;
  const below = (n: number): number => Math.floor(uniform() * n);
  return {
    uniform,
    below,
    normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
    chance: (p) => uniform() < p,
    pick: (list) => list[below(list.length)],
    log: (a, b) => a * (b / a) ** uniform(),
  };
}
