import type { Figure, Size } from '../figures/index.ts';
import type { World } from './command.ts';
import { type Progress, progress } from './progress.ts';

/** Milliseconds between two looks at the clock, where no piece of work tells how far it is. */
const LOOK = 500;

export interface FigureProgress {
  /** The figure at this place is begun. */
  begin(place: number): void;
  /** What is at work for it, and how far that is. */
  piece(name: string, fraction: number): void;
  /** Writes a line that stays. */
  say(line: string): void;
  end(): void;
}

/** Progress of one figure after another. */
export function figureProgress(
  world: World,
  figures: readonly Figure[],
  size: Size,
  clock: () => number = () => performance.now(),
): FigureProgress {
  const bar: Progress = progress(world, 'reproduce', clock);
  const seconds = figures.map((figure) => figure.seconds[size]);
  const fraction = fractionOf(seconds, clock);
  let where = '';
  let doing = '';
  const show = (): void => {
    if (where !== '') bar.update(fraction.now(), undefined, `${where}${doing}`);
  };
  const timer = setInterval(show, LOOK);
  return {
    begin: (place) => {
      fraction.begin(place);
      where = `${figures[place].name} (${place + 1} of ${figures.length})`;
      doing = '';
    },
    piece: (name, part) => {
      doing = `: ${name} ${(100 * part).toFixed(0)}%`;
      show();
    },
    say: (line) => {
      bar.end();
      world.stderr.write(`alignode: ${line}\n`);
    },
    end: () => {
      clearInterval(timer);
      bar.end();
    },
  };
}

/**
 * How much of all is done when each figure weighs the seconds that it should take. How many pieces of work a figure is made of
 * is not known beforehand: within it the clock alone counts.
 */
export function fractionOf(
  seconds: readonly number[],
  clock: () => number,
): { begin(place: number): void; now(): number } {
  const sum = (some: readonly number[]): number => some.reduce((total, one) => total + one, 0);
  const all = sum(seconds);
  let place = 0;
  let begun = clock();
  return {
    begin: (next) => {
      place = next;
      begun = clock();
    },
    now: () => {
      const expected = seconds[place];
      const share = shareAfter((clock() - begun) / 1000 / expected);
      return (sum(seconds.slice(0, place)) + expected * share) / all;
    },
  };
}

/** From here on a figure is slower than was expected. */
const LATE = 0.8;

/** What is done after this part of the time expected: as much at first; but a figure that takes longer is never done. */
function shareAfter(t: number): number {
  if (t < LATE) return t;
  return Math.min(0.99, 1 - (1 - LATE) * Math.exp(-(t - LATE) / (1 - LATE)));
}
