import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { resolveProblem } from '../../src/index.ts';
import { encode } from '../../src/web/exchange/address.ts';
import type { State } from '../../src/web/state/state.ts';
import {
  DRAWN,
  drawn,
  field,
  GIVEN,
  problemOn,
  SEPARATE,
  SHORT,
  STARTS,
  slider,
  stateOf,
  type,
  unfolding,
} from '../support/controls.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import { patience } from '../support/reader.ts';

const IDENTITY = [
  [1, 0],
  [0, 1],
];
const wait = { timeout: patience.timeout };
/** A problem in words; browsers and Node differ in the last digit of a power. */
const written = (problem: unknown): string =>
  JSON.stringify(problem, (_, x) => (typeof x === 'number' ? Number(x.toPrecision(12)) : x));
const solvedOn = async (page: Page): Promise<string> =>
  written(await page.evaluate(() => globalThis.alignode.scene().theory?.problem));

describeExplorer('the controls of the explore page', (open) => {
  const opened = unfolding(open);

  describe('by typing', () => {
    const cases: [string, State, string, object][] = [
      ['learningRate', SHORT, '0.25', { learningRate: 0.25 }],
      // Beyond the slider's end, and as the library takes it.
      ['learningRate', SHORT, '2e1', { learningRate: 20 }],
      ['secondLayerRate', SEPARATE, '0', { secondLayerRate: 0 }],
      ['noise', SHORT, '.5', { noise: 0.5 }],
      ['decay1', SHORT, '0.01', { weightDecay: [0.01, 0] }],
      ['decay2', SHORT, '1e-3', { weightDecay: [0, 0.001] }],
      ['A-2', SHORT, '−0.6', { teacher: { T: IDENTITY, A: [1, -0.6] } }],
      [
        'overlap',
        SHORT,
        '0.5',
        {
          teacher: {
            T: [
              [1, 0.5],
              [0.5, 1],
            ],
            A: [1, 1],
          },
        },
      ],
      [
        'T-1-2',
        SHORT,
        '0.3',
        {
          teacher: {
            T: [
              [1, 0.3],
              [0.3, 1],
            ],
            A: [1, 1],
          },
        },
      ],
      [
        'T-2-2',
        SHORT,
        '2',
        {
          teacher: {
            T: [
              [1, 0],
              [0, 2],
            ],
            A: [1, 1],
          },
        },
      ],
      ['F-1', SHORT, '-1.5', { feedback: [-1.5, -0.5] }],
      ['sigma', SHORT, '0.5', { student: { draw: { sigma: 0.5 } } }],
      ['studentSeed', SHORT, '12', { student: { draw: { seed: 12 } } }],
      ['studentN', SHORT, '1000', { student: { draw: { N: 1000 } } }],
      ['teacherSeed', DRAWN, '3', { teacher: { draw: { seed: 3 } }, student: { draw: { seed: 8 } } }],
      ['feedbackSeed', DRAWN, '4', { feedback: { draw: 'normal', seed: 4 } }],
      // Both are drawn in the same space.
      ['teacherN', DRAWN, '80', { teacher: { draw: { N: 80 } }, student: { draw: { N: 80 } } }],
      ['studentN', DRAWN, '90', { teacher: { draw: { N: 90 } }, student: { draw: { N: 90 } } }],
      [
        'Q-1-2',
        GIVEN,
        '0.05',
        {
          student: {
            Q: [
              [0.2, 0.05],
              [0.05, 0.3],
            ],
          },
        },
      ],
      [
        'R-2-1',
        GIVEN,
        '0.15',
        {
          student: {
            R: [
              [0.1, 0],
              [0.15, 0.2],
            ],
          },
        },
      ],
      ['v-2', GIVEN, '0.7', { student: { v: [0.1, 0.7] } }],
      ['from', SHORT, '0.5', { alpha: { from: 0.5 } }],
      ['to', SHORT, '200', { alpha: { to: 200 } }],
      ['points', SHORT, '50', { alpha: { points: 50 } }],
      ['K', SHORT, '3', { student: { draw: { K: 3 } } }],
      ['M', SHORT, '1', { teacher: { T: [[1]], A: [1] } }],
    ];
    it.each(Object.entries(STARTS))(
      'every number of the %s changes the problem and the curve as it says',
      async (_, start) => {
        const page = await opened(start);
        for (const [id, state, text, expected] of cases) {
          if (state !== start) continue;
          await type(page, id, text);
          const problem = await problemOn(page);
          expect(problem, id).toMatchObject(expected);
          // The curve that is shown is that of this problem.
          await expect.poll(() => solvedOn(page), wait).toBe(written(resolveProblem(problem)));
          await page.keyboard.press('Control+z');
          expect(await stateOf(page), `${id} undone`).toEqual(start);
        }
      },
    );
  });

  it('a slider over many decades shows what is typed, and says it aloud', async () => {
    const page = await opened();
    await type(page, 'learningRate', '0.5');
    await drawn(page);
    const { place, said } = await slider(page, 'learningRate').evaluate((input: HTMLInputElement) => ({
      place: Number(input.value),
      said: input.getAttribute('aria-valuetext'),
    }));
    expect(place).toBeCloseTo(Math.log10(0.5), 2);
    expect(said).toBe('0.5');
  });

  it('a typed v takes the place of the one that is drawn, until that is taken back', async () => {
    const page = await opened();
    const [, second] = resolveProblem(SHORT.problem).student.v;
    await type(page, 'v-1', '0.5');
    const { v, problem } = await stateOf(page);
    expect(v).toEqual([0.5, second]);
    expect(problem).toEqual(SHORT.problem);
    await page.locator('#control-drawnV').click();
    expect(await stateOf(page)).not.toHaveProperty('v');
  });

  it('seeds have a next one, by a button and by an arrow key', async () => {
    const page = await opened();
    await page.getByRole('button', { name: 'Next Student seed' }).click();
    expect(await problemOn(page)).toMatchObject({ student: { draw: { seed: 9 } } });
    await field(page, 'studentSeed').press('ArrowUp');
    expect(await problemOn(page)).toMatchObject({ student: { draw: { seed: 10 } } });
  });

  it('what is no number is told at its field and changes nothing', async () => {
    const page = await opened();
    for (const [id, text, message] of [
      ['learningRate', 'fast', 'Found “fast”: type a number, as 0.25 or 1e-3.'],
      ['learningRate', '', 'Found nothing: type a number, as 0.25 or 1e-3.'],
      ['K', '9', 'Found “9”: type a whole number from 1 to 8.'],
      ['studentSeed', '1.5', 'Found “1.5”: type a whole number from 0 to 2^53 − 1.'],
      ['F-2', '1,5', 'Found “1,5”: type a number, as 0.25 or 1e-3.'],
      ['T-1-2', 'x', 'Found “x”: type a number, as 0.25 or 1e-3.'],
    ]) {
      const before = await field(page, id).inputValue();
      await type(page, id, text);
      expect(await stateOf(page), id).toEqual(SHORT);
      expect(await field(page, id).getAttribute('aria-invalid')).toBe('true');
      const told = page.locator(`[id="${await field(page, id).getAttribute('aria-describedby')}"]`);
      expect(await told.innerText()).toBe(message);
      // What was typed stays, to be mended; Escape goes back.
      expect(await field(page, id).inputValue()).toBe(text);
      await field(page, id).press('Escape');
      expect(await field(page, id).inputValue()).toBe(before);
      expect(await field(page, id).getAttribute('aria-invalid')).toBeNull();
      expect(await page.locator('.field-fault:visible').count(), id).toBe(0);
    }
  });

  describe('what the library refuses', () => {
    const cases: [string, State, string, string, string][] = [
      ['T-1-2', SHORT, '1.5', 'T', 'teacher.T: found T_1_2 = 1.5; no two vectors have that overlap'],
      ['noise', SHORT, '-1', 'noise', 'noise: found -1; use a finite number, zero or more'],
      ['decay2', SHORT, '-1', 'decay1', 'weightDecay: found [0,-1]'],
      ['studentN', SHORT, '3', 'studentN', 'student.draw.N: found 3; use at least K + M = 4'],
      ['to', SHORT, '0.05', 'to', 'alpha.to: found 0.05; use a number above "from" = 0.1'],
      ['from', SHORT, '0', 'from', 'alpha.from: found 0; a log scale starts above 0'],
      ['R-1-1', GIVEN, '2', 'Q', 'student: found R_1_1 = 2; no two vectors have that overlap'],
    ];
    it.each([
      ['first', SHORT],
      ['given', GIVEN],
    ])('of the %s state is told at its control and aloud, and the old curve stays', async (_, start) => {
      const page = await opened(start);
      await settled(page);
      const before = await page.evaluate(() => globalThis.alignode.scene().theory!.curve.eg);
      for (const [id, state, text, at, message] of cases) {
        if (state !== start) continue;
        await type(page, id, text);
        const told = page.locator(`#control-${at}-fault`);
        const aloud = page.locator('#controls [role=status]');
        await expect.poll(() => told.textContent(), wait).toContain(message);
        expect(await told.isVisible(), id).toBe(true);
        expect(await aloud.textContent()).toContain(message);
        expect(await page.evaluate(() => globalThis.alignode.scene().theory!.curve.eg)).toEqual(before);
        // Taken back, nothing is said any more.
        await page.keyboard.press('Control+z');
        await expect.poll(() => told.isVisible(), wait).toBe(false);
        expect(await aloud.textContent()).toBe('');
        await settled(page);
      }
    });

    it('unfolds the group in which it can be mended', async () => {
      const bad = { ...SHORT, problem: { ...SHORT.problem, weightDecay: [-1, 0] as [number, number] } };
      const { page } = await open({ hash: encode(bad) });
      await expect.poll(() => page.locator('#control-decay1-fault').isVisible(), wait).toBe(true);
    });
  });
});
