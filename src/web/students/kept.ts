import type { Curves, Measured, Run } from '../../index.ts';

/** What is kept of a student at a time, in a row: the upper triangle of Q, R row by row, v, and last the test error. */
export interface Rows {
  K: number;
  M: number;
  times: number;
  runs: number;
  /** Row by row, time after time, at each time student after student; NaN where it was not measured. */
  rows: Float64Array;
}

export const rowWidth = (K: number, M: number): number => (K * (K + 1)) / 2 + K * M + K + 1;

/** Bytes for so many students. */
export const bytesFor = ({ K, M, times, runs }: Omit<Rows, 'rows'>): number =>
  8 * rowWidth(K, M) * times * runs;

const rowAt = ({ K, M, runs, rows }: Rows, time: number, run: number): Float64Array => {
  const width = rowWidth(K, M);
  const from = (time * runs + run) * width;
  return rows.subarray(from, from + width);
};

/** One value of each row, unpacked as in a curve. */
function curvesOf(K: number, M: number, times: number, row: (time: number) => ArrayLike<number>): Curves {
  const ofR = (K * (K + 1)) / 2;
  const each = <T>(of: (row: ArrayLike<number>) => T): T[] =>
    Array.from({ length: times }, (_, t) => of(row(t)));
  const units = Array.from({ length: K }, (_, k) => k);
  const place = (k: number, l: number): number => (k * (2 * K - k - 1)) / 2 + l;
  return {
    get eg() {
      return each((y) => y[ofR + K * M + K]);
    },
    get Q() {
      return each((y) => units.map((k) => units.map((l) => y[place(Math.min(k, l), Math.max(k, l))])));
    },
    get R() {
      return each((y) => units.map((k) => Array.from({ length: M }, (_, m) => y[ofR + k * M + m])));
    },
    get v() {
      return each((y) => units.map((k) => y[ofR + K * M + k]));
    },
  };
}

/** The runs of `simulate` again, unpacked whenever they are looked at. */
export function runsOf(kept: Rows, which: readonly Pick<Run, 'run' | 'seed' | 'diverged'>[]): Run[] {
  const { K, M, times } = kept;
  return which.map((one) => {
    const curves = curvesOf(K, M, times, (t) => rowAt(kept, t, one.run - 1));
    // Not spread, so that getters stay getters.
    return Object.defineProperties({ ...one }, Object.getOwnPropertyDescriptors(curves)) as Run;
  });
}

/** At each time, how many students were measured who did not diverge, their mean, and its standard error. */
export interface Moments {
  counts: number[];
  mean: Curves;
  stderr: Curves;
}

/** Keeps students as they are measured. */
export function keep(K: number, M: number, alpha: readonly number[], runs: number) {
  const times = alpha.length;
  const width = rowWidth(K, M);
  const kept: Rows = { K, M, times, runs, rows: new Float64Array(times * runs * width).fill(Number.NaN) };
  const seen: (Pick<Run, 'run' | 'seed' | 'diverged'> | undefined)[] = Array(runs).fill(undefined);
  const counts: number[] = Array(times).fill(0);
  const mean = new Float64Array(times * width).fill(Number.NaN);
  const stderr = new Float64Array(times * width).fill(Number.NaN);
  /** Times at which there is something new. */
  const news = new Set<number>();

  /** As `simulate` takes its means: in the order of the runs, by Welford's recursion, so that the last digits are the same. */
  const average = (t: number): void => {
    const m = mean.subarray(t * width, (t + 1) * width).fill(0);
    const squares = new Float64Array(width);
    let n = 0;
    for (let run = 0; run < runs; run++) {
      const row = rowAt(kept, t, run);
      if (seen[run]?.diverged !== undefined || Number.isNaN(row[width - 1])) continue;
      n++;
      for (let i = 0; i < width; i++) {
        const apart = row[i] - m[i];
        m[i] += apart / n;
        squares[i] += apart * (row[i] - m[i]);
      }
    }
    counts[t] = n;
    if (n === 0) m.fill(Number.NaN);
    for (let i = 0; i < width; i++)
      stderr[t * width + i] = n < 2 ? Number.NaN : Math.sqrt(squares[i] / (n - 1) / n);
  };
  const curves = (table: Float64Array): Curves => ({
    ...curvesOf(K, M, times, (t) => table.subarray(t * width, (t + 1) * width)),
  });

  const students = () => seen.filter((one) => one !== undefined);
  return {
    rows: kept,
    take({ run, seed, index, eg, Q, R, v, diverged }: Measured): void {
      seen[run - 1] ??= { run, seed };
      if (diverged) {
        seen[run - 1]!.diverged = alpha[index];
        for (let t = 0; t < times; t++) news.add(t);
        return;
      }
      rowAt(kept, index, run - 1).set([...Q.flatMap((row, k) => row.slice(k)), ...R.flat(), ...v, eg]);
      news.add(index);
    },
    /** Forgets students who were lost: those of them who were measured are a choice. */
    forget(lost: readonly Pick<Run, 'run'>[]): void {
      for (const { run } of lost) {
        seen[run - 1] = undefined;
        for (let t = 0; t < times; t++) {
          rowAt(kept, t, run - 1).fill(Number.NaN);
          news.add(t);
        }
      }
    },
    fresh: (): boolean => news.size > 0,
    moments(): Moments {
      for (const t of news) average(t);
      news.clear();
      return { counts: [...counts], mean: curves(mean), stderr: curves(stderr) };
    },
    /** Every student who was measured at least once, and its curves. */
    students,
    curves: (): Run[] => runsOf(kept, students()),
    diverged: (): number => students().filter(({ diverged }) => diverged !== undefined).length,
  };
}
