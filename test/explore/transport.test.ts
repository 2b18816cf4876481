import { describe, expect, it } from 'vitest';
import { integrate } from '../../src/index.ts';
import { cursorOn } from '../../src/web/cursor.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { axisTime } from '../../src/web/transport/axisTime.ts';
import { describeExplorer } from '../support/explorer.ts';
import { errorPlot, play, seenBy, slider, typed, watchCursor } from '../support/explorerCursor.ts';
import { addressOf, atPoint, cursorOf, goTo, stateWith, told } from '../support/exploreViews.ts';
import { patience } from '../support/reader.ts';

describe('time on an axis', () => {
  it('is at constant speed in log α on a log axis, in α on a linear one', () => {
    const alpha = [0.1, 1, 10, 1000];
    expect(axisTime(alpha, true).at(0.5)).toBeCloseTo(10);
    expect(axisTime(alpha, true).place(10)).toBeCloseTo(0.5);
    expect(axisTime(alpha, false).at(0.5)).toBeCloseTo(500.05);
    expect(axisTime(alpha, false).at(1)).toBe(1000);
  });
  it('begins at the first time above 0 on a log axis', () => {
    expect(axisTime([0, 1, 100], true).at(0)).toBeCloseTo(1);
    expect(axisTime([0, 1, 100], true).place(0)).toBe(0);
  });
  it('is at its end on a curve of one time', () => {
    expect(axisTime([5], true).place(5)).toBe(1);
    expect(axisTime([5], true).at(1)).toBe(5);
  });
});

describeExplorer('the cursor of the explore page', (open) => {
  const curve = integrate(FIRST.problem);

  const last = curve.alpha.length - 1;

  it('is where one points on a chart, and goes along while the button is down', async () => {
    const { page, faults } = await open();
    await told(page);
    const box = (await errorPlot(page).boundingBox())!;
    // The margins of every chart.
    const [left, right] = [box.x + 74, box.x + box.width - 20];
    const timeAt = (x: number): number => 10 ** (-1 + (5 * (x - left)) / (right - left));
    const xs = [0.2, 0.5, 0.83].map((part) => left + part * (right - left));
    await page.mouse.move(xs[0], box.y + 150);
    await page.mouse.down();
    await atPoint(page, cursorOn(curve, timeAt(xs[0]), true).index);
    await page.mouse.move(xs[1], box.y + 90);
    await atPoint(page, cursorOn(curve, timeAt(xs[1]), true).index);
    await page.mouse.up();
    await page.mouse.move(xs[2], box.y + 90);
    await atPoint(page, cursorOn(curve, timeAt(xs[1]), true).index);
    // The line on another chart stands at the same time.
    const R = (await page.locator('#view-R .plot').boundingBox())!;
    const line = (await page.locator('#view-R .cursor').boundingBox())!;
    const part = (Math.log10((await cursorOf(page)).alpha) + 1) / 5;
    expect(Math.abs(line.x + line.width / 2 - (R.x + 74 + part * (R.width - 94)))).toBeLessThan(2);
    expect(faults).toEqual([]);
  });

  it('is moved by keys on a chart', async () => {
    const { page } = await open();
    await told(page);
    await errorPlot(page).focus();
    const keys = [
      ['Home', 0],
      ['ArrowLeft', 0],
      ['ArrowRight', 1],
      ['ArrowUp', 2],
      ['PageUp', 12],
      ['PageDown', 2],
      ['ArrowDown', 1],
      ['End', last],
      ['ArrowRight', last],
    ] as const;
    for (const [key, index] of keys) {
      await page.keyboard.press(key);
      await atPoint(page, index);
    }
    expect(await errorPlot(page).getAttribute('aria-valuetext')).toBe('α = 10000, test error < 1.39·10⁻⁸');
  });

  it('is moved by the slider, by its keys, by steps, and by a typed time, and says the error there', async () => {
    const { page } = await open();
    await told(page);
    await slider(page).fill('57');
    await atPoint(page, 57);
    await slider(page).press('ArrowRight');
    await atPoint(page, 58);
    await page.getByRole('button', { name: 'Step back' }).click();
    await atPoint(page, 57);
    await page.getByRole('button', { name: 'Step forward' }).click();
    await atPoint(page, 58);

    await typed(page).fill('123.4');
    await typed(page).press('Enter');
    const near = cursorOn(curve, 123.4, true).index;
    await atPoint(page, near);
    await expect
      .poll(() => typed(page).inputValue(), patience)
      .toBe(String(Number(curve.alpha[near].toPrecision(5))));
    const words = (await page.locator('#transport output').textContent())!;
    expect(Number(words.replace('test error ', ''))).toBeCloseTo(curve.eg[near], 4);

    await typed(page).fill('soon');
    await typed(page).press('Enter');
    await expect
      .poll(() => typed(page).inputValue(), patience)
      .toBe(String(Number(curve.alpha[near].toPrecision(5))));
    await typed(page).fill('0,5');
    await typed(page).press('Enter');
    await atPoint(page, cursorOn(curve, 0.5, true).index);
  });

  it('plays and pauses by the space bar, unless a field or a button takes it', async () => {
    const { page } = await open();
    await told(page);
    await goTo(page, 3);
    await page.locator('#view-error h2').click();
    await page.keyboard.press(' ');
    await expect.poll(() => play(page).textContent(), patience).toBe('Pause');
    await page.keyboard.press(' ');
    await expect.poll(() => play(page).textContent(), patience).toBe('Play');
    // From where it stands, not from the beginning.
    expect((await cursorOf(page)).index).toBeGreaterThanOrEqual(3);

    await typed(page).focus();
    await page.keyboard.press(' ');
    expect(await play(page).textContent()).toBe('Play');
    await page.locator('#view-error summary').focus();
    await page.keyboard.press(' ');
    expect(await play(page).textContent()).toBe('Play');
    // A chart has no use for it.
    await errorPlot(page).focus();
    await page.keyboard.press(' ');
    expect(await play(page).textContent()).toBe('Pause');
  });

  it('follows whoever moves it while it plays', async () => {
    const { page } = await open();
    await told(page);
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('0.25');
    await goTo(page, 10);
    await play(page).click();
    await slider(page).fill('150');
    await watchCursor(page);
    await expect.poll(async () => (await seenBy(page)).length, patience).toBeGreaterThan(2);
    expect(Math.min(...(await seenBy(page)))).toBeGreaterThanOrEqual(150);
  });

  it('is at the end of a curve of one point, which cannot be played', async () => {
    const { page, faults } = await open(addressOf(stateWith({ alpha: [2] })));
    await told(page);
    expect(await cursorOf(page)).toEqual({ index: 0, alpha: 2 });
    expect(await play(page).getAttribute('aria-disabled')).toBe('true');
    expect(faults).toEqual([]);
  });
});
