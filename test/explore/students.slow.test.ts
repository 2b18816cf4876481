import { expect, it } from 'vitest';
import { encode } from '../../src/web/exchange/address.ts';
import type { State } from '../../src/web/state/state.ts';
import { describeExplorer } from '../support/explorer.ts';
import {
  becomes,
  countWorkers,
  ENDLESS,
  expectSame,
  inNode,
  press,
  seen,
  stateWith,
  wait,
  words,
  workersLeft,
} from '../support/explorerStudents.ts';
import { axeFaults, scrollsSideways } from '../support/reader.ts';

describeExplorer('students on the explore page', (open) => {
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

  it('what is set takes effect at the next run, which takes the place of the one at work; twice pressed is once', async () => {
    const { page, faults } = await open({ hash: encode(stateWith({ runs: 20 }, ENDLESS)) });
    await countWorkers(page);
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
    expect(await workersLeft(page)).toBe(0);
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
});
