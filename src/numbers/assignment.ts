/**
 * The permutation p for which the sum of gain[i][p(i)] is largest: shortest augmenting paths with potentials (Kuhn 1955;
 * Jonker and Volgenant 1987), in n³ steps. `gain` is n × n, row by row.
 */
export function bestAssignment(gain: ArrayLike<number>, n: number): number[] {
  /** Potentials of rows and columns; place n is a column that no row wants, from which each path begins. */
  const ofRow = new Float64Array(n);
  const ofColumn = new Float64Array(n + 1);
  const rowOf = new Int32Array(n + 1).fill(-1);
  const came = new Int32Array(n);
  const least = new Float64Array(n);
  const done = new Uint8Array(n + 1);
  for (let i = 0; i < n; i++) {
    rowOf[n] = i;
    least.fill(Number.POSITIVE_INFINITY);
    done.fill(0);
    let column = n;
    while (rowOf[column] !== -1) {
      done[column] = 1;
      const row = rowOf[column];
      let step = Number.POSITIVE_INFINITY;
      let next = -1;
      for (let j = 0; j < n; j++) {
        if (done[j]) continue;
        const slack = -gain[row * n + j] - ofRow[row] - ofColumn[j];
        if (slack < least[j]) {
          least[j] = slack;
          came[j] = column;
        }
        if (least[j] < step) {
          step = least[j];
          next = j;
        }
      }
      for (let j = 0; j <= n; j++)
        if (done[j]) {
          ofRow[rowOf[j]] += step;
          ofColumn[j] -= step;
        } else if (j < n) least[j] -= step;
      column = next;
    }
    while (column !== n) {
      const before = came[column];
      rowOf[column] = rowOf[before];
      column = before;
    }
  }
  const columnOf = new Array<number>(n);
  for (let j = 0; j < n; j++) columnOf[rowOf[j]] = j;
  return columnOf;
}
