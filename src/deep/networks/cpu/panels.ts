/*
 * How the kernel keeps matrices: in panels of eight rows, element (row j, column i) is number 8 i + j of its panel. The last
 * panel is filled up with zeros.
 */

export const panelsOf = (rows: number): number => Math.ceil(rows / 8);

/** Numbers of a matrix in panels. */
export const sizeInPanels = (rows: number, columns: number): number => 8 * panelsOf(rows) * columns;

const place = (row: number, column: number, columns: number): number =>
  ((row >> 3) * columns + column) * 8 + (row & 7);

export function toPanels(to: Float32Array, matrix: ArrayLike<number>, rows: number, columns: number): void {
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) to[place(j, i, columns)] = matrix[j * columns + i];
}

export function fromPanels(from: Float32Array, rows: number, columns: number): Float32Array {
  const matrix = new Float32Array(rows * columns);
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) matrix[j * columns + i] = from[place(j, i, columns)];
  return matrix;
}

/** The transpose of a matrix of rows × columns. */
export function turned<T extends Float32Array | Float64Array>(matrix: T, rows: number, columns: number): T {
  return matrix.map((_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]) as T;
}

/**
 * Bytes from row to row of so many numbers: whole eights, and never a multiple of 1 kB, so that rows do not all fall into
 * the same few lines of a cache.
 */
export function strideOf(count: number): number {
  const bytes = 32 * Math.ceil(count / 8);
  return bytes % 1024 === 0 ? bytes + 64 : bytes;
}
