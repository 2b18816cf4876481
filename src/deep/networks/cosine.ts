/** Sums over two lists of numbers, from which their cosine comes. */
export interface Sums {
  dot: number;
  one: number;
  other: number;
}

export const noSums = (): Sums => ({ dot: 0, one: 0, other: 0 });

/** Adds `count` numbers of each list, from these places on. */
export function addNumbers(
  sums: Sums,
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  from = 0,
  fromOther = from,
  count = one.length,
): void {
  let { dot, one: squares, other: others } = sums;
  for (let i = 0; i < count; i++) {
    const x = one[from + i];
    const y = other[fromOther + i];
    dot += x * y;
    squares += x * x;
    others += y * y;
  }
  sums.dot = dot;
  sums.one = squares;
  sums.other = others;
}

/** Lists one after the other. */
export function addSums(to: Sums, { dot, one, other }: Sums): void {
  to.dot += dot;
  to.one += one;
  to.other += other;
}

/** NaN where one of the lists is zero; never beyond ±1 by rounding. */
export function cosineOf({ dot, one, other }: Sums): number {
  const sizes = Math.sqrt(one) * Math.sqrt(other);
  return sizes === 0 ? Number.NaN : Math.max(-1, Math.min(1, dot / sizes));
}
