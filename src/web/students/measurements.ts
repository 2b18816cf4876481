import type { Curves, Measured, Run } from '../../index.ts';
import { moments } from '../../numbers/moments.ts';
import { type Layout, layout } from '../../shallow/problem/overlaps.ts';
import { curvesOf, lazyCurvesOf } from '../../shallow/students/summary.ts';
import { exchange } from '../../shallow/theory/exchanges.ts';

/**
 * What was measured of students: run after run, at each time the packed state and the test error; NaN where it was not
 * yet.
 */
export interface Measurements {
  shape: Layout;
  times: number;
  rows: Float64Array;
}

/** Numbers of one student at one time. */
const widthOf = ({ size }: Layout): number => size + 1;

/** Bytes for so many students. */
export const bytesFor = (K: number, M: number, times: number, runs: number): number =>
  8 * widthOf(layout(K, M)) * times * runs;

/** What is known of a student beside its numbers. */
export type Known = Pick<Run, 'run' | 'seed' | 'diverged' | 'renumbered'>;

/** One run's numbers, and its row at a time. */
function runRows({ shape, times, rows }: Measurements, run: number): Float64Array {
  const length = widthOf(shape) * times;
  return rows.subarray((run - 1) * length, run * length);
}
const rowAt = (measured: Measurements, run: number, time: number): Float64Array => {
  const width = widthOf(measured.shape);
  return runRows(measured, run).subarray(time * width, (time + 1) * width);
};

/** The runs of `simulate` again, unpacked whenever they are looked at. */
export const runsOf = (measured: Measurements, which: readonly Known[]): Run[] =>
  which.map((one) =>
    // Not spread, so that getters stay getters.
    Object.defineProperties(
      { ...one },
      Object.getOwnPropertyDescriptors(
        lazyCurvesOf(runRows(measured, one.run), measured.times, measured.shape),
      ),
    ),
  ) as Run[];

/** For each time: how many students that did not diverge were measured, their mean, and its standard error. */
export interface Moments {
  counts: number[];
  mean: Curves;
  stderr: Curves;
}

/** Takes students as they are measured, and their moments as `simulate` does, in the order of the runs. */
export function collect(K: number, M: number, alpha: readonly number[], runs: number) {
  const shape = layout(K, M);
  const times = alpha.length;
  const width = widthOf(shape);
  const all: Measurements = { shape, times, rows: new Float64Array(times * runs * width).fill(Number.NaN) };
  const seen: (Known | undefined)[] = Array(runs).fill(undefined);
  const counts: number[] = Array(times).fill(0);
  const mean = new Float64Array(times * width).fill(Number.NaN);
  const stderr = new Float64Array(times * width).fill(Number.NaN);
  /** Times at which there is something new. */
  const news = new Set<number>();

  const students = () => seen.filter((one) => one !== undefined);
  const average = (t: number): void => {
    const rows = students()
      .filter(({ diverged }) => diverged === undefined)
      .map(({ run, renumbered }) => {
        const row = rowAt(all, run, t);
        if (renumbered === undefined || alpha[t] < renumbered.from) return row;
        const moved = row.slice();
        exchange(row, renumbered, shape, moved);
        return moved;
      })
      .filter((row) => !Number.isNaN(row[shape.size]));
    const found = moments(rows, width);
    counts[t] = rows.length;
    mean.set(found.mean, t * width);
    stderr.set(found.stderr, t * width);
  };

  return {
    all,
    take({ run, seed, index, eg, Q, R, v, diverged }: Measured): void {
      seen[run - 1] ??= { run, seed };
      if (diverged) {
        seen[run - 1]!.diverged = alpha[index];
        for (let t = 0; t < times; t++) news.add(t);
        return;
      }
      rowAt(all, run, index).set([...Q.flatMap((row, k) => row.slice(k)), ...R.flat(), ...v, eg]);
      news.add(index);
    },
    /** Forgets students that were lost: the measured ones among them are not a random selection. */
    forget(lost: readonly Pick<Run, 'run'>[]): void {
      for (const { run } of lost) {
        seen[run - 1] = undefined;
        runRows(all, run).fill(Number.NaN);
      }
      if (lost.length > 0) for (let t = 0; t < times; t++) news.add(t);
    },
    /** Takes over how the units of finished students are numbered in means. */
    renumber(finished: readonly Run[]): void {
      for (const { run, renumbered } of finished) {
        const one = seen[run - 1];
        if (one && renumbered) one.renumbered = renumbered;
      }
      if (finished.some(({ renumbered }) => renumbered)) for (let t = 0; t < times; t++) news.add(t);
    },
    fresh: (): boolean => news.size > 0,
    moments(): Moments {
      for (const t of news) average(t);
      news.clear();
      return {
        counts: [...counts],
        mean: curvesOf(mean, times, shape),
        stderr: curvesOf(stderr, times, shape),
      };
    },
    /** Every student that was measured at least once, and its curves. */
    students,
    curves: (): Run[] => runsOf(all, students()),
    diverged: (): number => students().filter(({ diverged }) => diverged !== undefined).length,
  };
}
