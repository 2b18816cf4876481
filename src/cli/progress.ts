import { duration } from '../support/duration.ts';
import type { World } from './command.ts';

const BAR = 24;
/** Milliseconds: when a bar first shows, how often it moves, and how often a line is written where there is none. */
const QUIET = 700;
const REFRESH = 100;
const LINE = 10_000;
/** Milliseconds over which the rate is taken: the time left follows the recent rate, not that of the start. */
const WINDOW = 30_000;
/** The time left is shown from when this part of the work, or this many milliseconds of it, has been seen. */
const PART = 0.02;
const SEEN = 5_000;

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

/** A bar with rate and time left. What passes before the work begins, as threads start, says nothing of its rate. */
export function progress(
  world: World,
  label: string,
  clock: () => number = () => performance.now(),
  /** What was done before the clock began to run. */
  earlier = { fraction: 0, steps: 0 },
): Progress {
  const line = bar(world, clock);
  /** The progress at past times, as far back as it matters. */
  const marks = [{ at: clock(), ...earlier }];
  let begun = false;
  return {
    update(fraction, steps, where) {
      const mark = { at: clock(), fraction, steps: steps ?? 0 };
      if (!begun && fraction > earlier.fraction) {
        begun = true;
        // A first report of much work is of work that took its time.
        if (fraction - earlier.fraction < PART) marks.splice(0, marks.length, mark);
      }
      if (!line.due()) return;
      marks.push(mark);
      while (marks.length > 2 && mark.at - marks[1].at >= WINDOW) marks.shift();
      const [since] = marks;
      const seconds = (mark.at - since.at) / 1000;
      const gained = fraction - since.fraction;
      const known = gained >= PART || (gained > 0 && mark.at - since.at >= SEEN);
      const parts = [
        `${label} ${where}`,
        `${(100 * fraction).toFixed(0)}%`,
        ...(known && steps !== undefined
          ? [`${((steps - since.steps) / seconds).toPrecision(3)} steps/s`]
          : []),
        ...(known ? [`${duration(Math.ceil((seconds * (1 - fraction)) / gained))} left`] : []),
      ];
      line.show(fraction, parts.join(', '));
    },
    end: line.end,
  };
}
