import type { Page } from 'playwright';
import { expect } from 'vitest';
import { type Curves, type Problem, type Simulation, simulate } from '../../src/index.ts';
import { FIRST, type State, type StudentsSettings } from '../../src/web/state/state.ts';
import { studentsProblem } from '../../src/web/students/problem.ts';
import type { StudentsSeen } from '../../src/web/students/seen.ts';
import { patience } from './reader.ts';

export const wait = { timeout: patience.timeout };

export const stateWith = (students: Partial<StudentsSettings>, problem: Partial<Problem> = {}): State => ({
  ...FIRST,
  problem: {
    ...FIRST.problem,
    student: {
      Q: [
        [0.3, 0.1],
        [0.1, 0.2],
      ],
      R: [
        [0.2, -0.1],
        [0.1, 0.15],
      ],
      v: [0.3, -0.2],
    },
    alpha: { from: 0.1, to: 20, points: 100 },
    ...problem,
  },
  students: { N: 60, runs: 12, seed: 3, student: 'projected', backend: 'cpu', ...students },
});

/** Students who would be at work for days. */
export const ENDLESS = { alpha: { from: 0.1, to: 1e9, points: 100 } };
/** Students who are at work for some seconds. */
export const SECONDS = { alpha: { from: 0.1, to: 5000, points: 100 } };

/** What is on the page, of what can be sent from it. */
export const seen = (page: Page): Promise<StudentsSeen> =>
  page.evaluate(() => {
    const { simulation: _, ...rest } = globalThis.alignode.scene().students!;
    return rest as StudentsSeen;
  });
export const becomes = (page: Page, status: string): Promise<unknown> =>
  page.waitForFunction((wanted) => globalThis.alignode.scene().students?.status === wanted, status, wait);
export const press = (page: Page, what: string): Promise<void> => page.locator(`#students-${what}`).click();
export const words = (page: Page, where: string): Promise<string> =>
  page.locator(`#students-${where}`).innerText();

/** As soon as a point is there, something is pressed; both in the page, where nothing comes between. */
export const pressAtFirstPoint = (page: Page, what: string): Promise<unknown> =>
  page.waitForFunction(
    (id) => {
      const { counts, status } = globalThis.alignode.scene().students ?? { counts: [], status: '' };
      if (!counts.some((n) => n > 0) || status !== 'training') return false;
      document.getElementById(id)!.click();
      return true;
    },
    `students-${what}`,
    wait,
  );

declare global {
  // Workers that the page has begun and not ended since `countWorkers`.
  var workersOpen: number;
}

/**
 * From now on the page counts the workers that it begins and has not ended. What Playwright lists may hold one more for
 * good, if it was ended while its script was loading: such a worker does no work, and the debugger never hears its end.
 */
export const countWorkers = (page: Page): Promise<void> =>
  page.evaluate(() => {
    globalThis.workersOpen = 0;
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        globalThis.workersOpen++;
      }
      override terminate(): void {
        super.terminate();
        globalThis.workersOpen--;
      }
    };
  });
export const workersLeft = (page: Page): Promise<number> => page.evaluate(() => globalThis.workersOpen);

export const inNode = (state: State): Promise<Simulation> => {
  const { backend: _, ...settings } = state.students;
  return simulate(studentsProblem(state), { ...settings, backend: 'cpu', threads: 1 });
};

export function expectSame(found: Curves, expected: Curves, within: number): void {
  for (const key of ['eg', 'Q', 'R', 'v'] as const) {
    const [a, b] = [found, expected].map((curves) => (curves[key] as number[][][]).flat(2) as number[]);
    expect(a).toHaveLength(b.length);
    expect(Math.max(...a.map((x, i) => Math.abs(x - b[i]))), key).toBeLessThan(within);
  }
}
