import { duration } from '../support/duration.ts';
import type { World } from './command.ts';

const BAR = 24;
/** Milliseconds: when a bar first shows, how often it moves, and how often a line is written where there is none. */
const QUIET = 700;
const REFRESH = 100;
const LINE = 10_000;
/** Milliseconds over which the rate is taken: the time left follows the recent rate, not that of the start. */
const WINDOW = 30_000;

export interface Progress {
  /**
   * `fraction` of the work is done, after `steps` steps if it has any; `where` says how far in the work's own terms.
   */
  update(fraction: number, steps: number | undefined, where: string): void;
  end(): void;
}

/** A bar on a terminal; elsewhere one line now and then. Short work shows nothing. */
export interface Bar {
  /** Whether it is time to show something again. */
  due(): boolean;
  show(fraction: number, text: string): void;
  end(): void;
}

export function bar(world: World, clock: () => number): Bar {
  const start = clock();
  const terminal = world.stderr.isTTY === true;
  let last = start + QUIET - (terminal ? REFRESH : LINE);
  let shown = false;
  return {
    due() {
      const now = clock();
      return now - last >= (terminal ? REFRESH : LINE) && now - start >= QUIET;
    },
    show(fraction, text) {
      last = clock();
      const full = Math.round(BAR * fraction);
      const line = `[${'█'.repeat(full)}${'·'.repeat(BAR - full)}] ${text}`;
      // A line that wraps could not be erased.
      const width = world.stderr.columns || Number.POSITIVE_INFINITY;
      world.stderr.write(terminal ? `\r\x1b[K${line.slice(0, width - 1)}` : `${text}\n`);
      shown = true;
    },
    end() {
      if (terminal && shown) world.stderr.write('\r\x1b[K');
    },
  };
}

/** A bar with rate and time left. */
export function progress(
  world: World,
  label: string,
  clock: () => number = () => performance.now(),
): Progress {
  const line = bar(world, clock);
  /** The progress at past times, as far back as it matters. */
  const marks = [{ at: clock(), fraction: 0, steps: 0 }];
  return {
    update(fraction, steps, where) {
      if (!line.due()) return;
      const now = clock();
      marks.push({ at: now, fraction, steps: steps ?? 0 });
      while (marks.length > 2 && now - marks[1].at >= WINDOW) marks.shift();
      const [since] = marks;
      const seconds = (now - since.at) / 1000;
      const gained = fraction - since.fraction;
      const left = gained > 0 ? (seconds * (1 - fraction)) / gained : Number.POSITIVE_INFINITY;
      const rate = steps === undefined ? '' : ` ${((steps - since.steps) / seconds).toPrecision(3)} steps/s,`;
      line.show(
        fraction,
        `${label} ${where}, ${(100 * fraction).toFixed(0)}%,${rate} ${duration(Math.ceil(left))} left`,
      );
    },
    end: line.end,
  };
}
