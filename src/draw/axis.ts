import { superscript } from './words.ts';

/** One direction of a picture: the values it spans, and where the ticks go. */
export interface Axis {
  /** Its ends; on a logarithmic axis their logarithms to base ten. */
  low: number;
  high: number;
  /** From 0 (low end) to 1 (high end); NaN for what cannot be shown. */
  place(x: number): number;
  ticks: { at: number; label: string }[];
}

/** Steps between ticks of a linear axis, at most and about. */
const STEPS = 6;

/**
 * A linear or logarithmic axis over the values given; a log axis leaves out what is not positive. `steps` is how many
 * there may be between the ticks of a linear axis.
 */
export function axis(values: readonly number[], log: boolean, steps = STEPS): Axis {
  const shown = values.filter((x) => Number.isFinite(x) && (!log || x > 0));
  const scale = log ? Math.log10 : (x: number): number => x;
  let low = shown.reduce((min, x) => Math.min(min, scale(x)), Number.POSITIVE_INFINITY);
  let high = shown.reduce((max, x) => Math.max(max, scale(x)), Number.NEGATIVE_INFINITY);
  // Widened where it is so narrow that ticks would coincide, or where nothing would be shown at all.
  const size = Math.max(log ? 1 : 0, Math.abs(low), Math.abs(high));
  if (!(high - low > 1e-9 * size)) {
    const middle = Number.isFinite(low) ? low : 0;
    const half = Math.max(0.5, Number.isFinite(size) ? 1e-6 * size : 0);
    low = middle - half;
    high = middle + half;
  }
  if (!log) {
    // Lines that end on the frame are hard to see.
    const margin = 4 * 0.03 * span(low, high);
    low = Math.max(-Number.MAX_VALUE, low - margin);
    high = Math.min(Number.MAX_VALUE, high + margin);
  }
  const place = (x: number): number => span(low, scale(x)) / span(low, high);
  const ticks = log ? logTicks(low, high) : linearTicks(low, high, steps);
  return { low, high, place, ticks: ticks.filter(({ at }) => place(at) > -1e-9 && place(at) < 1 + 1e-9) };
}

/** A quarter of the distance: the whole may be more than a number holds. Quarters are exact. */
const span = (from: number, to: number): number => to / 4 - from / 4;

/** With fewer powers of ten than this, ticks between them are needed too. */
const FEW = 3;

/**
 * Ticks at powers of ten, about `most` of them at most; on a narrow axis at 1, 2 and 5 or at 1 and 3 times these, or as
 * on a linear axis.
 */
export function logTicks(low: number, high: number, most = 8): Axis['ticks'] {
  const step = Math.max(1, Math.ceil((high - low) / most));
  const powers = multiples([1], low, high).filter((_, i) => i % step === 0);
  if (powers.length >= FEW) return powers;
  const between = [[1, 2, 5], [1, 3], [1]].map((factors) => multiples(factors, low, high));
  const chosen = between.find((ticks) => ticks.length <= most) ?? powers;
  return chosen.length >= 2 ? chosen : linearTicks(10 ** low, 10 ** high, STEPS);
}

/** The factors times powers of ten that lie on an axis. */
function multiples(factors: readonly number[], low: number, high: number): Axis['ticks'] {
  const ticks = [];
  for (let e = Math.floor(low); e <= high + 1e-9; e++)
    for (const m of factors) {
      const place = e + Math.log10(m);
      if (place > low - 1e-9 && place < high + 1e-9)
        ticks.push({ at: m * 10 ** e, label: factors.length > 1 ? times(m, e) : power(e) });
    }
  return ticks;
}

function linearTicks(low: number, high: number, steps: number): Axis['ticks'] {
  const rough = span(low, high) / (steps / 4);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * decade).find((s) => s >= rough) ?? decade;
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); (i - 1e-9) * step <= high; i++)
    ticks.push({ at: i * step, label: plain(i * step) });
  return ticks;
}

const plain = (x: number): string => String(Number(x.toPrecision(6))).replace('-', '−');
const power = (e: number): string => (e >= 0 && e <= 3 ? String(10 ** e) : `10${superscript(e)}`);

/** "0.02", "2·10⁻⁷". */
const times = (m: number, e: number): string =>
  Math.abs(e) <= 3 ? plain(m * 10 ** e) : `${m === 1 ? '' : `${m}·`}${power(e)}`;
