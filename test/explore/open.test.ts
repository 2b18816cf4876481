import { describe, expect, it } from 'vitest';
import { integrate, phases } from '../../src/index.ts';
import { curveToCsv, curveToJson } from '../../src/report/tables/index.ts';
import { encode } from '../../src/web/exchange/address.ts';
import { opened } from '../../src/web/exchange/openText.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { SHORT } from '../support/controls.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import { drop, errors, faultsTold, goodNews, HERS, hash, SMALL, state } from '../support/explorerExchange.ts';
import { patience } from '../support/reader.ts';

const curve = integrate(SMALL);
/** As an output states it, but for the second rate, which follows the first. */
const { secondLayerRate: _, ...RESOLVED } = curve.problem;

describe('what a file holds', () => {
  const nine = Array(9).fill(1);
  it.each<[string, string, string, RegExp]>([
    ['a file that is empty', 'e.json', ' \n', /e\.json: it is empty; put a problem in it/],
    [
      'a file that is not JSON',
      'cat.png',
      '\u0089PNG\u0000',
      /cat\.png: it is a page or a picture; give a problem/,
    ],
    [
      'a file cut in the middle',
      'c.json',
      curveToJson(curve, phases(curve)).slice(0, 90),
      /c\.json: it is not JSON/,
    ],
    ['a file that is no problem', 'l.json', '[1, 2]', /l\.json: problem: found \[1,2\]; use an object/],
    [
      'a file with a wrong key',
      'k.json',
      JSON.stringify({ ...SMALL, learningrate: 1 }),
      /k\.json: learningrate: .*did you mean "learningRate"/,
    ],
    [
      'a deep problem',
      'd.json',
      '{ "network": {} }',
      /d\.json: network: found a deep problem here; .*two layers/,
    ],
    [
      'a file with impossible overlaps',
      't.json',
      JSON.stringify({
        ...SMALL,
        teacher: {
          T: [
            [1, 3],
            [3, 1],
          ],
          A: [1, 1],
        },
      }),
      /t\.json: teacher\.T: found T_1_2 = 3/,
    ],
    [
      'a file with nine units',
      'n.json',
      JSON.stringify({
        ...SMALL,
        student: { draw: { K: 9, N: 50, sigma: 1, seed: 1 } },
        feedback: nine,
      }),
      /n\.json: student\.draw\.K: found 9; use a whole number from 1 to 8/,
    ],
    [
      'a file with more times than the page has room for',
      'm.json',
      JSON.stringify({ ...SMALL, alpha: { from: 1, to: 2, points: 5001 } }),
      /m\.json: alpha\.points: found 5001; use a number up to 5000/,
    ],
    [
      'a file with a rule of one’s own',
      'r.json',
      JSON.stringify({ ...SMALL, rule: 'mine' }),
      /r\.json: rule: found "mine".*in a program an object/,
    ],
  ])('%s is refused: where, what was found, what would do', (_, name, text, why) => {
    expect(() => opened(text, name, FIRST)).toThrow(why);
  });
});

describe('the second rate of a file', () => {
  const rates = (text: string): (number | undefined)[] => {
    const { problem } = opened(text, 'f', FIRST).state;
    return [problem.learningRate, problem.secondLayerRate];
  };

  it('follows the first where they are equal, as in every output for one rate', () => {
    expect(curveToCsv(curve)).toContain('"secondLayerRate":0.2');
    expect(rates(curveToCsv(curve))).toEqual([0.2, undefined]);
    expect(rates(curveToJson(curve, phases(curve)))).toEqual([0.2, undefined]);
  });

  it('stays where they differ', () => {
    const two = integrate({ ...SMALL, secondLayerRate: 0.3 });
    expect(rates(curveToCsv(two))).toEqual([0.2, 0.3]);
    expect(rates(JSON.stringify({ ...SMALL, secondLayerRate: 0 }))).toEqual([0.2, 0]);
  });
});

describeExplorer('files opened in the explore page', (open) => {
  it.each([
    ['a problem', 'p.json', JSON.stringify(SMALL), SMALL],
    ['a problem with a byte order mark', 'p.json', `\uFEFF${JSON.stringify(SMALL)}`, SMALL],
    ['the JSON of integrate', 'curve.json', curveToJson(curve, phases(curve)), RESOLVED],
    ['the CSV of integrate', 'curve.csv', curveToCsv(curve), RESOLVED],
  ])('%s is solved where it is dropped', async (_, name, text, problem) => {
    const { page, faults } = await open({ hash: encode(SHORT) });
    await settled(page);
    await drop(page, { name, text });
    await goodNews(page, `Opened ${name}`);
    await settled(page);
    expect(await state(page)).toEqual({ ...FIRST, problem });
    expect(await errors(page)).toEqual(curve.eg);
    await page.keyboard.press('Control+z');
    await expect.poll(() => state(page), patience).toEqual(SHORT);
    expect(faults).toEqual([]);
  });

  it('a file that is refused leaves the page as it was', async () => {
    const { page, faults } = await open({ hash: encode(HERS) });
    await drop(page, { name: 'cat.png', text: '\u0089PNG\u0000' });
    await faultsTold(page).getByText('cat.png: it is a page or a picture').waitFor();
    await drop(page, { name: 'a.json', text: '{}' }, { name: 'b.json', text: '{}' });
    await faultsTold(page).getByText('found 2 files; use one').waitFor();
    expect(await state(page)).toEqual(HERS);
    expect(await hash(page)).toBe(encode(HERS));
    expect(faults).toEqual([]);
  });
});
