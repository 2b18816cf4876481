import { availableParallelism } from 'node:os';
import { costs, type Figure, type PieceWatch, type Size, yardstickThen } from '../figures/index.ts';
import { duration } from '../support/duration.ts';
import type { World } from './command.ts';
import { type Expected, estimate } from './estimate.ts';
import { bar } from './progress.ts';
import { say } from './say.ts';
import { yardstick } from './yardstick.ts';

/** Milliseconds between two looks at the clock, where no piece of work says how far it is. */
const LOOK = 500;

export interface FigureProgress {
  /** The figure at this place is begun. */
  begin(place: number): void;
  /** A piece of work for it is begun. */
  piece(name: string): PieceWatch;
  /** It is made, or failed. */
  finish(): void;
  /** Writes a line that stays. */
  say(line: string): void;
  end(): void;
}

export interface ProgressSettings {
  size: Size;
  threads?: number | undefined;
  /** Milliseconds, for tests. */
  clock?: () => number;
}

/** Progress of one figure after another: how much of all is done, what is at work, and how long the rest takes. */
export function figureProgress(
  world: World,
  figures: readonly Figure[],
  { size, threads = availableParallelism(), clock = () => performance.now() }: ProgressSettings,
): FigureProgress {
  const line = bar(world, clock);
  const run = estimate(
    figures.map((figure) => expectedOf(figure, size)),
    { threads, pace: yardstick(clock) / yardstickThen, clock },
  );
  let where = '';
  let doing = '';
  const show = (): void => {
    if (where === '' || !line.due()) return;
    const { fraction, left } = run.show();
    const percent = Math.floor(100 * fraction);
    line.show(fraction, `reproduce ${percent}%, ${where}${doing}, ${duration(Math.ceil(left))} left`);
  };
  const stay = (text: string): void => {
    line.end();
    say(world, text);
  };
  if (size === 'full')
    stay(
      `this should take about ${duration(Math.ceil(run.show().left))} on the CPU; Ctrl-C keeps the work done`,
    );
  const timer = setInterval(show, LOOK);
  return {
    begin: (place) => {
      run.begin(place);
      where = `${figures[place].name} (${place + 1} of ${figures.length})`;
      doing = '';
    },
    piece: (name) => {
      const watch = run.piece(name);
      return {
        kept: watch.kept,
        progress: (fraction) => {
          watch.progress(fraction);
          doing = `: ${name}`;
          show();
        },
      };
    },
    finish: run.finish,
    say: stay,
    end: () => {
      clearInterval(timer);
      line.end();
    },
  };
}

/**
 * What a figure should cost: as measured in this size, or else the figure's own estimate, divided as in the size that
 * was measured.
 */
export function expectedOf({ name, seconds }: Figure, size: Size): Expected {
  const measured = costs[size]?.[name];
  if (measured !== undefined) return { costs: measured };
  const shares = costs.quick?.[name];
  return { ...(shares && { costs: shares }), seconds: seconds[size] };
}
