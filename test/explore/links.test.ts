import { expect, it } from 'vitest';
import { FIRST } from '../../src/web/state/state.ts';
import { encode } from '../../src/web/ways/address.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import {
  drop,
  errors,
  HERS,
  hash,
  IMPOSSIBLE,
  keepCopies,
  lastCopy,
  notices,
  SMALL,
  state,
} from '../support/explorerWays.ts';
import { patience } from '../support/reader.ts';

describeExplorer('links of the explore page', (open, url) => {
  it('a copied link opens the same state, and the same curve to the last digit', async () => {
    const { page, faults } = await open({ hash: encode(HERS) });
    await settled(page);
    // Something is changed by hand.
    const chart = (await page.locator('#view-error .plot').boundingBox())!;
    await page.mouse.click(chart.x + chart.width / 3, chart.y + chart.height / 2);
    await expect.poll(async () => (await state(page)).view.alpha, patience).not.toBe(3.5);
    await keepCopies(page);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await notices(page, 'done').waitFor();
    const link = await lastCopy(page);
    expect(link).toBe(url() + encode(await state(page)));

    const other = await page.context().newPage();
    await other.goto(link);
    await settled(other);
    expect(await state(other)).toEqual(await state(page));
    expect(await errors(other)).toEqual(await errors(page));
    expect((await errors(page)).length).toBe(41);
    await other.close();
    expect(faults).toEqual([]);
  });

  it('the address follows what is changed, and reloading the page changes nothing', async () => {
    const { page } = await open();
    expect(await hash(page)).toBe('');
    await drop(page, { name: 'p.json', text: JSON.stringify(SMALL) });
    await expect.poll(() => hash(page), patience).toBe(encode({ ...FIRST, problem: SMALL }));
    await page.reload();
    await settled(page);
    expect((await state(page)).problem).toEqual(SMALL);
    expect(await notices(page, 'fault').count()).toBe(0);
  });

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

  it('a link put into the bar of an open page is gone to, and is one step of undo', async () => {
    const { page, faults } = await open();
    await settled(page);
    await page.goto(url() + encode(HERS));
    await expect.poll(() => state(page), patience).toEqual(HERS);
    await settled(page);
    expect((await errors(page)).length).toBe(41);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await state(page)).problem, patience).toEqual(FIRST.problem);
    expect(faults).toEqual([]);
  });

  it.each([
    ['cut', encode(HERS).slice(0, -40), /damaged/],
    ['changed', encode(HERS).replace('A', 'B'), /damaged/],
    ['of another version', encode(HERS).replace('#v1', '#v2'), /another version of alignode/],
    [
      'with a state that the page has no room for',
      encode({ ...HERS, v: Array(9).fill(1) }),
      /v: found 9 units/,
    ],
  ])(
    'a link that is %s opens the first state and says why, and stays in the bar until something is changed',
    async (_, bad, why) => {
      const { page, faults } = await open({ hash: bad });
      await settled(page);
      expect(await state(page)).toEqual(FIRST);
      expect((await errors(page)).length).toBe(200);
      expect(await notices(page, 'fault').innerText()).toMatch(why);
      expect(await hash(page)).toBe(bad);
      await drop(page, { name: 'p.json', text: JSON.stringify(SMALL) });
      await expect.poll(() => hash(page), patience).toBe(encode({ ...FIRST, problem: SMALL }));
      expect(faults).toEqual([]);
    },
  );

  it('a damaged link put into the bar of an open page leaves it as it was', async () => {
    const { page } = await open({ hash: encode(HERS) });
    const bad = encode(FIRST).slice(0, -1);
    await page.goto(url() + bad);
    await notices(page, 'fault')
      .getByText(/damaged.*stays as it was/)
      .waitFor();
    expect(await state(page)).toEqual(HERS);
    expect(await hash(page)).toBe(bad);
  });

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

  it('the link that skips to the curves is no damaged one, and costs nothing of the address', async () => {
    const { page } = await open({ hash: encode(HERS) });
    await page.evaluate(() => document.querySelector<HTMLElement>('.skip')!.click());
    await expect.poll(() => hash(page), patience).toBe(encode(HERS));
    expect(await notices(page, 'fault').count()).toBe(0);
  });

  it('a problem too long for an address is told of, and leaves no address that means another', async () => {
    const { page } = await open({ hash: encode(HERS) });
    const alpha = Array.from({ length: 5000 }, (_, i) => 0.1 + i / 3000);
    await drop(page, { name: 'long.json', text: JSON.stringify({ ...SMALL, alpha }) });
    await notices(page, 'fault')
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
    await notices(page, 'fault')
      .getByText(/copy the address from its bar/)
      .waitFor();
    expect(await hash(page)).toBe(encode(FIRST));
  });
});
