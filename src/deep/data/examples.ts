/** Inputs and targets, a row for each example, one after the other. */
export interface ExampleRows {
  count: number;
  inputs: number;
  outputs: number;
  x: Float64Array;
  y: Float64Array;
}

/** The same in single precision: each number is the nearest to that in double precision. */
export interface Examples32 {
  count: number;
  inputs: number;
  outputs: number;
  x: Float32Array;
  y: Float32Array;
}

/** Examples that are yet to be written out: so that no copy in double precision is made of what is used in single. */
export interface ExampleSource {
  count: number;
  inputs: number;
  outputs: number;
  /** Writes inputs and targets where zeros are; what is in single precision is rounded as it is stored. */
  write(x: Float64Array | Float32Array, y: Float64Array | Float32Array): void;
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

/** Numbers that are there already. */
export const sourceOf = (
  { count, inputs, outputs }: Pick<ExampleSource, 'count' | 'inputs' | 'outputs'>,
  inputsOf: ArrayLike<number>,
  targetsOf: ArrayLike<number>,
): ExampleSource => ({
  count,
  inputs,
  outputs,
  write(x, y) {
    x.set(inputsOf);
    y.set(targetsOf);
  },
});

export function inDoubles(source: ExampleSource): ExampleRows {
  const rows = emptyRows(source.count, source.inputs, source.outputs);
  source.write(rows.x, rows.y);
  return rows;
}

/** In memory that worker threads share, where there is such. */
export function inSingles(source: ExampleSource): Examples32 {
  const { count, inputs, outputs } = source;
  const x = sharedFloats(count * inputs);
  const y = sharedFloats(count * outputs);
  source.write(x, y);
  return { count, inputs, outputs, x, y };
}

/** Pages have shared memory only where they are isolated; Node always does. */
function sharedFloats(length: number): Float32Array {
  const { crossOriginIsolated = true } = globalThis as { crossOriginIsolated?: boolean };
  return crossOriginIsolated && typeof SharedArrayBuffer !== 'undefined'
    ? new Float32Array(new SharedArrayBuffer(4 * length))
    : new Float32Array(length);
}
