import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { encode } from '../../src/web/exchange/address.ts';
import { drawn, field, SHORT, unfold } from '../support/controls.ts';
import { describeExplorer } from '../support/explorer.ts';
import { patience } from '../support/reader.ts';

/** What of a control is under its own open help. */
const covered = (page: Page, id: string): Promise<string[]> =>
  page.evaluate((help) => {
    const words = document.querySelector(`#${help} p`)!.getBoundingClientRect();
    const whole = document.getElementById(help)!.closest('.row, .field')!;
    return [...whole.querySelectorAll('label, legend, input, select, table, .field-fault, .fault, summary')]
      .filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        return (
          bottom > top && left < words.right && words.left < right && top < words.bottom && words.top < bottom
        );
      })
      .map((one) => one.id || one.className || one.tagName);
  }, id);

const isOpen = (page: Page, id: string): Promise<boolean> =>
  page.evaluate((help) => (document.getElementById(help) as HTMLDetailsElement).open, id);

describeExplorer('help on the explore page', (open) => {
  it.each([1280, 390])('covers nothing of what it is about, at %i pixels', async (width) => {
    const { page } = await open({ hash: encode(SHORT), width });
    await unfold(page);
    const ids = await page.evaluate(() =>
      [...document.querySelectorAll('.row .help, .field .help')]
        .filter((one) => one.checkVisibility())
        .map(({ id }) => id),
    );
    expect(ids.length).toBeGreaterThan(10);
    for (const id of ids) {
      await page.evaluate((help) => document.querySelector<HTMLElement>(`#${help} summary`)!.click(), id);
      await expect.poll(() => isOpen(page, id), patience).toBe(true);
      await drawn(page);
      expect(await covered(page, id), id).toEqual([]);
    }
  });

  it.each([
    ['control-learningRate', '-1'],
    ['students-N', '2.5'],
  ])('of %s goes down for the error message, and closes when the user types', async (id, wrong) => {
    const { page, faults } = await open({ hash: encode(SHORT) });
    const help = `help-${id}`;
    const input = page.locator(`#${id}`);
    await page.locator(`#${help} summary`).click();
    await input.focus();
    await drawn(page);
    // As if it had been open since before: the message comes while it is read.
    await input.fill(wrong);
    await expect.poll(() => isOpen(page, help), patience).toBe(false);
    await page.locator(`#${help} summary`).click();
    await expect.poll(() => page.locator(`#${id}-fault`).isVisible(), patience).toBe(true);
    await drawn(page);
    expect(await covered(page, help)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('closes with Escape wherever the focus is, and gives it back to its sign', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    const help = 'help-control-learningRate';
    await page.locator(`#${help} summary`).click();
    await page.locator(`#${help} a`).focus();
    await page.keyboard.press('Escape');
    expect(await isOpen(page, help)).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe(help);
    await page.locator(`#${help} summary`).click();
    await field(page, 'learningRate').focus();
    await page.keyboard.press('Escape');
    expect(await isOpen(page, help)).toBe(false);
  });

  it('stays while its slider is moved', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    const help = 'help-control-learningRate';
    await page.locator(`#${help} summary`).click();
    await page.locator('#control-learningRate-slider').press('ArrowRight');
    await drawn(page);
    expect(await isOpen(page, help)).toBe(true);
  });
});
