import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { encode } from '../../src/web/exchange/address.ts';
import { drawn, field, problemOn, SHORT, slider, stateOf, type, unfold } from '../support/controls.ts';
import { describeExplorer } from '../support/explorer.ts';
import { patience } from '../support/reader.ts';

const wait = { timeout: patience.timeout };

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describeExplorer('undo, redo and where to start from', (open) => {
  it('a slider that is dragged is one step, and so is a key that is held', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    await unfold(page);
    const box = (await slider(page, 'learningRate').boundingBox())!;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    for (const part of [0.6, 0.7, 0.8]) await page.mouse.move(box.x + part * box.width, y);
    await page.mouse.up();
    const dragged = (await problemOn(page)).learningRate;
    expect(dragged).toBeGreaterThan(0.3);
    await slider(page, 'learningRate').focus();
    for (let n = 0; n < 5; n++) await page.keyboard.down('ArrowLeft');
    await page.keyboard.up('ArrowLeft');
    expect((await problemOn(page)).learningRate).toBeLessThan(dragged);
    await drawn(page);
    await button(page, 'Undo').click();
    expect((await problemOn(page)).learningRate).toBe(dragged);
    await drawn(page);
    await button(page, 'Undo').click();
    expect(await stateOf(page)).toEqual(SHORT);
    await drawn(page);
    // It stays where the keyboard is, and does nothing.
    expect(await button(page, 'Undo').getAttribute('aria-disabled')).toBe('true');
    await button(page, 'Undo').press('Enter');
    expect(await stateOf(page)).toEqual(SHORT);
    await button(page, 'Redo').click();
    await drawn(page);
    await button(page, 'Redo').click();
    expect((await problemOn(page)).learningRate).toBeLessThan(dragged);
    await drawn(page);
    expect(await button(page, 'Redo').getAttribute('aria-disabled')).toBe('true');
  });

  it('while something is typed Ctrl+Z is the field’s own, and once it is taken the page’s', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    await unfold(page);
    await field(page, 'noise').focus();
    await page.keyboard.type('0.7');
    const typed = await field(page, 'noise').inputValue();
    await page.keyboard.press('Control+z');
    expect(await field(page, 'noise').inputValue()).not.toBe(typed);
    expect(await stateOf(page)).toEqual(SHORT);
    await type(page, 'noise', '0.7');
    expect((await problemOn(page)).noise).toBe(0.7);
    await page.keyboard.press('Control+z');
    expect(await stateOf(page)).toEqual(SHORT);
    await expect.poll(() => field(page, 'noise').inputValue(), wait).toBe('0');
  });
});
