import { describe, expect, it } from 'vitest';
import { resolveProblem } from '../../src/index.ts';
import type { State } from '../../src/web/state/state.ts';
import {
  choose,
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
import { describeExplorer } from '../support/explorer.ts';
import { patience } from '../support/reader.ts';

const wait = { timeout: patience.timeout };

describeExplorer('the controls of the explore page', (open) => {
  const opened = unfolding(open);

  it('teacher and student are given or drawn, and what is given first is what was drawn', async () => {
    const page = await opened(DRAWN);
    const { teacher, student } = resolveProblem(DRAWN.problem);
    await choose(page, 'studentMode', 'given');
    // Overlaps with a teacher that is drawn cannot be given.
    expect(await problemOn(page)).toMatchObject({ teacher, student });
    await choose(page, 'teacherMode', 'drawn');
    expect(await problemOn(page)).toMatchObject({ teacher: { draw: { M: 2 } }, student: { draw: { K: 2 } } });
    expect(await page.locator('#notices').innerText()).toContain('The student is now drawn, too');
    await choose(page, 'teacherSecondLayer', 'normal');
    expect(await problemOn(page)).toMatchObject({ teacher: { draw: { secondLayer: 'normal' } } });
    await choose(page, 'teacherMode', 'given');
    expect(await problemOn(page)).toMatchObject({ student: { draw: { K: 2 } } });
    await choose(page, 'studentMode', 'given');
    await choose(page, 'studentMode', 'drawn');
    expect(await problemOn(page)).toMatchObject({ student: { draw: { K: 2 } } });
  });

  it('a list of times is shown as such, and made a range by a button', async () => {
    const page = await opened({ ...SHORT, problem: { ...SHORT.problem, alpha: [0.5, 2, 40, 100] } });
    expect(await field(page, 'times').innerText()).toBe('A list of 4 times, from α = 0.5 to 100.');
    expect(await field(page, 'from').isVisible()).toBe(false);
    await page.locator('#control-range').click();
    expect((await problemOn(page)).alpha).toEqual({ from: 0.5, to: 100, points: 4, scale: 'log' });
    await drawn(page);
    expect(await field(page, 'from').isVisible()).toBe(true);
  });

  it('other numbers of units by slider give back what they took, as long as it is one move', async () => {
    const page = await opened();
    await slider(page, 'K').focus();
    await page.keyboard.down('ArrowLeft');
    expect((await problemOn(page)).feedback).toEqual([0.8]);
    await page.keyboard.down('ArrowRight');
    expect((await problemOn(page)).feedback).toEqual([0.8, -0.5]);
    await page.keyboard.up('ArrowRight');
    await drawn(page);
    expect(await page.locator('[id^=control-F-]:is(input)').count()).toBe(2);
  });

  it('fields of lists and matrices are made anew for other numbers of units alone', async () => {
    const page = await opened(GIVEN);
    const first = await field(page, 'F-1').elementHandle();
    const cell = await field(page, 'R-1-1').elementHandle();
    await type(page, 'F-2', '3');
    await slider(page, 'learningRate').press('End');
    await drawn(page);
    expect(await first!.evaluate((input) => input.isConnected)).toBe(true);
    expect(await cell!.evaluate((input) => input.isConnected)).toBe(true);
    await type(page, 'K', '4');
    await expect.poll(() => page.locator('[id^=control-F-]:is(input)').count(), wait).toBe(4);
    expect(await page.locator('[id^=control-Q-]:is(input)').count()).toBe(16);
    expect(await page.locator('[id^=control-R-]:is(input)').count()).toBe(8);
    await expect
      .poll(() => page.evaluate(() => globalThis.alignode.scene().theory?.problem.student.v.length), wait)
      .toBe(4);
  });

  it('nothing is written into a field in which somebody types', async () => {
    const page = await opened();
    await field(page, 'noise').focus();
    await page.keyboard.type('7');
    await page.evaluate(() => document.querySelector<HTMLElement>('#control-rule-bp')!.click());
    await page.selectOption('#start-from', 'plateau-2');
    await drawn(page);
    expect(await field(page, 'learningRate').inputValue()).toBe('0.5');
    await field(page, 'learningRate').focus();
    await page.keyboard.type('12');
    const typed = await field(page, 'learningRate').inputValue();
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('#control-learningRate-slider')!;
      input.value = '-1';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await drawn(page);
    expect((await problemOn(page)).learningRate).toBe(0.1);
    expect(await field(page, 'learningRate').inputValue()).toBe(typed);
    await page.keyboard.press('Escape');
    expect(await field(page, 'learningRate').inputValue()).toBe('0.1');
  });

  describe('by slider and keys', () => {
    const cases: [string, State, string, object][] = [
      ['K', SHORT, 'End', { student: { draw: { K: 8 } } }],
      ['M', SHORT, 'Home', { teacher: { T: [[1]], A: [1] } }],
      ['learningRate', SHORT, 'Home', { learningRate: 0.001 }],
      ['learningRate', SHORT, 'ArrowRight', { learningRate: 0.102 }],
      ['secondLayerRate', SEPARATE, 'End', { secondLayerRate: 10 }],
      ['noise', SHORT, 'ArrowRight', { noise: 0.01 }],
      ['decay1', SHORT, 'End', { weightDecay: [1, 0] }],
      ['decay2', SHORT, 'End', { weightDecay: [0, 1] }],
      ['A-1', SHORT, 'Home', { teacher: { A: [-2, 1] } }],
      [
        'overlap',
        SHORT,
        'ArrowLeft',
        {
          teacher: {
            T: [
              [1, -0.01],
              [-0.01, 1],
            ],
          },
        },
      ],
      ['sigma', SHORT, 'Home', { student: { draw: { sigma: 0 } } }],
      ['sigma', SHORT, 'End', { student: { draw: { sigma: 2 } } }],
      ['from', SHORT, 'Home', { alpha: { from: 0.001 } }],
      ['to', SHORT, 'End', { alpha: { to: 1e6 } }],
    ];
    it.each(Object.entries(STARTS))(
      'every slider of the %s changes the problem as it says, and is undone in one step',
      async (_, start) => {
        const page = await opened(start);
        for (const [id, state, key, expected] of cases) {
          if (state !== start) continue;
          await slider(page, id).press(key);
          expect(await problemOn(page), id).toMatchObject(expected);
          await drawn(page);
          const said = await slider(page, id).getAttribute('aria-valuetext');
          expect(await field(page, id).inputValue(), id).toBe(said);
          await page.keyboard.press('Control+z');
          expect(await stateOf(page), `${id} undone`).toEqual(start);
          await page.keyboard.press('Control+y');
          expect(await problemOn(page), `${id} redone`).toMatchObject(expected);
          await page.keyboard.press('Control+z');
        }
      },
    );
  });

  it('words are chosen: rule, activation, laws, scales, whether the second layer learns and at which rate', async () => {
    const page = await opened();
    const becomes = async (expected: object): Promise<void> =>
      expect(await problemOn(page)).toMatchObject(expected);
    await choose(page, 'rule', 'bp');
    await becomes({ rule: 'bp' });
    await choose(page, 'activation', 'relu');
    await becomes({ activation: 'relu' });
    for (const law of ['normal', 'uniform', 'positive', 'orthogonal', 'matched']) {
      await page.selectOption('#control-feedbackMode', law);
      await becomes({ feedback: { draw: law, seed: 1 } });
    }
    await page.selectOption('#control-feedbackMode', 'typed');
    await becomes({ feedback: resolveProblem(SHORT.problem).student.v });
    await page.selectOption('#control-feedbackMode', 'none');
    expect(await problemOn(page)).not.toHaveProperty('feedback');
    // DFA cannot be without, and does not offer it.
    await choose(page, 'rule', 'dfa');
    await becomes({ feedback: { draw: 'normal', seed: 1 } });
    await drawn(page);
    expect(await page.locator('#control-feedbackMode option[value=none]').isDisabled()).toBe(true);
    await choose(page, 'scale', 'linear');
    await becomes({ alpha: { scale: 'linear' } });
    await type(page, 'from', '0');
    await choose(page, 'scale', 'log');
    await becomes({ alpha: { scale: 'log', from: 0.001 } });
    await choose(page, 'studentSecondLayer', 'ones');
    await becomes({ student: { draw: { secondLayer: 'ones' } } });
    await page.locator('#control-sameRate').uncheck();
    await becomes({ secondLayerRate: 0.1 });
    await page.locator('#control-sameRate').check();
    expect(await problemOn(page)).not.toHaveProperty('secondLayerRate');
    await page.locator('#control-trainSecondLayer').uncheck();
    await becomes({ trainSecondLayer: false });
  });
});
