import type { Page } from 'playwright';

/*
 * Hands on the cursor of the explore page.
 */

export const slider = (page: Page) => page.getByRole('slider', { name: 'Time α', exact: true });
export const play = (page: Page) => page.locator('#transport .play');
export const typed = (page: Page) => page.getByRole('textbox', { name: 'α =' });
export const errorPlot = (page: Page) => page.locator('#view-error .plot');

/** Writes down every point of the curve at which the cursor is seen. */
export const watchCursor = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    const input = document.querySelector('#transport input[type=range]')!;
    new MutationObserver(() => seen.push(Number(input.getAttribute('aria-valuenow')))).observe(input, {
      attributeFilter: ['aria-valuenow'],
    });
  });
export const seenBy = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { seen: number[] }).seen);
