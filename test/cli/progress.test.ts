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
