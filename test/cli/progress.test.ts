import { expect, test } from 'vitest';
import { progress } from '../../src/cli/progress.ts';

/** A progress on a clock that the test turns. */
function at(isTTY: boolean) {
  let now = 0;
  let text = '';
  const stderr = {
    isTTY,
    write: (part: string) => {
      text += part;
    },
  };
  const bar = progress({ stderr } as unknown as Parameters<typeof progress>[0], 'work', () => now);
  return {
    bar,
    after: (milliseconds: number) => {
      now += milliseconds;
    },
    shown: () => text,
  };
}

test('short work shows nothing', () => {
  for (const isTTY of [true, false]) {
    const { bar, after, shown } = at(isTTY);
    after(500);
    bar.update(0.5, 10, 'half');
    bar.end();
    expect(shown()).toBe('');
  }
});

test('a terminal gets a bar with rate and time left, wiped at the end', () => {
  const { bar, after, shown } = at(true);
  after(2000);
  bar.update(0.25, 100, 'alpha 1 of 4');
  expect(shown()).toContain('alpha 1 of 4, 25%, 50.0 steps/s, 6 s left');
  bar.end();
  expect(shown().endsWith('\r\x1b[K')).toBe(true);
});

test('elsewhere a line is written now and then, not at every step', () => {
  const { bar, after, shown } = at(false);
  for (let second = 1; second <= 25; second++) {
    after(1000);
    bar.update(second / 7200, second, `alpha ${second}`);
  }
  const lines = shown().trimEnd().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(2);
  expect(lines.length).toBeLessThanOrEqual(4);
  expect(lines.at(-1)).toMatch(/1 h 59 min left/);
});

test('what took long at the start is not held against what is left', () => {
  const { bar, after, shown } = at(true);
  after(20_000);
  bar.update(0.01, 10, 'begun');
  for (let second = 1; second <= 40; second++) {
    after(1000);
    bar.update(0.01 + second / 100, 10 + 100 * second, 'at work');
  }
  expect(shown()).toMatch(/at work, 41%, 100 steps\/s, (59|60) s left$/);
});

test('no time left is shown before there is ground for it', () => {
  const { bar, after, shown } = at(true);
  // Threads start for a second; then a run of a minute goes on steadily.
  bar.update(0, 0, 'at work');
  after(1000);
  bar.update(0.00002, 20, 'at work');
  after(200);
  bar.update(0.0033, 3300, 'at work');
  expect(shown()).toMatch(/at work, 0%$/);
  after(1000);
  bar.update(0.02, 20_000, 'at work');
  expect(shown()).toMatch(/at work, 2%$/);
  after(1000);
  bar.update(0.0367, 36_700, 'at work');
  expect(shown()).toMatch(/at work, 4%, 1.67e\+4 steps\/s, (57|58|59) s left$/);
});

test('long work has an estimate after some seconds of it, however small a part they are', () => {
  const { bar, after, shown } = at(true);
  after(20_000);
  bar.update(1e-5, 10, 'begun');
  after(6000);
  bar.update(7e-5, 70, 'going on');
  expect(shown()).toMatch(
    /going on, 0%, 10.0 steps\/s, 27 h 47 min left$|going on, 0%, 10.0 steps\/s, .* left$/,
  );
});
