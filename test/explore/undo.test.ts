import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { encode } from '../../src/web/exchange/address.ts';
import {
  choose,
  drawn,
  field,
  problemOn,
  SHORT,
  slider,
  stateOf,
  type,
  unfold,
} from '../support/controls.ts';
import { describeExplorer } from '../support/explorer.ts';
import { patience } from '../support/reader.ts';

const wait = { timeout: patience.timeout };
const shownPreset = (page: Page): Promise<string> => page.locator('#start-from').inputValue();
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

  it('every kind of change is taken back and made again by keys', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    await unfold(page);
    const changes: (() => Promise<unknown>)[] = [
      () => type(page, 'noise', '0.3'),
      () => slider(page, 'A-1').press('Home'),
      () => choose(page, 'rule', 'bp'),
      () => page.locator('#control-sameRate').uncheck(),
      () => type(page, 'T-1-2', '0.2'),
      () => type(page, 'F-1', '2'),
      () => type(page, 'v-1', '1'),
      () => page.locator('#control-drawnV').click(),
      () => type(page, 'K', '4'),
      () => page.selectOption('#control-feedbackMode', 'uniform'),
      () => choose(page, 'studentMode', 'given'),
      () => page.selectOption('#start-from', '10-normal'),
    ];
    const states = [await stateOf(page)];
    for (const change of changes) {
      await change();
      await drawn(page);
      states.push(await stateOf(page));
      expect(states.at(-1)).not.toEqual(states.at(-2));
    }
    await page.locator('h1').click();
    for (const state of states.slice(0, -1).reverse()) {
      await page.keyboard.press('Control+z');
      expect(await stateOf(page)).toEqual(state);
    }
    for (const [i, state] of states.slice(1).entries()) {
      await page.keyboard.press(i % 2 === 0 ? 'Control+Shift+z' : 'Control+y');
      expect(await stateOf(page)).toEqual(state);
    }
    await page.keyboard.press('Meta+z');
    expect(await stateOf(page)).toEqual(states.at(-2));
    // What the controls show goes with it.
    await drawn(page);
    expect(await page.locator('#control-studentMode-given').isChecked()).toBe(true);
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

  it('a start is named as long as the problem is the same', async () => {
    const { page } = await open();
    await unfold(page);
    await type(page, 'noise', '0.2');
    await drawn(page);
    expect(await shownPreset(page)).toBe('');
    expect(await page.locator('#start-says').innerText()).toBe('Changed since the start.');
    await page.locator('h1').click();
    await page.keyboard.press('Control+z');
    await drawn(page);
    expect(await shownPreset(page)).toBe('first');
    // 3a by DFA and 3b are one problem: what was chosen is shown.
    await page.selectOption('#start-from', '3b');
    await drawn(page);
    expect(await shownPreset(page)).toBe('3b');
  });
});
