import { expect, it } from 'vitest';
import { FIRST } from '../../src/web/state/state.ts';
import { describeExplorer } from '../support/explorer.ts';
import { feedbackOf, handle, middle, undo, view } from '../support/explorerPlane.ts';
import { addressOf, readChart, stateWith, told, unitsOf } from '../support/exploreViews.ts';

describeExplorer('the v-plane of the explore page', (open) => {
  it('says that one unit spans no plane', async () => {
    const { page, faults } = await open(addressOf(stateWith({ ...unitsOf(1, 1), feedback: [1] })));
    await told(page);
    expect(await view(page).locator('.status').textContent()).toBe(
      'A plane takes two student units; here there is one.',
    );
    expect(await handle(page, 'v').isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });

  it('has no F where there is no feedback, and with BP the one that there is', async () => {
    const { feedback: _, ...bare } = FIRST.problem;
    const { page } = await open(addressOf({ ...FIRST, problem: { ...bare, rule: 'bp' } }));
    await told(page);
    expect(await handle(page, 'F').isVisible()).toBe(false);
    expect(await handle(page, 'v').isVisible()).toBe(true);
    expect((await readChart(view(page))).words).not.toContain('F');

    const { page: withF } = await open(addressOf(stateWith({ rule: 'bp' })));
    await told(withF);
    await handle(withF, 'F').focus();
    await withF.keyboard.press('ArrowLeft');
    expect(await feedbackOf(withF)).toEqual([0.75, -0.5]);
  });

  it('is taken by a finger', async () => {
    const { page } = await open({ context: { hasTouch: true } });
    await told(page);
    await handle(page, 'F').scrollIntoViewIfNeeded();
    const [x, y] = await middle(page, 'F');
    const touch = await page.context().newCDPSession(page);
    const send = (type: string, points: { x: number; y: number }[]) =>
      touch.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: points });
    await send('touchStart', [{ x, y }]);
    await send('touchMove', [{ x: x - 20, y: y - 10 }]);
    await send('touchMove', [{ x: x - 40, y: y - 30 }]);
    await send('touchEnd', []);
    const [first, second] = await feedbackOf(page);
    expect(first).toBeLessThan(0.7);
    expect(second).toBeGreaterThan(-0.45);
    await undo(page).click();
    expect(await feedbackOf(page)).toEqual([0.8, -0.5]);
  });
});
