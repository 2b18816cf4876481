/** A stretch of a curve that hardly changes. */
export interface Span {
  /** The median of its values. */
  height: number;
  /** Its first and its last time. */
  from: number;
  to: number;
}

/**
 * The longest time that a curve keeps within a relative distance of one value: its plateau. undefined if it never does.
 */
export function spanNear(
  times: readonly number[],
  values: readonly number[],
  within: number,
): Span | undefined {
  const ratio = (1 + within) / (1 - within);
  let best: [from: number, to: number] | undefined;
  for (let i = 0; i < times.length; i++) {
    let [low, high] = [values[i], values[i]];
    let j = i;
    for (; j + 1 < times.length; j++) {
      low = Math.min(low, values[j + 1]);
      high = Math.max(high, values[j + 1]);
      if (!(high <= ratio * low)) break;
    }
    if (j > i && (!best || times[j] - times[i] > times[best[1]] - times[best[0]])) best = [i, j];
  }
  if (!best) return undefined;
  const sorted = values.slice(best[0], best[1] + 1).sort((a, b) => a - b);
  return { height: sorted[sorted.length >> 1], from: times[best[0]], to: times[best[1]] };
}
