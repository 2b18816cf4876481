import { expect, it } from 'vitest';
import { encode } from '../../src/web/exchange/address.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { SHORT } from '../support/controls.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import {
  drop,
  errors,
  faultsTold,
  HERS,
  hash,
  IMPOSSIBLE,
  SMALL,
  state,
} from '../support/explorerExchange.ts';
import { becomes, press, seen } from '../support/explorerStudents.ts';
import { patience } from '../support/reader.ts';

describeExplorer('links of the explore page', (open) => {
  it('a change just before the page goes away is in the address', async () => {
    const { page } = await open({ hash: encode(HERS) });
    await settled(page);
    const left = await page.evaluate(() => {
      const chart = document.querySelector('#view-error .plot')!;
      chart.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
      dispatchEvent(new PageTransitionEvent('pagehide'));
      return location.hash;
    });
    expect(left).not.toBe(encode(HERS));
    expect(left).toBe(encode(await state(page)));
  });

  it.each([
    ['cut', encode(HERS).slice(0, -40), /damaged/],
    ['changed', encode(HERS).replace('A', 'B'), /damaged/],
    ['of another version', encode(HERS).replace('#v1', '#v2'), /another version of alignode/],
    [
      'with a state that the page has no room for',
      encode({ ...HERS, v: Array(9).fill(1) }),
      /v: found a list of 9 units/,
    ],
  ])(
    'a link that is %s opens the first state and says why, and stays in the bar until something is changed',
    async (_, bad, why) => {
      const { page, faults } = await open({ hash: bad });
      await settled(page);
      expect(await state(page)).toEqual(FIRST);
      expect((await errors(page)).length).toBe(200);
      expect(await faultsTold(page).innerText()).toMatch(why);
      expect(await hash(page)).toBe(bad);
      await drop(page, { name: 'p.json', text: JSON.stringify(SMALL) });
      await expect.poll(() => hash(page), patience).toBe(encode({ ...FIRST, problem: SMALL }));
      expect(faults).toEqual([]);
    },
  );

  it.each([
    ['cannot be solved', IMPOSSIBLE, /T_1_2 = 3/],
    [
      'has rows of different lengths',
      { ...FIRST.problem, teacher: { T: [[1], [0, 1]], A: [1, 1] } },
      /teacher\.T/,
    ],
    ['lacks its feedback', (({ feedback: _, ...rest }) => rest)(FIRST.problem), /feedback/],
  ])('a link with a problem that %s shows it, and says why', async (_, problem, why) => {
    const { page, faults } = await open({ hash: encode({ ...FIRST, problem }) });
    await settled(page);
    expect((await state(page)).problem).toEqual(problem);
    expect((await page.evaluate(() => globalThis.alignode.scene().refused))?.message).toMatch(why);
    await page.getByText(why).first().waitFor();
    expect(faults).toEqual([]);
  });

  it('a problem too long for an address is told of, and leaves no address that means another', async () => {
    const { page } = await open({ hash: encode(HERS) });
    const alpha = Array.from({ length: 5000 }, (_, i) => 0.1 + i / 3000);
    await drop(page, { name: 'long.json', text: JSON.stringify({ ...SMALL, alpha }) });
    await faultsTold(page)
      .getByText(/Address: found \d+ characters.*use Save/)
      .waitFor();
    expect(await hash(page)).toBe('');
  });

  it('where the browser does not copy, the address in the bar is the link', async () => {
    const { page } = await open();
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
    });
    await page.getByRole('button', { name: 'Copy link' }).click();
    await faultsTold(page)
      .getByText(/copy the address from its bar/)
      .waitFor();
    expect(await hash(page)).toBe(encode(FIRST));
  });

  it('a link made beside students offers to train them again, and trains none by itself', async () => {
    const students = { ...SHORT.students, N: 50, runs: 3, seed: 5 };
    const { page, faults } = await open({ hash: encode({ ...SHORT, students }) });
    await settled(page);
    expect(await page.locator('#students-offer').isVisible()).toBe(false);
    await press(page, 'train');
    await becomes(page, 'finished');
    const { mean } = await seen(page);
    // The form is moved on, which is not what was trained.
    const other = { ...students, seed: 6 };
    await page.locator('#students-seed').fill('6');
    await page.locator('#students-seed').press('Enter');
    const link = encode({ ...SHORT, students: other }, students);
    await expect.poll(() => hash(page), patience).toBe(link);

    await page.reload();
    await settled(page);
    await expect
      .poll(() => page.locator('#students-offer').innerText(), patience)
      .toMatch(/^The link was made beside students: 3 projected, N = 50, seed 5\. /);
    expect(await page.evaluate(() => globalThis.alignode.scene().students)).toBeUndefined();
    // Another look costs nothing of it.
    await page.locator('#transport').getByRole('button', { name: 'Step back' }).click();
    await expect.poll(() => hash(page), patience).not.toBe(link);
    await page.reload();
    await page.getByRole('button', { name: 'Train them again' }).click();
    await becomes(page, 'finished');
    expect((await seen(page)).mean).toEqual(mean);
    expect((await state(page)).students).toEqual(students);
    expect(await page.locator('#students-offer').isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });

  it('a link put into the bar just when the address is written is gone to all the same', async () => {
    const { page } = await open();
    await settled(page);
    await page.selectOption('#start-from', '10-normal');
    // Both are due when this is over: first the link, then, before the browser reports it, the address.
    await page.evaluate((link) => {
      setTimeout(() => location.assign(link), 1);
      for (const until = performance.now() + 500; performance.now() < until; );
    }, encode(HERS));
    await expect.poll(() => state(page), patience).toEqual(HERS);
    expect(await hash(page)).toBe(encode(HERS));
  });
});
