import { describe, expect, it } from 'vitest';
import { bestAligned, degenerateMinima, integrate, resolveProblem, studentAt } from '../../src/index.ts';
import { problemOf } from '../../src/web/state/problem.ts';
import { FIRST, type State } from '../../src/web/state/state.ts';
import { pairOf } from '../../src/web/views/pairChoice.ts';
import { SHORT } from '../support/controls.ts';
import { describeExplorer, settled } from '../support/explorer.ts';
import {
  drag,
  feedbackOf,
  handle,
  middle,
  perPixel,
  says,
  stateOf,
  undo,
  view,
} from '../support/explorerPlane.ts';
import { addressOf, goTo, readChart, stateWith, told, unitsOf } from '../support/exploreViews.ts';
import { patience } from '../support/reader.ts';
import { expectSameCurve } from '../support/sameCurve.ts';

describe('the pair of units that spans the plane', () => {
  it('is that of the state, or the first two where it names units that are not there', () => {
    const state = (pair: [number, number]) => ({ ...FIRST, view: { pair } });
    expect(pairOf(state([2, 0]), 3)).toEqual([2, 0]);
    expect(pairOf(state([2, 0]), 2)).toEqual([0, 1]);
    expect(pairOf(state([1, 1]), 2)).toEqual([0, 1]);
  });
});

describeExplorer('the v-plane of the explore page', (open) => {
  const K3 = stateWith({ ...unitsOf(3, 3), alpha: SHORT.problem.alpha }, { view: { pair: [0, 2] } });

  it('takes F by the mouse: the other units keep theirs, the axes hold still, and it is one step of undo', async () => {
    const { page, faults } = await open(addressOf(K3));
    await told(page);
    const F = resolveProblem(K3.problem).feedback!;
    const scale = await perPixel(page);
    await drag(page, 'F', -60, 45, false);
    const dragged = await feedbackOf(page);
    expect(Math.abs(dragged[0] - (F[0] - 60 * scale))).toBeLessThan(0.02);
    expect(dragged[1]).toBe(F[1]);
    expect(Math.abs(dragged[2] - (F[2] + 45 * scale))).toBeLessThan(0.02);
    // To the very edge of the plane.
    const [x, y] = await middle(page, 'F');
    await page.mouse.move(x + 700, y - 10);
    await expect.poll(async () => (await feedbackOf(page))[0], patience).toBeGreaterThan(1.3);
    expect(await perPixel(page)).toBe(scale);
    await page.mouse.up();
    await expect.poll(() => perPixel(page), patience).toBeGreaterThan(scale);

    await undo(page).click();
    expect((await stateOf(page)).problem.feedback).toEqual(K3.problem.feedback);
    expect(await undo(page).getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: 'Redo' }).click();
    expect((await feedbackOf(page))[1]).toBe(F[1]);
    expect(faults).toEqual([]);
  });

  it('takes v by the mouse: all of it is set, it is one step of undo, and the curve follows', async () => {
    const { page } = await open(addressOf(K3));
    await told(page);
    const { v } = resolveProblem(K3.problem).student;
    const scale = await perPixel(page);
    await drag(page, 'v', 50, 70);
    const set = (await stateOf(page)).v!;
    expect(set.length).toBe(3);
    expect(Math.abs(set[0] - (v[0] + 50 * scale))).toBeLessThan(0.02);
    expect(set[1]).toBe(v[1]);
    expect(Math.abs(set[2] - (v[2] + 70 * scale))).toBeLessThan(0.02);
    await settled(page);
    const curve = await page.evaluate(() => globalThis.alignode.scene().theory!.curve);
    expectSameCurve(curve, integrate(problemOf(await stateOf(page))));
    // A second drag is a second step.
    await drag(page, 'v', 20, -30);
    await undo(page).click();
    expect((await stateOf(page)).v).toEqual(set);
    await undo(page).click();
    expect((await stateOf(page)).v).toBeUndefined();
    expect(await undo(page).getAttribute('aria-disabled')).toBe('true');
  });

  it('moves F and v by the arrow keys, finely with Shift, and says where they are', async () => {
    const { page } = await open(addressOf(SHORT));
    await told(page);
    expect(await says(page, 'F')).toBe('F₁ = 0.80, F₂ = −0.50');
    await handle(page, 'F').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowUp');
    expect(await feedbackOf(page)).toEqual([0.85, -0.49]);
    await expect.poll(() => says(page, 'F'), patience).toBe('F₁ = 0.85, F₂ = −0.49');
    await undo(page).click();
    expect(await feedbackOf(page)).toEqual([0.85, -0.5]);
    await undo(page).click();
    expect(await feedbackOf(page)).toEqual([0.8, -0.5]);

    // A key that is held down is one step.
    const { v } = resolveProblem(FIRST.problem).student;
    await handle(page, 'v').focus();
    for (let times = 0; times < 4; times++) await page.keyboard.down('ArrowLeft');
    await page.keyboard.up('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    const set = (await stateOf(page)).v!;
    expect(set[0]).toBeCloseTo(v[0] - 0.2, 5);
    expect(set[1]).toBeCloseTo(v[1] - 0.05, 5);
    await undo(page).click();
    await undo(page).click();
    expect((await stateOf(page)).v).toBeUndefined();
  });

  it('lets F and v be taken one by one where they are the same', async () => {
    const same = stateWith({ feedback: [0.5, 0.5], alpha: SHORT.problem.alpha }, { v: [0.5, 0.5] });
    const { page } = await open(addressOf(same));
    await told(page);
    const [F, v] = [await middle(page, 'F'), await middle(page, 'v')];
    expect(Math.hypot(F[0] - v[0], F[1] - v[1])).toBeGreaterThan(24);
    const scale = await perPixel(page);
    await drag(page, 'F', 40, -60);
    const moved = await feedbackOf(page);
    // It does not jump to the pointer, though it was drawn apart.
    expect(Math.abs(moved[0] - (0.5 + 40 * scale))).toBeLessThan(0.02);
    expect(Math.abs(moved[1] - (0.5 - 60 * scale))).toBeLessThan(0.02);
    expect((await stateOf(page)).v).toEqual([0.5, 0.5]);
    await undo(page).click();
    await expect.poll(() => says(page, 'F'), patience).toBe('F₁ = 0.50, F₂ = 0.50');
    await drag(page, 'v', -50, 0);
    expect((await stateOf(page)).v![0]).toBeLessThan(0.3);
    expect(await feedbackOf(page)).toEqual([0.5, 0.5]);
  });

  it('shows the path up to the cursor, and the minima with the best aligned, which follows F at once', async () => {
    const { page } = await open();
    await told(page);
    await goTo(page, 120);
    const chart = await readChart(view(page));
    expect(chart.lines.map((line) => line.length)).toEqual([200, 121]);
    const curve = integrate(FIRST.problem);
    const [, y] = chart.lines[1][120];
    expect(Math.abs(chart.valueAt(y) - curve.v[120][1])).toBeLessThan(0.01);

    const pens = { minima: '#e69f00' };
    const circles = async () =>
      [
        ...(await readChart(view(page))).svg.matchAll(
          /<circle cx="([\d.]+)" cy="([\d.]+)" r="3" fill="([^"]*)"/g,
        ),
      ].map(([, , cy, fill]) => ({ y: Number(cy), fill }));
    const { valueAt } = chart;
    const distinct = new Set(
      [...degenerateMinima(FIRST.problem)].map((one) => studentAt(FIRST.problem, one).v.join()),
    );
    // And one in the legend.
    expect((await circles()).filter(({ fill }) => fill !== pens.minima && fill !== '#000000').length).toBe(
      distinct.size + 1,
    );
    const best = async () =>
      (await circles())
        .filter(({ fill }) => fill === pens.minima)
        .map(({ y }) => Math.round(valueAt(y) * 10) / 10);
    const bestOf = (problem: State['problem']) => studentAt(problem, bestAligned(problem)).v[1];
    expect(await best()).toContain(bestOf(FIRST.problem));
    expect(await view(page).locator('.status').textContent()).toMatch(
      /^8 solutions make no error, at 4 places of v\. .*cos\(v, F\) = 0\.974/,
    );

    await drag(page, 'F', 0, 120, false);
    const { problem } = await stateOf(page);
    expect(bestOf(problem)).toBe(-bestOf(FIRST.problem));
    await expect.poll(best, patience).toContain(bestOf(problem));
    await page.mouse.up();
  });

  it('shows any pair of three units, and no choice of two', async () => {
    const { page } = await open(addressOf(K3));
    await told(page);
    const F = resolveProblem(K3.problem).feedback!.map((x) => x.toFixed(2).replace('-', '−'));
    expect(await says(page, 'F')).toBe(`F₁ = ${F[0]}, F₃ = ${F[2]}`);
    const [across, up] = ['Horizontal', 'Vertical'].map((name) => page.getByRole('combobox', { name }));
    await across.selectOption('2');
    await expect.poll(() => says(page, 'F'), patience).toBe(`F₂ = ${F[1]}, F₃ = ${F[2]}`);
    expect((await stateOf(page)).view.pair).toEqual([1, 2]);
    expect((await readChart(view(page))).words).toContain('v₂, with F₂ and A₂');
    // The unit of the other axis: the two change places.
    await up.selectOption('2');
    await expect.poll(async () => (await stateOf(page)).view.pair, patience).toEqual([2, 1]);
    // Where one looks is no step of undo.
    expect(await undo(page).getAttribute('aria-disabled')).toBe('true');

    const { page: two } = await open(addressOf(SHORT));
    await told(two);
    expect(await two.getByRole('combobox', { name: 'Horizontal' }).isVisible()).toBe(false);
  });
});
