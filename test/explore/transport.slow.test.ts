import { expect, it } from 'vitest';
import { integrate } from '../../src/index.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { describeExplorer } from '../support/explorer.ts';
import { play, seenBy, watchCursor } from '../support/explorerCursor.ts';
import { atPoint, goTo, told } from '../support/exploreViews.ts';
import { patience } from '../support/reader.ts';

const last = integrate(FIRST.problem).alpha.length - 1;

describeExplorer('the cursor of the explore page', (open) => {
  it('is no step of undo', async () => {
    const { page } = await open();
    await told(page);
    await goTo(page, 20);
    await goTo(page, 120);
    const undo = page.getByRole('button', { name: 'Undo' });
    expect(await undo.getAttribute('aria-disabled')).toBe('true');
  });

  it('plays from the beginning to the end, through the points between, and stops there', async () => {
    const { page, faults } = await open();
    await told(page);
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('4');
    await watchCursor(page);
    // What does not depend on the cursor is not drawn again.
    const pictures = ['error', 'R', 'Q', 'alignment', 'plateau'].map((id) => `#view-${id} .picture svg`);
    await page.evaluate((all) => {
      for (const one of all) document.querySelector(one)!.classList.add('the-same');
    }, pictures);
    await play(page).click();
    expect(await play(page).textContent()).toBe('Pause');
    await expect.poll(() => play(page).textContent(), patience).toBe('Play');
    await atPoint(page, last);
    const seen = await seenBy(page);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen[0]).toBeLessThan(last / 2);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    for (const one of pictures) expect(await page.locator(`${one}.the-same`).count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('goes in few steps where motion is to be reduced', async () => {
    const { page } = await open({ reducedMotion: 'reduce' });
    await told(page);
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('2');
    await watchCursor(page);
    await play(page).click();
    await expect.poll(() => play(page).textContent(), patience).toBe('Play');
    await atPoint(page, last);
    expect(new Set(await seenBy(page)).size).toBeLessThanOrEqual(25);
  });
});
