import { expect, it } from 'vitest';
import { integrate } from '../../src/index.ts';
import { problemOf } from '../../src/web/state/problem.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import { expectSameCurve } from '../support/sameCurve.ts';

describeExplorer('the explore page', (open) => {
  it('opens with the curve of its first problem, to the numbers that integrate gives, and no fault', async () => {
    const { page, faults } = await open();
    await settled(page);
    const curve = await page.evaluate(() => globalThis.alignode.scene().theory!.curve);
    expectSameCurve(curve, integrate(problemOf(FIRST)));
    expect(await page.locator('#view-error svg path').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
