import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { type Curves, type Problem, type Simulation, simulate } from '../../src/index.ts';
import { simulationToCsv } from '../../src/report/index.ts';
import { FIRST, type State, type StudentsSettings } from '../../src/web/state/state.ts';
import { studentsProblem } from '../../src/web/students/problem.ts';
import type { StudentsSeen } from '../../src/web/students/seen.ts';
import { encode } from '../../src/web/ways/address.ts';
import { describeExplorer } from '../support/explorer.ts';
import { axeFaults, patience, scrollsSideways } from '../support/reader.ts';

const wait = { timeout: patience.timeout };

const stateWith = (students: Partial<StudentsSettings>, problem: Partial<Problem> = {}): State => ({
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
const ENDLESS = { alpha: { from: 0.1, to: 1e9, points: 100 } };
/** Students who are at work for some seconds. */
const SECONDS = { alpha: { from: 0.1, to: 5000, points: 100 } };

/** What is on the page, of what can be sent from it. */
const seen = (page: Page): Promise<StudentsSeen> =>
  page.evaluate(() => {
    const { simulation: _, ...rest } = globalThis.alignode.scene().students!;
    return rest as StudentsSeen;
  });
const becomes = (page: Page, status: string): Promise<unknown> =>
  page.waitForFunction((wanted) => globalThis.alignode.scene().students?.status === wanted, status, wait);
const press = (page: Page, what: string): Promise<void> => page.locator(`#students-${what}`).click();
const words = (page: Page, where: string): Promise<string> => page.locator(`#students-${where}`).innerText();

/** As soon as a point is there, something is pressed; both in the page, where nothing comes between. */
const pressAtFirstPoint = (page: Page, what: string): Promise<unknown> =>
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

const inNode = (state: State): Promise<Simulation> => {
  const { backend: _, ...settings } = state.students;
  return simulate(studentsProblem(state), { ...settings, backend: 'cpu', threads: 1 });
};

function expectSame(found: Curves, expected: Curves, within: number): void {
  for (const key of ['eg', 'Q', 'R', 'v'] as const) {
    const [a, b] = [found, expected].map((curves) => (curves[key] as number[][][]).flat(2) as number[]);
    expect(a).toHaveLength(b.length);
    expect(Math.max(...a.map((x, i) => Math.abs(x - b[i]))), key).toBeLessThan(within);
  }
}

describeExplorer('students on the explore page', (open) => {
  it.each(['projected', 'trained'] as const)(
    '%s students come to the numbers of simulate, and theory agrees with them in words',
    async (student) => {
      const state = stateWith({
        student,
        runs: student === 'trained' ? 10 : 40,
        N: student === 'trained' ? 60 : 500,
      });
      const { page, faults } = await open({ hash: encode(state) });
      await press(page, 'train');
      await becomes(page, 'finished');

      const { alpha, counts, mean, stderr, agreement, settings } = await seen(page);
      const expected = await inNode(state);
      expect(alpha).toEqual(expected.alpha);
      expect(alpha.length).toBeLessThanOrEqual(60);
      expect(counts).toEqual(alpha.map(() => state.students.runs));
      expectSame(mean, expected.mean, 1e-12);
      expectSame(stderr, expected.stderr, 1e-12);

      expect(agreement?.verdict.agrees).toBe(true);
      await expect.poll(() => words(page, 'verdict'), wait).toBe('✓ Theory and students agree');
      await expect
        .poll(() => words(page, 'worst'), wait)
        .toContain(`The worst of ${agreement!.tests.length.toLocaleString('en')} tests: `);
      await expect.poll(() => words(page, 'sentence'), wait).toBe(agreement!.verdict.message);
      await page.locator('.students .chart .picture > svg').waitFor(wait);
      expect(settings?.backend).toBe('cpu');
      await expect
        .poll(() => words(page, 'by'), wait)
        .toMatch(/^Computed by WebAssembly, (one worker|\d+ workers)$/);
      await expect.poll(() => words(page, 'status'), wait).toBe(`Done: ${state.students.runs} students.`);

      // What is saved as CSV is what simulate would have been saved as, but for how many threads there were.
      const csv = await page.evaluate(() => {
        const { perRun, mean, stderr, ...rest } = globalThis.alignode.scene().students!.simulation!;
        return { ...rest, mean, stderr, perRun: perRun.map((run) => ({ ...run })) };
      });
      const { threads } = csv.settings;
      const lines = (simulation: Simulation): string[] =>
        [...simulationToCsv({ ...simulation, settings: { ...simulation.settings, threads } })].slice(0, 9);
      expect(lines(csv)).toEqual(lines(expected));
      csv.perRun.forEach((run, i) => {
        expect(run.seed).toBe(expected.perRun[i].seed);
        expectSame(run, expected.perRun[i], 1e-12);
      });
      expect(faults).toEqual([]);
    },
  );

  it('students on WebGPU are the same to the digits of a GPU, and the page says that it is one in software', async () => {
    const state = stateWith({ backend: 'gpu', runs: 4, N: 30 }, { alpha: [0, 1, 5] });
    const { page, faults } = await open({ hash: encode(state) });
    await press(page, 'train');
    await becomes(page, 'finished');
    const { mean, settings } = await seen(page);
    expectSame(mean, (await inNode(state)).mean, 1e-5);
    expect(settings).toMatchObject({ backend: 'gpu', allowSoftware: true });
    await expect
      .poll(() => words(page, 'by'), wait)
      .toMatch(/^Computed by WebGPU in software \(.+\): right, and slow$/);
    // Fewer than ten students are no evidence.
    await expect.poll(() => words(page, 'verdict'), wait).toBe('… Undecided');
    expect(faults).toEqual([]);
  });

  it('points come while students are at work; a stop keeps them, and says of how many students they are', async () => {
    const { page, faults } = await open({ hash: encode(stateWith({ runs: 20 }, ENDLESS)) });
    await press(page, 'train');
    await pressAtFirstPoint(page, 'stop');
    await becomes(page, 'stopped');
    const { counts, mean, progress, settings } = await seen(page);
    expect(settings?.backend).toBe('cpu');
    expect(progress!.steps).toBeLessThan(progress!.total);
    const measured = Math.max(...counts);
    expect(measured).toBeGreaterThan(0);
    expect(counts.at(-1)).toBe(0);
    expect(Number.isFinite(mean.eg[counts.indexOf(measured)])).toBe(true);
    await expect
      .poll(() => words(page, 'status'), wait)
      .toBe(`Stopped: the points are of ${measured} of 20 students, of whom 0 came to the end.`);
    await expect.poll(() => page.locator('#students-train').isEnabled(), wait).toBe(true);
    await expect.poll(() => page.locator('#students-stop').isDisabled(), wait).toBe(true);
    // The worker of theory alone is left.
    await expect.poll(() => page.workers().length, wait).toBe(1);
    expect(faults).toEqual([]);
  });

  it('a pause holds them still; they go on to the same numbers', async () => {
    const state = stateWith({ runs: 8, N: 100 }, SECONDS);
    const { page, faults } = await open({ hash: encode(state) });
    await press(page, 'train');
    await pressAtFirstPoint(page, 'pause');
    await becomes(page, 'paused');
    await expect.poll(() => words(page, 'pause'), wait).toBe('Go on');
    const { progress } = await seen(page);
    expect(progress!.steps).toBeLessThan(progress!.total);
    await page.waitForTimeout(500);
    expect((await seen(page)).progress).toEqual(progress);
    await expect.poll(() => words(page, 'status'), wait).toBe('Paused.');
    await press(page, 'pause');
    await becomes(page, 'finished');
    const { mean, stderr } = await seen(page);
    const expected = await inNode(state);
    expectSame(mean, expected.mean, 1e-12);
    expectSame(stderr, expected.stderr, 1e-12);
    expect(faults).toEqual([]);
  });

  it('a change of the problem leaves the points, marked as of another problem; other units take them away', async () => {
    const state = stateWith({});
    const { page } = await open({ hash: encode(state) });
    const go = (to: State): Promise<void> => page.evaluate((hash) => location.assign(hash), encode(to));
    await press(page, 'train');
    await becomes(page, 'finished');
    await expect.poll(() => page.locator('#students-other').isVisible(), wait).toBe(false);

    await go({ ...state, problem: { ...state.problem, alpha: { from: 1, to: 50, points: 30 } } });
    await page.waitForFunction(
      () => JSON.stringify(globalThis.alignode.state().problem.alpha).includes('"to":50'),
      undefined,
      wait,
    );
    // Looked at at other times they are the same students.
    expect((await seen(page)).other).toBe(false);

    const faster = { ...state, problem: { ...state.problem, learningRate: 0.2 } };
    await go(faster);
    await page.locator('#students-other').waitFor({ state: 'visible', ...wait });
    expect((await seen(page)).counts[0]).toBe(12);
    await press(page, 'again');
    await page.locator('#students-other').waitFor({ state: 'hidden', ...wait });
    await becomes(page, 'finished');
    expectSame((await seen(page)).mean, (await inNode(faster)).mean, 1e-12);

    const three = { K: 3, N: 60, sigma: 0.1, seed: 1 };
    const wider = { ...state.problem, student: { draw: three }, feedback: [0.8, -0.5, 0.1] };
    await go({ ...state, problem: wider });
    await page.waitForFunction(() => globalThis.alignode.scene().students === undefined, undefined, wait);
  });

  it('what is set takes effect at the next run, which takes the place of the one at work; twice pressed is once', async () => {
    const { page, faults } = await open({ hash: encode(stateWith({ runs: 20 }, ENDLESS)) });
    await page.locator('#students-train').dblclick();
    await becomes(page, 'training');
    await page.locator('#students-runs').fill('13');
    await page.locator('#students-runs').press('Enter');
    await page.locator('#students-seed').fill('7');
    await page.locator('#students-seed').press('Enter');
    await expect.poll(() => words(page, 'who'), wait).toBe('These: 20 projected, N = 60, seed 3');
    await press(page, 'train');
    await page.waitForFunction(
      () => globalThis.alignode.scene().students?.asked.runs === 13,
      undefined,
      wait,
    );
    await expect.poll(() => words(page, 'who'), wait).toBe('These: 13 projected, N = 60, seed 7');
    // Stopped before it has begun, too.
    await press(page, 'stop');
    await becomes(page, 'stopped');
    for (let i = 0; i < 20; i++)
      await page.evaluate((seed) => {
        const field = document.getElementById('students-seed') as HTMLInputElement;
        field.value = String(seed);
        field.dispatchEvent(new Event('change'));
        document.getElementById('students-train')!.click();
      }, 100 + i);
    await becomes(page, 'training');
    expect((await seen(page)).asked.seed).toBe(119);
    await press(page, 'stop');
    await becomes(page, 'stopped');
    await expect.poll(() => page.workers().length, wait).toBe(1);
    expect(faults).toEqual([]);
  });

  it('a GPU that is missing is told of with what would do, and the automatic choice does without', async () => {
    const { page } = await open({ hash: encode(stateWith({ backend: 'gpu' })) });
    await page.route('**/assets/worker-*.js', async (route) => {
      const response = await route.fetch();
      const hidden = "Object.defineProperty(navigator, 'gpu', { value: undefined });";
      await route.fulfill({ response, body: `${hidden}${await response.text()}` });
    });
    await press(page, 'train');
    await becomes(page, 'failed');
    await expect
      .poll(() => words(page, 'status'), wait)
      .toBe(
        'Not trained: backend: "gpu" does not run here: this page has no WebGPU; use a browser that has it, and https or localhost, without which browsers hide it (or use "auto")',
      );
    await page.locator('#students-backend').selectOption('auto');
    await press(page, 'train');
    await becomes(page, 'finished');
    await expect.poll(() => words(page, 'by'), wait).toMatch(/^Computed by WebAssembly/);
  });

  it('a worker that breaks is told of, and another can be tried', async () => {
    const { page } = await open({ hash: encode(stateWith({})) });
    let broken = true;
    await page.route('**/assets/worker-*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill(broken ? { response, body: "throw new Error('a bad wire')" } : { response });
    });
    await press(page, 'train');
    await becomes(page, 'failed');
    await expect.poll(() => page.locator('.notice.fault').innerText(), wait).toContain('a bad wire');
    broken = false;
    await press(page, 'train');
    await becomes(page, 'finished');
  });

  it('what cannot be trained is said before it is tried, and what would take long', async () => {
    const { page } = await open({ hash: encode(stateWith({ N: 3 })) });
    await expect.poll(() => words(page, 'cost'), wait).toBe('N = 3 is too small: use at least K + M = 4.');
    await expect.poll(() => page.locator('#students-train').isDisabled(), wait).toBe(true);
    await page.locator('#students-N').fill('1000000');
    await page.locator('#students-N').press('Enter');
    await expect
      .poll(() => words(page, 'cost'), wait)
      .toBe('12 students × 20 million examples: 240 million steps.');
    await page.locator('#students-runs').fill('1000');
    await page.locator('#students-runs').press('Enter');
    await expect.poll(() => words(page, 'cost'), wait).toContain('20 billion steps. That is long');
    await page.locator('#students-runs').fill('2.5');
    await page.locator('#students-runs').press('Enter');
    await expect
      .poll(() => page.locator('#students-runs-fault').innerText(), wait)
      .toContain('type a whole number from 1');
  });

  it('students who diverge are said to, and are in no mean', async () => {
    const wild = stateWith(
      { N: 30 },
      { activation: 'linear', rule: 'bp', learningRate: 20, alpha: [0, 1, 5, 10, 20, 40] },
    );
    const { page } = await open({ hash: encode(wild) });
    await press(page, 'train');
    await becomes(page, 'finished');
    expect((await seen(page)).diverged).toBe(12);
    await expect
      .poll(() => words(page, 'status'), wait)
      .toContain('12 students diverged and are in no mean.');
  });

  it('the card has no fault that axe finds, light or dark, and fits a phone', async () => {
    const { page } = await open({ hash: encode(stateWith({})), width: 390 });
    await press(page, 'train');
    await becomes(page, 'finished');
    expect(await scrollsSideways(page)).toBe(false);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const faults = await axeFaults(page);
      expect(faults.filter((fault) => fault.includes('students'))).toEqual([]);
    }
  });
});
