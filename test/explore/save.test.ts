import { describe, expect, it } from 'vitest';
import { integrate, type Problem, resolveProblem } from '../../src/index.ts';
import { curveToCsv } from '../../src/report/tables/index.ts';
import { encode } from '../../src/web/exchange/address.ts';
import { written } from '../../src/web/exchange/written.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { SHORT } from '../support/controls.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import { faultsTold, HERS, IMPOSSIBLE, SMALL } from '../support/explorerExchange.ts';
import { expectClose, saved, solved, WITH_STUDENTS } from '../support/explorerSaves.ts';

describe('what is written for people', () => {
  it('is the same JSON, a row of a matrix to a line and many numbers in few lines', () => {
    const problem = { ...resolveProblem(SMALL), alpha: Array.from({ length: 50 }, (_, i) => i / 7) };
    const text = written(problem);
    expect(JSON.parse(text)).toEqual(problem);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text.split('\n').length).toBeLessThan(40);
    expect(written({ a: undefined, b: "it's", c: {} }, 'ts')).toBe(`{ b: "it's", c: {} }`);
    expect(written(FIRST.problem, 'ts')).toContain("activation: 'erf',\n");
  });
});

describeExplorer('what the explore page saves', (open) => {
  it.each([
    ['the first state', FIRST],
    ['a drawn teacher, relu and noise', HERS],
    ['a second layer set by hand', WITH_STUDENTS],
  ])('the theory is what the library computes in Node: %s', async (_, state) => {
    const { page, faults } = await open({ hash: encode(state) });
    // Not waited for: what is saved waits for the exact curve.
    const csv = await saved(page, 'Theory', 'CSV');
    const curve = integrate(await solved(page));
    expect(csv.name).toBe('alignode-theory.csv');
    expectClose(csv.bytes.toString(), curveToCsv(curve));
    const json = await saved(page, 'Theory', 'JSON');
    expect(json.name).toBe('alignode-theory.json');
    // The same curve as in the CSV, to the last digit.
    expect(curveToCsv(JSON.parse(json.bytes.toString()))).toBe(csv.bytes.toString());
    const problem = await saved(page, 'Problem', 'JSON');
    expect(problem.name).toBe('alignode-problem.json');
    const read = JSON.parse(problem.bytes.toString()) as Problem;
    if (state.v === undefined) expect(read).toEqual(state.problem);
    expectClose(curveToCsv(integrate(read)), csv.bytes.toString());
    expect(faults).toEqual([]);
  });

  it('the menu opens and closes by keyboard, and closes when something else is pressed', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    await settled(page);
    const row = page.locator('#save .row').first();
    await page.locator('#save summary').focus();
    await page.keyboard.press('Enter');
    await row.waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Save Problem as JSON',
    );
    await page.keyboard.press('Escape');
    await row.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
    await page.keyboard.press('Enter');
    await row.waitFor();
    await page.locator('h1').click();
    await row.waitFor({ state: 'hidden' });
  });

  it('where there is no curve it says why, and saves the problem all the same', async () => {
    const { page } = await open({ hash: encode({ ...FIRST, problem: IMPOSSIBLE }) });
    await settled(page);
    await page.locator('#save summary').click();
    await page.getByRole('button', { name: 'Save Theory as CSV' }).click();
    await faultsTold(page)
      .getByText(/no curve to be saved: teacher\.T: found T_1_2 = 3/)
      .waitFor();
    expect(JSON.parse((await saved(page, 'Problem', 'JSON')).bytes.toString())).toEqual(IMPOSSIBLE);
  });

  it('a curve that breaks off is saved as far as it goes, and that is told', async () => {
    const problem: Problem = {
      ...SMALL,
      activation: 'linear',
      rule: 'bp',
      learningRate: 3,
      trainSecondLayer: false,
      student: {
        Q: [
          [1, 0.1],
          [0.1, 1],
        ],
        R: [
          [0.5, 0.1],
          [0.2, 0.4],
        ],
        v: [1, 1],
      },
      alpha: { from: 0.01, to: 1000, points: 50 },
    };
    const { page } = await open({ hash: encode({ ...FIRST, problem }) });
    const { bytes } = await saved(page, 'Theory', 'CSV');
    await faultsTold(page)
      .getByText(/breaks off: .*diverge/)
      .waitFor();
    const rows = bytes.toString().trimEnd().split('\n').slice(5);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(50);
  });
});

describeExplorer('code of the explore page', (open) => {
  it('without students there are none in it', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    await page.getByRole('button', { name: 'Code…' }).click();
    expect(await page.locator('#code-command').textContent()).not.toContain('simulate');
    expect(await page.locator('#code-typescript').textContent()).not.toContain('simulate');
  });

  it('where the browser does not copy, the text is selected', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
    });
    await page.getByRole('button', { name: 'Code…' }).click();
    await page.getByRole('button', { name: 'Copy as command' }).click();
    await page.getByText('the text is selected').waitFor();
    const selected = await page.evaluate(() => getSelection()!.toString().trim());
    expect(selected).toBe((await page.locator('#code-command').textContent())!.trim());
    await page.keyboard.press('Escape');
    await page.locator('#code').waitFor({ state: 'hidden' });
  });
});
