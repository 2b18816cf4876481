import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { type AlphaGrid, type ResolvedProblem, resolveProblem } from '../../src/index.ts';
import { encode } from '../../src/web/exchange/address.ts';
import { presets } from '../../src/web/state/presets.ts';
import { FIRST } from '../../src/web/state/state.ts';
import { choose, drawn, SHORT, slider, stateOf, type, unfold } from '../support/controls.ts';
import { describeExplorer } from '../support/explorer.ts';
import { axeFaults, patience, scrollsSideways } from '../support/reader.ts';

const wait = { timeout: patience.timeout };
/** What is learned and by whom, in words; browsers and Node differ in the last digit of a power. */
const written = ({ rule, activation, student, teacher, feedback }: ResolvedProblem): string =>
  JSON.stringify({ rule, activation, student, teacher, feedback }, (_, x) =>
    typeof x === 'number' ? Number(x.toPrecision(12)) : x,
  );
const theoryOn = (page: Page) =>
  page.evaluate(() => {
    const { theory, refused } = globalThis.alignode.scene();
    return { ...theory!, refused };
  });
const shownPreset = (page: Page): Promise<string> => page.locator('#start-from').inputValue();

describeExplorer('undo, redo and where to start from', (open) => {
  it('every start gives its curve, says what it shows, and is one step', async () => {
    const { page, faults } = await open();
    expect(await shownPreset(page)).toBe('first');
    for (const { id, says, problem } of [...presets.slice(1), presets[0]]) {
      const before = await stateOf(page);
      await page.selectOption('#start-from', id);
      expect(await stateOf(page), id).toEqual({ ...FIRST, problem });
      const solved = async (): Promise<unknown> => {
        const { problem, reached, refused, failure } = await theoryOn(page);
        return { learned: written(problem), reached, refused, failure };
      };
      // Its draft is enough: with eight relu units the exact curve takes seconds.
      await expect.poll(solved, wait).toEqual({
        learned: written(resolveProblem(problem)),
        reached: (problem.alpha as AlphaGrid).to,
        refused: undefined,
        failure: undefined,
      });
      await drawn(page);
      expect(await shownPreset(page)).toBe(id);
      expect(await page.locator('#start-says').innerText()).toContain(says);
      expect(await page.locator('#start-says a').getAttribute('href')).toMatch(/^\.\/book\/\w+\.html#/);
      await page.keyboard.press('Control+z');
      expect(await stateOf(page), `${id} undone`).toEqual(before);
      await page.keyboard.press('Control+y');
    }
    expect(faults).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'axe finds nothing in the controls, %s, with refusals and wrong typing',
    async (theme) => {
      const { page } = await open({ theme });
      await unfold(page);
      await choose(page, 'studentMode', 'given');
      await type(page, 'noise', 'x');
      await type(page, 'T-1-2', '2');
      await expect.poll(() => page.locator('#control-T-fault').isVisible(), wait).toBe(true);
      expect(await axeFaults(page)).toEqual([]);
      // Every field and slider has a name, and no two fields the same.
      const snapshot = await page.locator('#controls').ariaSnapshot();
      const fields = [...snapshot.matchAll(/- (textbox|slider|checkbox|combobox)(?: "([^"]+)")?/g)];
      expect(fields.length).toBeGreaterThan(30);
      expect(fields.filter(([, , name]) => name === undefined)).toEqual([]);
      expect(new Set(fields.map(([, role, name]) => `${role} ${name}`)).size).toBe(fields.length);
      expect(snapshot).toContain('output weight A of teacher unit 2');
    },
  );

  it('on a narrow page the groups but the first are folded above the curves, on a wide one open beside them', async () => {
    const openGroups = (page: Page) =>
      page.locator('#controls details.group[open]').evaluateAll((all) => all.map(({ id }) => id));
    const narrow = await open({ width: 390 });
    expect(await openGroups(narrow.page)).toEqual(['group-model']);
    expect(await scrollsSideways(narrow.page)).toBe(false);
    await unfold(narrow.page);
    await narrow.page.selectOption('#start-from', '2c-erf');
    await choose(narrow.page, 'studentMode', 'given');
    expect(await scrollsSideways(narrow.page)).toBe(false);
    const wide = await open({ width: 1280 });
    expect(await openGroups(wide.page)).not.toContain('group-decay');
    expect((await openGroups(wide.page)).length).toBeGreaterThan(4);
  });

  it('every kind of change is taken back and made again by keys', async () => {
    const { page } = await open({ hash: encode(SHORT) });
    await unfold(page);
    const changes: (() => Promise<unknown>)[] = [
      () => type(page, 'noise', '0.3'),
      () => slider(page, 'A-1').press('Home'),
      () => choose(page, 'rule', 'bp'),
      () => page.locator('#control-sameRate').uncheck(),
      () => type(page, 'T-1-2', '0.2'),
      () => type(page, 'F-1', '2'),
      () => type(page, 'v-1', '1'),
      () => page.locator('#control-drawnV').click(),
      () => type(page, 'K', '4'),
      () => page.selectOption('#control-feedbackMode', 'uniform'),
      () => choose(page, 'studentMode', 'given'),
      () => page.selectOption('#start-from', '10-normal'),
    ];
    const states = [await stateOf(page)];
    for (const change of changes) {
      await change();
      await drawn(page);
      states.push(await stateOf(page));
      expect(states.at(-1)).not.toEqual(states.at(-2));
    }
    await page.locator('h1').click();
    for (const state of states.slice(0, -1).reverse()) {
      await page.keyboard.press('Control+z');
      expect(await stateOf(page)).toEqual(state);
    }
    for (const [i, state] of states.slice(1).entries()) {
      await page.keyboard.press(i % 2 === 0 ? 'Control+Shift+z' : 'Control+y');
      expect(await stateOf(page)).toEqual(state);
    }
    await page.keyboard.press('Meta+z');
    expect(await stateOf(page)).toEqual(states.at(-2));
    // What the controls show goes with it.
    await drawn(page);
    expect(await page.locator('#control-studentMode-given').isChecked()).toBe(true);
  });

  it('a start is named as long as the problem is the same', async () => {
    const { page } = await open();
    await unfold(page);
    await type(page, 'noise', '0.2');
    await drawn(page);
    expect(await shownPreset(page)).toBe('');
    expect(await page.locator('#start-says').innerText()).toBe('Changed since the start.');
    await page.locator('h1').click();
    await page.keyboard.press('Control+z');
    await drawn(page);
    expect(await shownPreset(page)).toBe('first');
    // 3a by DFA and 3b are one problem: what was chosen is shown.
    await page.selectOption('#start-from', '3b');
    await drawn(page);
    expect(await shownPreset(page)).toBe('3b');
  });
});
