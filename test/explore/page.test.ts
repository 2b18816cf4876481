import { expect, it } from 'vitest';
import { integrate } from '../../src/index.ts';
import { encode } from '../../src/web/exchange/address.ts';
import { problemOf } from '../../src/web/state/problem.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { SHORT } from '../support/controls.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import { readersFaults } from '../support/explorerAxe.ts';
import { patience } from '../support/reader.ts';
import { expectSameCurve } from '../support/sameCurve.ts';

const trainAboveBar = (): boolean => {
  const [train, bar] = ['students-train', 'transport'].map((id) =>
    document.getElementById(id)!.getBoundingClientRect(),
  );
  return train.bottom <= bar.top;
};

/** Pixels between a card and the next one below it. */
const largestHole = (): number => {
  const cards = [...document.querySelectorAll('.card')].map((card) => card.getBoundingClientRect());
  const below = cards.map(({ left, right, bottom }) =>
    Math.min(
      ...cards
        .filter((one) => one.left < right && left < one.right && one.top >= bottom)
        .map(({ top }) => top - bottom),
    ),
  );
  return Math.max(...below.filter(Number.isFinite));
};

describeExplorer('the explore page', (open) => {
  it('opens with the curve of its first problem, to the numbers that integrate gives, and no fault', async () => {
    const { page, faults } = await open();
    await settled(page);
    const curve = await page.evaluate(() => globalThis.alignode.scene().theory!.curve);
    expectSameCurve(curve, integrate(problemOf(FIRST)));
    expect(await page.locator('#view-error svg path').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  it('is as accessible as axe can tell, and never scrolls sideways, at 1280 pixels', async () => {
    const { page, faults } = await open();
    expect(await readersFaults(page, 'dark')).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('shows Train above the bar without being scrolled, and cards without holes between them, in usual windows', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    await settled(page);
    for (const [width, height] of [
      [1024, 768],
      [1280, 720],
      [1366, 768],
      [1400, 1000],
      [1440, 900],
      [1920, 1080],
    ]) {
      await page.setViewportSize({ width, height });
      // Charts follow the width a frame later, and cards the height of their charts.
      const wait = { ...patience, message: `${width} × ${height}` };
      await expect.poll(() => page.evaluate(trainAboveBar), wait).toBe(true);
      await expect.poll(() => page.evaluate(largestHole), wait).toBeLessThan(200);
    }
  });

  it('has room for every title to start from, and for long messages beside their buttons', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    await settled(page);
    // All of the head's room: nothing stands beside it.
    const [head, select] = await page.evaluate(() =>
      ['.controls-head', '#start-from'].map((one) => document.querySelector<HTMLElement>(one)!.offsetWidth),
    );
    expect(select).toBeGreaterThan(0.85 * head);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Copy link' }).click();
    const words = page.locator('.notice .words');
    await words.waitFor();
    expect((await words.boundingBox())!.width).toBeGreaterThan(250);
  });

  it('shows the newest problem, however fast others come before it', async () => {
    const { page, faults } = await open({ hash: encode(SHORT) });
    await settled(page);
    await page.evaluate(() => {
      const slider = document.querySelector<HTMLInputElement>('#control-learningRate-slider')!;
      const most = Number(slider.max);
      for (let i = 0; i <= 40; i++) {
        slider.value = String((most * (20 + i)) / 100);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      }
      slider.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await settled(page);
    const { curve, problem } = await page.evaluate(() => ({
      curve: globalThis.alignode.scene().theory!.curve,
      problem: globalThis.alignode.state().problem,
    }));
    expect(problem.learningRate).toBeGreaterThan(0.1);
    expect(curve.problem.learningRate).toBe(problem.learningRate);
    expectSameCurve(curve, integrate(problem));
    expect(faults).toEqual([]);
  });

  it('has nothing but its curves on paper, in black on white', async () => {
    const { page } = await open({ hash: encode(SHORT), theme: 'dark' });
    await settled(page);
    await page.emulateMedia({ media: 'print' });
    await expect
      .poll(() => page.locator('#view-error svg > rect').first().getAttribute('fill'))
      .toBe('#ffffff');
    for (const part of ['#controls', '#transport', '#exchange'])
      expect(await page.isVisible(part)).toBe(false);
    expect(await page.isVisible('#view-error')).toBe(true);
  });
});
