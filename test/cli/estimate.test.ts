import { describe, expect, it } from 'vitest';
import { type Estimate, type Expected, estimate, steady } from '../../src/cli/estimate.ts';

/* Runs of figures that are made up, on a clock that the test turns. */

/** A piece of work: what the table says it costs, and what it does cost on the machine of the table. */
interface Piece {
  name: string;
  table?: number;
  real: number;
  /** Whether it never says how far it is. */
  silent?: boolean;
  kept?: boolean;
}

interface Shown {
  at: number;
  fraction: number;
  left: number;
}

interface Machine {
  /** Seconds here for one of the table, at a time. */
  pace?: (at: number) => number;
  /** What the yardstick said of it. */
  guess?: number;
  /** Seconds between two looks at the progress. */
  every?: number;
  together?: boolean;
}

const STEP = 0.5;

/** What is shown in a run from its start to its end, and when it ended. */
function run(
  figures: readonly (readonly Piece[])[],
  { pace = () => 1, guess = 1, every = 1, together = false }: Machine = {},
  expected: readonly Expected[] = figures.map((pieces) => ({
    costs: pieces.flatMap(({ name, table }) =>
      table === undefined ? [] : [{ piece: name, seconds: table }],
    ),
  })),
): { shown: Shown[]; end: number } {
  let at = 0;
  const progress = estimate(expected, { threads: 2, pace: guess, clock: () => 1000 * at });
  const shown: Shown[] = [];
  const show = () => shown.push({ at, ...progress.show() });
  show();
  const work = (pieces: readonly Piece[]): void => {
    const atWork = pieces.map(({ name, real, silent, kept }) => {
      const watch = progress.piece(name);
      if (kept) watch.kept();
      else watch.progress(0);
      return { watch, real, silent, left: kept ? 0 : real };
    });
    let busy = atWork.filter(({ left }) => left > 0);
    while (busy.length > 0) {
      at += STEP;
      for (const piece of busy) {
        piece.left -= STEP / busy.length / pace(at);
        const done = Math.min(1, 1 - piece.left / piece.real);
        if (done === 1 || !piece.silent) piece.watch.progress(done);
      }
      busy = busy.filter(({ left }) => left > 0);
      if (at - shown.at(-1)!.at >= every) show();
    }
  };
  figures.forEach((pieces, place) => {
    progress.begin(place);
    if (together) work(pieces);
    else for (const piece of pieces) work([piece]);
    progress.finish();
  });
  show();
  return { shown, end: at };
}

/** Figures of pieces that cost from 1 to 40 s, in an order that looks like chance, each in the table as `wrong` says. */
const figuresOf = (wrong: (i: number) => number = () => 1, more: Partial<Piece> = {}): Piece[][] =>
  Array.from({ length: 8 }, (_, figure) =>
    Array.from({ length: 5 }, (_, piece) => {
      const i = 5 * figure + piece;
      const real = 1 + ((i * 17) % 40);
      return { name: `piece ${piece}`, real, table: real * wrong(i), ...more };
    }),
  );

function expectSteady({ shown }: { shown: Shown[] }): void {
  const fractions = shown.map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
  expect(shown.at(-1)!.left).toBeCloseTo(0, 9);
  // A tenth is done: from one look to the next what is left doubles at most, and is at least half of what should be left by then.
  const sure = shown.filter(({ fraction }) => fraction >= 0.1 && fraction < 1);
  expect(sure.length).toBeGreaterThan(5);
  sure.slice(1).forEach(({ at, left }, i) => {
    const before = sure[i];
    expect(left, `at ${at} s`).toBeLessThanOrEqual(2 * before.left + 1e-9);
    expect(left, `at ${at} s`).toBeGreaterThanOrEqual((before.left - (at - before.at)) / 2 - 1e-9);
  });
}

/** How long the run takes according to each look after a tenth of it, as parts of what it did take. */
function totals({ shown, end }: { shown: Shown[]; end: number }): number[] {
  return shown.filter(({ fraction }) => fraction >= 0.1).map(({ at, left }) => (at + left) / end);
}
function expectWithin(factor: number, run: { shown: Shown[]; end: number }): void {
  expect(Math.max(...totals(run))).toBeLessThan(factor);
  expect(Math.min(...totals(run))).toBeGreaterThan(1 / factor);
}

describe('the time that a run of figures takes', () => {
  it('is known from its start where costs and the machine are', () => {
    const made = run(figuresOf());
    expectSteady(made);
    expect(made.shown[0].left).toBeCloseTo(made.end, -1);
    expectWithin(1.02, made);
  });

  it.each<[string, Machine]>([
    ['three times as slow as was thought', { pace: () => 3 }],
    ['three times as fast', { pace: () => 1 / 3 }],
    ['three times as slow, which was measured', { pace: () => 3, guess: 3 }],
    ['slow, of which one looks seldom', { pace: () => 3, every: 10 }],
    ['slow, with pieces at work together', { pace: () => 3, together: true }],
  ])('is known after a tenth on a machine that is %s', (_, machine) => {
    for (const silent of [false, true]) {
      const made = run(figuresOf(undefined, { silent }), machine);
      expectSteady(made);
      expectWithin(1.5, made);
    }
  });

  it.each([
    ['twice what they are', () => 2],
    ['half', () => 0.5],
    ['twice or half, in turn', (i: number) => (i % 2 ? 2 : 0.5)],
    ['twice or half, figure by figure', (i: number) => (Math.floor(i / 5) % 2 ? 2 : 0.5)],
  ])('is right within a factor of two where the table says costs are %s', (_, wrong) => {
    for (const silent of [false, true])
      for (const pace of [1, 3]) {
        const made = run(figuresOf(wrong, { silent }), { pace: () => pace });
        expectSteady(made);
        expectWithin(2, made);
      }
  });

  it('follows a machine that gets slow, and fast again, without a jump', () => {
    const made = run(figuresOf(), { pace: (at) => (at > 200 && at < 900 ? 3 : 1) });
    expectSteady(made);
    // In the middle of the slow part it is taken to stay so.
    const { left } = made.shown.find(({ at }) => at >= 800)!;
    expect(left).toBeGreaterThan(made.end - 800);
  });

  it('does not jump where the table is far off, or a piece never ends', () => {
    for (const wrong of [0.01, 100])
      expectSteady(run(figuresOf((i) => (i % 5 === 1 ? wrong : 1), { silent: true })));
  });

  it('counts only what is left of a run that goes on', () => {
    const figures = figuresOf().map((pieces, figure) =>
      pieces.map((piece, i) => ({ ...piece, kept: figure < 3 || (figure === 3 && i < 2) })),
    );
    const made = run(figures, { pace: () => 3 });
    expectSteady(made);
    const first = made.shown.find(({ at }) => at > 0)!;
    expect(first.fraction).toBeLessThan(0.02);
    expectWithin(1.5, made);
    // All of it.
    const again = run(figuresOf(undefined, { kept: true }));
    expect(again.shown.at(-1)).toEqual({ at: 0, fraction: 1, left: 0 });
  });

  it('takes a piece that the table has not from its own progress', () => {
    const [first, ...others] = figuresOf();
    const unknown: Piece = { name: 'unknown', real: 200 };
    const made = run([[...first, unknown], ...others]);
    expectSteady(made);
    const { left } = made.shown.find(({ at }) => at >= 150)!;
    expect((150 + left) / made.end).toBeGreaterThan(0.95);
    expect((150 + left) / made.end).toBeLessThan(1.1);
  });

  it('takes a figure that is known only as a whole as long as it says, on this machine', () => {
    const figures = figuresOf();
    const expected = figures.map((pieces) => ({ seconds: pieces.reduce((sum, { real }) => sum + real, 0) }));
    for (const together of [false, true])
      for (const pace of [1, 3, 20]) {
        const made = run(figures, { pace: () => pace, together }, expected);
        expectSteady(made);
        // Pieces that are still to be asked for are not known: on a machine that is not as was thought it takes more than a tenth to see that.
        if (pace === 1 || (together && pace === 3)) expectWithin(2, made);
      }
  });

  it('takes one figure alone as long as its piece says, whatever was expected', () => {
    for (const seconds of [20, 100, 500]) {
      const made = run([[{ name: 'mine', real: 100 }]], { pace: () => 7 }, [{ seconds }]);
      expectSteady(made);
      const late = made.shown.filter(({ at }) => at > 350 && at < 690);
      for (const { at, left } of late) expect((at + left) / made.end).toBeLessThan(1.6);
      if (seconds <= 100)
        for (const { at, left } of late) expect((at + left) / made.end).toBeGreaterThan(0.7);
    }
  });

  it('shares out what a figure takes in another size as its pieces were measured', () => {
    const costs = [
      { piece: 'theory', seconds: 1 },
      { piece: 'students', seconds: 8, threads: true as const },
    ];
    const left = (threads: number) =>
      estimate([{ costs, seconds: 500 }], { threads, pace: 2, clock: () => 0 }).show().left;
    expect(left(2)).toBeCloseTo(1000, 9);
    // Theory is not done sooner by more threads.
    expect(left(8)).toBeCloseTo(400, 9);
  });

  it('drops what does not come: a figure that fails, a piece that is not asked for', () => {
    let at = 0;
    const costs = [
      { piece: 'a', seconds: 100 },
      { piece: 'b', seconds: 50 },
    ];
    const progress: Estimate = estimate([{ costs }, { costs }], {
      threads: 2,
      pace: 1,
      clock: () => 1000 * at,
    });
    progress.begin(0);
    progress.piece('a').progress(0.05);
    at = 5;
    progress.finish();
    const { fraction, left } = progress.show();
    expect(fraction).toBeCloseTo(5 / 155, 2);
    expect(left).toBeGreaterThan(140);
    expect(left).toBeLessThan(160);
  });
});

it('an estimate changes by a factor of two at most, whatever comes', () => {
  expect([steady(100, 10, 95), steady(100, 10, 1000), steady(100, 10, 1)]).toEqual([95, 180, 45]);
  // What should be over long ago is late.
  expect(steady(100, 500, 400)).toBe(100);
});
