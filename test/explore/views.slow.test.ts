import { expect, it } from 'vitest';
import type { Problem } from '../../src/index.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { describeExplorer } from '../support/explorer.ts';
import { addressOf, card, readChart, stateWith, told, unitsOf, words } from '../support/exploreViews.ts';
import { axeFaults, patience, scrollsSideways } from '../support/reader.ts';

describeExplorer('the views of the explore page', (open) => {
  it('draw 64 curves for eight and eight units with eight names', async () => {
    const { page, faults } = await open(
      addressOf(stateWith({ ...unitsOf(8, 8), alpha: { from: 0.1, to: 10, points: 200 } })),
    );
    await told(page);
    const R = await readChart(card(page, 'R'));
    expect(R.lines.filter((line) => line.length === 200).length).toBe(64);
    expect(R.words.filter((word) => word.startsWith('teacher unit')).length).toBe(8);
    const cells = await card(page, 'matrices').locator('td').allTextContents();
    expect(cells.every((cell) => cell === '' || /^−?\d\.\d\d$/.test(cell))).toBe(true);
    await page.setViewportSize({ width: 390, height: 900 });
    await expect.poll(() => scrollsSideways(page), patience).toBe(false);
    expect(faults).toEqual([]);
  });

  it('show where a curve diverges, and what would help', async () => {
    const diverging: Partial<Problem> = {
      activation: 'linear',
      rule: 'bp',
      learningRate: 2,
      trainSecondLayer: false,
      student: { draw: { K: 2, N: 500, sigma: 0.01, seed: 8, secondLayer: 'ones' } },
    };
    const { page, faults } = await open(addressOf(stateWith(diverging)));
    await told(page);
    const failure = await page.evaluate(() => globalThis.alignode.scene().theory?.failure);
    expect(failure?.code).toBe('diverged');
    expect(await card(page, 'error').locator('.fault').textContent()).toBe(failure?.message);
    expect(await words(page, 'error')).toContain('exact to 10⁻⁹ as far as it goes');
    const { svg, words: drawn } = await readChart(card(page, 'error'));
    expect(drawn).toContain('diverges');
    const dashed = Number(/<line x1="([\d.]+)"[^>]*stroke-dasharray="7 5"/.exec(svg)?.[1]);
    const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
    const expected = 74 + ((Math.log10(failure!.alpha!) + 1) / 5) * (width - 94);
    expect(Math.abs(dashed - expected)).toBeLessThan(0.2);
    // The axis of Q does not run away with it.
    const Q = await readChart(card(page, 'Q'));
    expect(Math.abs(Q.valueAt(0))).toBeLessThan(1000);
    expect(faults).toEqual([]);
  });

  it('say why the very first problem is refused, with nothing to be taken hold of', async () => {
    const { page, faults } = await open(addressOf(stateWith({ learningRate: -1 })));
    await expect.poll(() => words(page, 'error'), patience).toMatch(/learningRate: found -1;[^.]*\.$/);
    expect(await page.locator('.handle:visible, #views .picture svg').count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('say why there is no plateau and why there are no minima, where there are none', async () => {
    const relu = await open(
      addressOf(stateWith({ activation: 'relu', alpha: { from: 0.1, to: 10, points: 20 } })),
    );
    await told(relu.page);
    expect(await words(relu.page, 'plateau')).toBe('the symmetric plateau is known for erf, not for relu');
    expect(await card(relu.page, 'plateau').locator('table:visible, svg').count()).toBe(0);
    expect(await words(relu.page, 'plane')).toContain('each unit may be rescaled');

    const unequal = await open(addressOf(stateWith(unitsOf(3, 2))));
    await told(unequal.page);
    expect(await words(unequal.page, 'plane')).toContain('here K = 3 and M = 2');
  });

  it('say what the alignment of BP is measured against', async () => {
    const { page } = await open(addressOf(stateWith({ rule: 'bp' })));
    await told(page);
    expect(await words(page, 'alignment')).toContain('BP does not use F');
  });

  it('have the points of the students beside the curves', async () => {
    const state = stateWith({ alpha: { from: 0.5, to: 4, points: 4, scale: 'linear' } });
    const { page, faults } = await open(
      addressOf({ ...state, students: { ...FIRST.students, N: 20, runs: 3, backend: 'cpu' } }),
    );
    await told(page);
    await page.locator('#students-train').click();
    await page.waitForFunction(() => globalThis.alignode.scene().students?.status === 'finished');
    const marks = (id: string) => card(page, id).locator('.picture svg circle').count();
    await expect.poll(() => marks('error'), patience).toBeGreaterThanOrEqual(4);
    const times = await page.evaluate(() => globalThis.alignode.scene().students!.alpha.length);
    await expect.poll(() => marks('R'), patience).toBe(4 * times);
    await expect.poll(() => marks('Q'), patience).toBe(3 * times);
    // Besides them the v at the cursor, four minima, the best of them, and three samples in the legend.
    await expect.poll(() => marks('plane'), patience).toBeGreaterThanOrEqual(times + 6);
    expect(faults).toEqual([]);
  });
});
