import { expect, it } from 'vitest';
import type { Simulation } from '../../src/index.ts';
import { simulationToCsv } from '../../src/report/tables/index.ts';
import { alignmentsOf } from '../../src/shallow/students/index.ts';
import { encode } from '../../src/web/exchange/address.ts';
import { describeExplorer } from '../support/explorer.ts';
import {
  becomes,
  countWorkers,
  ENDLESS,
  expectSame,
  inNode,
  press,
  pressAtFirstPoint,
  SECONDS,
  seen,
  stateWith,
  wait,
  words,
  workersLeft,
} from '../support/explorerStudents.ts';

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
        [
          ...simulationToCsv(
            { ...simulation, settings: { ...simulation.settings, threads } },
            alignmentsOf(simulation),
          ),
        ].slice(0, 9);
      expect(lines(csv)).toEqual(lines(expected));
      csv.perRun.forEach((run, i) => {
        expect(run.seed).toBe(expected.perRun[i].seed);
        expectSame(run, expected.perRun[i], 1e-12);
      });
      expect(faults).toEqual([]);
    },
  );

  it('points come while students are at work; a stop keeps them, and says of how many students they are', async () => {
    const { page, faults } = await open({ hash: encode(stateWith({ runs: 20 }, ENDLESS)) });
    await countWorkers(page);
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
      .toBe(`Stopped: the points are of ${measured} of 20 students, of which 0 came to the end.`);
    await expect.poll(() => page.locator('#students-train').isEnabled(), wait).toBe(true);
    await expect.poll(() => page.locator('#students-stop').isDisabled(), wait).toBe(true);
    expect(await workersLeft(page)).toBe(0);
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
});
