import type { Page } from 'playwright';
import type { Problem } from '../../src/index.ts';
import { encode } from '../../src/web/exchange/address.ts';
import { FIRST, type State } from '../../src/web/state/state.ts';
import type { Opening } from './explorer.ts';
import type { Tab } from './reader.ts';

/*
 * Hands on the controls of the explore page.
 */

/** The first state with few times: its curve takes milliseconds. */
export const SHORT: State = {
  ...FIRST,
  problem: { ...FIRST.problem, alpha: { from: 0.1, to: 10, points: 20 } },
};
export const DRAWN: State = {
  ...SHORT,
  problem: {
    ...SHORT.problem,
    teacher: { draw: { M: 2, N: 300, seed: 7 } },
    student: { draw: { K: 2, N: 300, sigma: 0.01, seed: 8 } },
    feedback: { draw: 'normal', seed: 9 },
  },
};
export const GIVEN: State = {
  ...SHORT,
  problem: {
    ...SHORT.problem,
    student: {
      Q: [
        [0.2, 0.1],
        [0.1, 0.3],
      ],
      R: [
        [0.1, 0],
        [0, 0.2],
      ],
      v: [0.1, -0.1],
    },
  },
};

/** With two rates. */
export const SEPARATE: State = { ...SHORT, problem: { ...SHORT.problem, secondLayerRate: 0.2 } };

/** Together they show every control. */
export const STARTS = {
  'first state': SHORT,
  'state that is drawn': DRAWN,
  'state that is given': GIVEN,
  'state with two rates': SEPARATE,
};

export const stateOf = (page: Page): Promise<State> => page.evaluate(() => globalThis.alignode.state());
export const problemOn = async (page: Page): Promise<Problem> => (await stateOf(page)).problem;

/** Unfolds every group. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>('#controls details.group'))
      fold.open = true;
  });

/** Opens the page at a state, with every group unfolded. */
export const unfolding =
  (open: (opening: Opening) => Promise<Tab>) =>
  async (state: State = SHORT): Promise<Page> => {
    const { page } = await open({ hash: encode(state) });
    await unfold(page);
    return page;
  };

export const field = (page: Page, id: string) => page.locator(`#control-${id}`);
export const slider = (page: Page, id: string) => page.locator(`#control-${id}-slider`);

/** Types a number and takes it. */
export async function type(page: Page, id: string, text: string): Promise<void> {
  await field(page, id).fill(text);
  await field(page, id).press('Enter');
}

/** What is shown is that of the state: a frame later. */
export const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/**
 * Chooses one of the words that stand side by side. Controls show a new state a frame later; until then what it made
 * unchecked looks checked, and the next choice would find nothing to do.
 */
export async function choose(page: Page, id: string, value: string): Promise<void> {
  await page.locator(`#control-${id}-${value}`).check({ force: true });
  await drawn(page);
}
