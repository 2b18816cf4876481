import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Mark } from '../../src/draw/index.ts';
import type { Drawing } from '../../src/figures/index.ts';

/** One line of a figure: theory, which is exact. */
export interface StoredLine {
  panel: string;
  name: string;
  x: number[];
  y: number[];
}

const folder = new URL('../fixtures/figures/', import.meta.url);
const DIGITS = 9;
const LINES: readonly Mark[] = ['line', 'dashed', 'dotted'];

/** The lines of a figure: its theory. */
export const linesOf = ({ panels }: Pick<Drawing, 'panels'>): StoredLine[] =>
  panels.flatMap(({ name: panel, traces }) =>
    traces.filter(({ mark }) => LINES.includes(mark)).map(({ name, x, y }) => ({ panel, name, x, y })),
  );

/** Every n-th point of a line. */
export const every = (n: number, line: StoredLine): StoredLine => ({
  ...line,
  x: line.x.filter((_, i) => i % n === 0),
  y: line.y.filter((_, i) => i % n === 0),
});

/**
 * What is stored of a figure in test/fixtures/figures/NAME.json. Where there is no such file, `now` is stored: to store one figure anew,
 * delete its file and run the test; `npm run fixtures:figures` stores all. What has changed is seen in review.
 */
export function stored<T>(name: string, now: T): T {
  const file = new URL(`${name}.json`, folder);
  if (!existsSync(file)) {
    expect(process.env.CI, `${name}.json is not stored`).not.toBe('true');
    mkdirSync(folder, { recursive: true });
    const short = (_key: string, value: unknown): unknown =>
      typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value;
    writeFileSync(file, `${JSON.stringify(now, short)}\n`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The lines are those stored: every number to a relative tolerance, or to an absolute one where that is wider. */
export function expectStoredLines(
  name: string,
  lines: readonly StoredLine[],
  { relative = 1e-6, absolute = 0 } = {},
): void {
  const before = stored(name, lines);
  const namesOf = (some: readonly StoredLine[]): string[] =>
    some.map(({ panel, name: line, x }) => `${panel}, ${line}: ${x.length} points`);
  expect(namesOf(lines)).toEqual(namesOf(before));
  lines.forEach((line, l) => {
    for (const axis of ['x', 'y'] as const)
      line[axis].forEach((value, i) => {
        const expected = before[l][axis][i];
        expect(
          Math.abs(value - expected),
          `${line.panel}, ${line.name}, ${axis}[${i}]: ${value}, stored ${expected}`,
        ).toBeLessThanOrEqual(Math.max(relative * Math.abs(expected), absolute));
      });
  });
}
