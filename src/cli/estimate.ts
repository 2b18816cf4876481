import type { Cost, PieceWatch } from '../figures/index.ts';

/**
 * What a figure should cost: its pieces, where they are known, and the seconds in all, on two threads, where these are
 * not the sum of the pieces.
 */
export interface Expected {
  costs?: readonly Cost[];
  seconds?: number;
}

export interface Estimate {
  begin(place: number): void;
  /** A piece of the current figure has begun. */
  piece(name: string): PieceWatch;
  /** The current figure is made, or has failed: expected pieces that have not come will not come. */
  finish(): void;
  /** The part of this run that is done, which never falls, and the seconds left. */
  show(): { fraction: number; left: number };
}

export interface Settings {
  /** Threads of this run; the seconds of the table are for two. */
  threads: number;
  /** Seconds here for one second of the table, as a first guess. */
  pace: number;
  /** Milliseconds. */
  clock: () => number;
}

/** Some work, all of whose costs are in seconds of the table. */
interface Item {
  name: string;
  cost: number;
  done: number;
  /** Seconds here for which it was at work. */
  spent: number;
  state: 'to come' | 'at work' | 'over';
  /** The fraction that it has reported; undefined if it never has, and then the clock alone counts. */
  reported?: number;
  /** Its cost is not in the table. */
  unknown?: true;
  /** For a figure that is known only as a whole: the fractions reported by the pieces that it has asked for so far. */
  parts?: number[];
}

/** The name for what a figure does besides its pieces. */
const DRAWING = 'drawing';

/** Parts of the run: the weight of the first guess of the pace, and how much work it takes to forget what was seen. */
const GUESS = 0.03;
const MEMORY = 0.3;

/**
 * How long a run of several figures takes. Each piece of work has the weight that it cost when the table was measured;
 * the pace of this machine is measured on the pieces done and at work.
 */
export function estimate(figures: readonly Expected[], { threads, pace, clock }: Settings): Estimate {
  const plans = figures.map((figure) => itemsOf(figure, threads));
  const over = (what: 'cost' | 'done'): number =>
    sum(plans.map((items) => sum(items.map((item) => item[what]))));
  const total = (): number => over('cost');
  const done = (): number => over('done');
  const guess = GUESS * total();
  /** Seconds here, and the seconds of the table for the same work. */
  const seen = { here: pace * guess, table: guess };
  const paceNow = (): number => (seen.table > 0 ? seen.here / seen.table : pace);
  let now = clock();
  let before = 0;
  let at = -1;
  let highest = 0;
  let last: { left: number; at: number } | undefined;

  /** Records the time since the last call, and the work done in it. */
  const tick = (): void => {
    const passed = (clock() - now) / 1000;
    now += 1000 * passed;
    const items = plans[at] ?? [];
    const pieces = items.filter(({ name, state }) => state === 'at work' && name !== DRAWING);
    const drawing = items.filter(({ name, state }) => state === 'at work' && name === DRAWING);
    const atWork = pieces.length > 0 ? pieces : drawing;
    for (const item of atWork) {
      item.spent += passed / atWork.length;
      advance(item, paceNow());
    }
    const gained = Math.max(0, done() - before);
    before += gained;
    const kept = Math.exp(-gained / (MEMORY * total() || 1));
    seen.here = kept * seen.here + passed;
    seen.table = kept * seen.table + gained;
  };

  /** A piece of a figure that is known only as a whole. */
  const part = (whole: Item, parts: number[]): PieceWatch => {
    const place = parts.push(0) - 1;
    return {
      kept: () => {
        parts[place] = 1;
      },
      progress: (fraction) => {
        parts[place] = Math.max(parts[place], fraction);
        tick();
        advance(whole, paceNow());
      },
    };
  };

  return {
    begin: (place) => {
      tick();
      at = place;
      for (const item of plans[at]) if (item.name === DRAWING) item.state = 'at work';
    },
    piece: (name) => {
      tick();
      const items = plans[at];
      const [whole] = items;
      if (whole.parts !== undefined) return part(whole, whole.parts);
      const found = items.find((item) => item.name === name && item.state === 'to come');
      const item = found ?? { name, cost: 0, done: 0, spent: 0, state: 'to come', unknown: true };
      if (found === undefined) items.push(item);
      item.state = 'at work';
      return {
        kept: () => {
          Object.assign(item, { cost: 0, done: 0, state: 'over' });
        },
        progress: (fraction) => {
          tick();
          if (fraction > 0) item.reported = Math.max(item.reported ?? 0, fraction);
          advance(item, paceNow());
          if (fraction >= 1) end(item);
          tick();
        },
      };
    },
    finish: () => {
      tick();
      for (const item of plans[at]) {
        if (item.name === DRAWING) item.done = item.cost;
        item.cost = item.done;
        item.state = 'over';
      }
      tick();
      at = -1;
    },
    show: () => {
      tick();
      const all = total();
      const fraction = all > 0 ? done() / all : 1;
      highest = Math.max(highest, fraction);
      // At the end nothing is left, whatever was expected.
      if (fraction === 1) return { fraction: 1, left: 0 };
      const raw = paceNow() * (all - done());
      const left = last === undefined ? raw : steady(last.left, (now - last.at) / 1000, raw);
      if (highest >= SURE) last = { left, at: now };
      return { fraction: highest, left };
    },
  };
}

/** From this part of the run on, the time left does not jump. */
const SURE = 0.1;

/** The time left by a new estimate, kept between half and twice what follows from the last one. */
export function steady(before: number, passed: number, raw: number): number {
  const expected = Math.max(before - passed, before / 2);
  return Math.min(2 * expected, Math.max(expected / 2, raw));
}

function itemsOf({ costs, seconds }: Expected, threads: number): Item[] {
  const item = (name: string, cost: number): Item => ({ name, cost, done: 0, spent: 0, state: 'to come' });
  if (costs === undefined) return [{ ...item(DRAWING, seconds ?? 0), parts: [] }];
  const on = (count: number) => (cost: Cost) => cost.seconds / (cost.threads ? count : 1);
  const scale = seconds === undefined ? 1 : seconds / sum(costs.map(on(2)));
  return costs.map((cost) => item(cost.piece, scale * on(threads)(cost)));
}

/** Updates how far an item is: by its own report, or else by the clock. */
function advance(item: Item, pace: number): void {
  if (item.state !== 'at work') return;
  const { spent } = item;
  const reported = item.unknown && (item.reported ?? 0) < EARLY ? undefined : item.reported;
  if (item.unknown) item.cost = Math.max(item.done, spent / pace / (reported ?? 1));
  const share = reported ?? (item.unknown ? 1 : shareAfter(spent / pace / item.cost));
  item.done = Math.max(item.done, Math.min(1, share, partsDone(item)) * item.cost);
}

/** How far a figure is at most, by the reports of its pieces: others may yet come. */
const partsDone = ({ parts = [] }: Item): number => (parts.length > 0 ? sum(parts) / parts.length : 1);

function end(item: Item): void {
  item.done = item.cost;
  item.state = 'over';
}

/** Below this fraction a piece's report does not tell how long it takes. */
const EARLY = 0.02;

/** From this part of the expected time on, a piece is taken to be slower than expected. */
const LATE = 0.8;

/** The part that is done after the part t of the expected time: t at first, then less, and never all of it. */
function shareAfter(t: number): number {
  if (!(t >= LATE)) return t || 0;
  return Math.min(0.99, 1 - (1 - LATE) * Math.exp(-(t - LATE) / (1 - LATE)));
}

const sum = (some: readonly number[]): number => some.reduce((total, one) => total + one, 0);
