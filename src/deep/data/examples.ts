/** Inputs and targets, a row for each example, one after the other. */
export interface ExampleRows {
  count: number;
  inputs: number;
  outputs: number;
  x: Float64Array;
  y: Float64Array;
}

export const emptyRows = (count: number, inputs: number, outputs: number): ExampleRows => ({
  count,
  inputs,
  outputs,
  x: new Float64Array(count * inputs),
  y: new Float64Array(count * outputs),
});

export function rowsOf(x: readonly number[][], y: readonly number[][]): ExampleRows {
  const rows = emptyRows(x.length, x[0].length, y[0].length);
  for (let i = 0; i < x.length; i++) {
    rows.x.set(x[i], i * rows.inputs);
    rows.y.set(y[i], i * rows.outputs);
  }
  return rows;
}
