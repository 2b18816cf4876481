import { expect, it } from 'vitest';
import { describeExplorer, settled } from '../support/explorer.ts';
import { readersFaults } from '../support/explorerAxe.ts';

describeExplorer('the explore page', (open) => {
  it.each([
    { width: 390, theme: 'dark', other: 'light' },
    { width: 2560, theme: 'dark', other: 'light' },
  ] as const)(
    'is as accessible as axe can tell, and never scrolls sideways, at $width pixels',
    async ({ width, theme, other }) => {
      const { page, faults } = await open({ width, theme });
      expect(await readersFaults(page, other)).toEqual([]);
      expect(faults).toEqual([]);
    },
  );

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
});
