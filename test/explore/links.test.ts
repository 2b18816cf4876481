import { describe, expect, it } from 'vitest';
import { encode } from '../../src/web/exchange/address.ts';
import { commandFor } from '../../src/web/exchange/linkNeeds.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { choose, SHORT } from '../support/controls.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import {
  drop,
  errors,
  faultsTold,
  goodNews,
  HERS,
  hash,
  keepCopies,
  lastCopy,
  SMALL,
  state,
} from '../support/explorerExchange.ts';
import { patience } from '../support/reader.ts';

describe('what a link needs', () => {
  it.each([
    ['http://127.0.0.1:6230/', 'npx alignode explore --port 6230'],
    ['http://localhost:8080/', 'npx alignode explore --port 8080'],
    ['http://localhost/', 'npx alignode explore --port 80'],
    ['https://example.org/alignode/', undefined],
  ])('at %s is %s', (address, command) => {
    expect(commandFor(new URL(address))).toBe(command);
  });
});

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
    await goodNews(page);
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

  it('a link says what it needs: where the page is served to its own machine, a command to be copied', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    await keepCopies(page);
    await page.getByRole('button', { name: 'Copy link' }).click();
    const command = `npx alignode explore --port ${new URL(url()).port}`;
    await goodNews(page, `on a machine on which “${command}” runs`);
    await page.getByRole('button', { name: 'Copy the command' }).click();
    await page.getByRole('button', { name: 'Copied the command' }).waitFor();
    expect(await lastCopy(page)).toBe(command);
    // It stays until it is closed: there is something to do.
    await page.locator('.notice.done .close').click();
    expect(await page.locator('.notice').count()).toBe(0);
  });

  it('students of a link are not offered for another problem', async () => {
    const { page } = await open({ hash: encode(SHORT, SHORT.students) });
    await settled(page);
    await expect.poll(() => page.locator('#students-offer').isVisible(), patience).toBe(true);
    await choose(page, 'rule', 'bp');
    await expect.poll(() => page.locator('#students-offer').isVisible(), patience).toBe(false);
    await expect.poll(() => hash(page), patience).toBe(encode(await state(page)));
  });

  it('the address follows what is changed, and reloading the page changes nothing', async () => {
    const { page } = await open();
    expect(await hash(page)).toBe('');
    await drop(page, { name: 'p.json', text: JSON.stringify(SMALL) });
    await expect.poll(() => hash(page), patience).toBe(encode({ ...FIRST, problem: SMALL }));
    await page.reload();
    await settled(page);
    expect((await state(page)).problem).toEqual(SMALL);
    expect(await faultsTold(page).count()).toBe(0);
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

  it('a damaged link put into the bar of an open page leaves it as it was', async () => {
    const { page } = await open({ hash: encode(HERS) });
    const bad = encode(FIRST).slice(0, -1);
    await page.goto(url() + bad);
    await faultsTold(page)
      .getByText(/damaged.*stays as it was/)
      .waitFor();
    expect(await state(page)).toEqual(HERS);
    expect(await hash(page)).toBe(bad);
  });

  it('the link that skips to the curves is no damaged one, and costs nothing of the address', async () => {
    const { page } = await open({ hash: encode(HERS) });
    await page.evaluate(() => document.querySelector<HTMLElement>('.skip')!.click());
    await expect.poll(() => hash(page), patience).toBe(encode(HERS));
    expect(await faultsTold(page).count()).toBe(0);
  });
});
