import { expect, it } from 'vitest';
import { simulate } from '../../src/index.ts';
import { simulationToCsv, simulationToJson } from '../../src/report/tables/index.ts';
import { alignmentsOf } from '../../src/shallow/students/index.ts';
import { encode } from '../../src/web/exchange/address.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { describeExplorer } from '../support/explorer.ts';
import { drop, faultsTold, goodNews, HERS, SMALL, state } from '../support/explorerExchange.ts';
import { patience } from '../support/reader.ts';

describeExplorer('files opened in the explore page', (open) => {
  it('with the output of simulate come the settings of its students', async () => {
    const options = { N: 30, runs: 3, seed: 5, student: 'projected', threads: 1 } as const;
    const simulation = await simulate(SMALL, options);
    for (const [name, pieces] of [
      ['means.csv', simulationToCsv(simulation, alignmentsOf(simulation))],
      ['runs.json', simulationToJson(simulation, alignmentsOf(simulation))],
    ] as const) {
      const { page } = await open({ hash: encode(HERS) });
      await drop(page, { name, text: [...pieces].join('') });
      await goodNews(page, 'N = 30, 3 runs');
      expect(await state(page)).toEqual({
        // Equal rates: the second follows the first.
        problem: { ...simulation.problem, secondLayerRate: undefined },
        students: { N: 30, runs: 3, seed: 5, student: 'projected', backend: 'cpu' },
        view: { pair: [0, 1] },
      });
    }
  });

  it('the button opens a file, also the same one again', async () => {
    const { page } = await open();
    const file = { name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SMALL)) };
    for (let time = 0; time < 2; time++) {
      const chosen = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Open…' }).click();
      await (await chosen).setFiles(file);
      await expect.poll(async () => (await state(page)).problem, patience).toEqual(SMALL);
      // A browser tells of no choice that is the same as the one before.
      expect(await page.locator('input[type=file]').inputValue()).toBe('');
      await page.keyboard.press('Control+z');
      await expect.poll(() => state(page), patience).toEqual(FIRST);
    }
  });

  it('while a file is over the page it says that it may be dropped', async () => {
    const { page } = await open();
    const target = page.locator('.drop');
    expect(await target.isVisible()).toBe(false);
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['{}'], 'x.json'));
      return transfer;
    });
    await page.dispatchEvent('#views', 'dragenter', { dataTransfer: data });
    await target.getByText('Drop a problem to open it').waitFor();
    await page.dispatchEvent('#views', 'dragleave', { dataTransfer: data });
    await target.waitFor({ state: 'hidden' });
    // Words that are dragged are none of its business.
    const words = await page.evaluateHandle(() => new DataTransfer());
    await page.dispatchEvent('#views', 'dragenter', { dataTransfer: words });
    expect(await target.isVisible()).toBe(false);
  });

  it('a huge file is refused before it is read', async () => {
    const { page } = await open();
    const data = await page.evaluateHandle(() => {
      const file = new File(['{}'], 'huge.json');
      Object.defineProperty(file, 'size', { value: 65 * 2 ** 20 });
      const transfer = { types: ['Files'], files: [file] };
      return transfer;
    });
    await page.evaluate((transfer) => {
      const event = new DragEvent('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'dataTransfer', { value: transfer });
      document.dispatchEvent(event);
    }, data);
    await faultsTold(page)
      .getByText(/huge\.json: found 65 MB; use a file of up to 64 MB/)
      .waitFor();
    expect(await state(page)).toEqual(FIRST);
  });
});
