import { expect, it } from 'vitest';
import { integrate } from '../../src/index.ts';
import { problemOf } from '../../src/web/state/problem.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import { axeFaults, scrollsSideways } from '../support/reader.ts';
import { expectSameCurve } from '../support/sameCurve.ts';

/** Opens all groups, then the word about each thing in turn; gives those that make the page too wide. */
const UNFOLD = `(() => {
  for (const one of document.querySelectorAll('details:not(.help)')) one.open = true;
  const { documentElement: page } = document;
  return [...document.querySelectorAll('.help')].filter((one) => {
    one.open = true;
    return page.scrollWidth > page.clientWidth;
  }).map(({ id }) => id + ' makes the page scroll sideways');
})()`;

describeExplorer('the explore page', (open) => {
  it('opens with the curve of its first problem, to the numbers that integrate gives, and no fault', async () => {
    const { page, faults } = await open();
    await settled(page);
    const curve = await page.evaluate(() => globalThis.alignode.scene().theory!.curve);
    expectSameCurve(curve, integrate(problemOf(FIRST)));
    expect(await page.locator('#view-error svg path').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  it.each([
    { width: 390, theme: 'dark', other: 'light' },
    { width: 1280, theme: 'light', other: 'dark' },
    { width: 2560, theme: 'dark', other: 'light' },
  ] as const)(
    'is as accessible as axe can tell, and never scrolls sideways, at $width pixels',
    async ({ width, theme, other }) => {
      const { page, faults } = await open({ width, theme });
      await settled(page);
      const found = (await scrollsSideways(page)) ? ['scrolls sideways'] : [];
      found.push(...(await axeFaults(page)));
      await page.emulateMedia({ colorScheme: other });
      found.push(...(await axeFaults(page, ['color-contrast'])));
      // One by one they cover what is below them; axe sees no colours there, but all of their names and roles.
      await page.evaluate(UNFOLD);
      found.push(...(await axeFaults(page)));
      if (await scrollsSideways(page)) found.push('scrolls sideways when all is unfolded');
      expect(found).toEqual([]);
      expect(faults).toEqual([]);
    },
  );

  it('shows the newest problem, however fast others come before it', async () => {
    const { page, faults } = await open();
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

  it('answers while a curve is solved that takes a minute', async () => {
    const { page, faults } = await open();
    await page.fill('#control-K', '8');
    await page.press('#control-K', 'Enter');
    await page.fill('#control-M', '8');
    await page.press('#control-M', 'Enter');
    await page.check('#control-activation-relu');
    await page.waitForFunction(() => globalThis.alignode.state().problem.activation === 'relu');
    // The curve comes in pieces, and can be broken off by another.
    await page.waitForFunction(() => {
      const { pending, theory } = globalThis.alignode.scene();
      return (
        pending && theory?.problem.activation === 'relu' && theory.reached > 0 && theory.reached < theory.end
      );
    });
    await page.check('#control-activation-linear');
    await settled(page);
    expect(await page.evaluate(() => globalThis.alignode.scene().theory!.problem.activation)).toBe('linear');
    expect(faults).toEqual([]);
  });

  it('has nothing but its curves on paper, in black on white', async () => {
    const { page } = await open({ theme: 'dark' });
    await settled(page);
    await page.emulateMedia({ media: 'print' });
    await expect
      .poll(() => page.locator('#view-error svg > rect').first().getAttribute('fill'))
      .toBe('#ffffff');
    for (const part of ['#controls', '#transport', '#ways']) expect(await page.isVisible(part)).toBe(false);
    expect(await page.isVisible('#view-error')).toBe(true);
  });
});
