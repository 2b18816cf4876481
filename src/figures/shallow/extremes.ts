/** The smallest and the largest of some values; null of none. */

export const least = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.min(...values);

export const most = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.max(...values);
