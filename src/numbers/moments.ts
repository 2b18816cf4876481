/**
 * The mean of each entry over several runs and its standard error, taken up in the order given (Welford 1962): runs
 * that agree have exactly their value for a mean, and no error.
 */
export function moments(
  rows: readonly Float64Array[],
  length: number,
): { mean: Float64Array; stderr: Float64Array } {
  const n = rows.length;
  const mean = new Float64Array(length).fill(n > 0 ? 0 : Number.NaN);
  const squares = new Float64Array(length).fill(n > 1 ? 0 : Number.NaN);
  rows.forEach((row, before) => {
    for (let i = 0; i < length; i++) {
      const apart = row[i] - mean[i];
      mean[i] += apart / (before + 1);
      squares[i] += apart * (row[i] - mean[i]);
    }
  });
  return { mean, stderr: squares.map((sum) => Math.sqrt(sum / (n - 1) / n)) };
}
