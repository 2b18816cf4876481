import type { LayerShape } from '../../problem/index.ts';

/**
 * Max-pooling of one example: for each pooled unit, which of the fields it takes. Of equal ones this is the first, row by
 * row. Nothing if a layer does not pool.
 */
export function largestOf(fields: Float64Array, { rows, window }: LayerShape): Int32Array | undefined {
  if (window === undefined || window.pool === 1) return undefined;
  const { side, pool } = window;
  const out = Math.floor(side / pool);
  const chosen = new Int32Array(out * out * rows);
  for (let unit = 0; unit < chosen.length; unit++) {
    const position = Math.floor(unit / rows);
    const [top, left] = [pool * Math.floor(position / out), pool * (position % out)];
    const fieldAt = (r: number, c: number): number => ((top + r) * side + left + c) * rows + (unit % rows);
    chosen[unit] = fieldAt(0, 0);
    for (let r = 0; r < pool; r++)
      for (let c = 0; c < pool; c++)
        if (fields[fieldAt(r, c)] > fields[chosen[unit]]) chosen[unit] = fieldAt(r, c);
  }
  return chosen;
}

export const pooled = (fields: Float64Array, chosen: Int32Array | undefined): Float64Array =>
  chosen === undefined ? fields : Float64Array.from(chosen, (field) => fields[field]);

/** What arrives at pooled units goes to the fields that they took. */
export function unpooled(units: Float64Array, chosen: Int32Array | undefined, fields: number): Float64Array {
  if (chosen === undefined) return units;
  const out = new Float64Array(fields);
  chosen.forEach((field, unit) => {
    out[field] += units[unit];
  });
  return out;
}
