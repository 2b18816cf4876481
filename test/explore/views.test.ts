import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { integrate, type Problem, plateau } from '../../src/index.ts';
import type { Scene, TheorySeen } from '../../src/web/scene.ts';
import { FIRST } from '../../src/web/state/state.ts';
import type { StudentsSeen } from '../../src/web/students/seen.ts';
import { curveInWords } from '../../src/web/views/curveInWords.ts';
import { fixed, short } from '../../src/web/views/numbers.ts';
import { marksOf, meansOf } from '../../src/web/views/overTime.ts';
import { spectrumInWords } from '../../src/web/views/spectrum.ts';
import { describeExplorer } from '../support/explorer.ts';
import { addressOf, goTo, readChart, stateWith, tablesIn, told, unitsOf } from '../support/exploreViews.ts';
import { axeFaults, patience, scrollsSideways } from '../support/reader.ts';

const card = (page: Page, id: string) => page.locator(`#view-${id}`);
const words = async (page: Page, id: string): Promise<string> =>
  (await card(page, id).locator('.status').allTextContents()).join('|');

/** A curve as the page has it when it is whole. */
function seenOf(problem: Problem, more: Partial<TheorySeen> = {}): TheorySeen {
  const curve = integrate(problem);
  const end = curve.alpha[curve.alpha.length - 1];
  return { curve, problem: curve.problem, stage: 'exact', reached: end, end, done: true, took: 12, ...more };
}
const scene = (theory: TheorySeen): Pick<Scene, 'theory' | 'pending'> => ({ theory, pending: false });

describe('what is said of a curve', () => {
  const theory = seenOf(FIRST.problem);
  const evaluations = theory.curve.stats.evaluations.toLocaleString('en');

  it('how exact it is, what it took, and where rounding begins', () => {
    expect(curveInWords(scene(theory))).toBe(`exact to 10⁻⁹ in 12 ms, ${evaluations} evaluations`);
    const rounded = seenOf({ ...FIRST.problem, alpha: [1, 30_000] });
    const floor = short(rounded.curve.stats.egFloor);
    expect(curveInWords(scene(rounded))).toContain(`below ε = ${floor} lies rounding`);
  });
  it('how far it has come', () => {
    expect(curveInWords({ pending: true })).toBe('integrating…');
    expect(curveInWords({ pending: false })).toBe('');
    const coming = { ...theory, done: false, reached: 4000 };
    expect(curveInWords(scene(coming))).toBe('exact to 10⁻⁹: 40 % so far');
    const draft = { ...theory, stage: 'draft' as const };
    expect(curveInWords(scene(draft))).toBe('draft to 10⁻⁹; exact: to come');
    expect(curveInWords(scene({ ...draft, reached: 4000 }))).toBe('draft to 10⁻⁹; exact: 40 %');
  });
  it('the phases of a DFA curve that comes to a plateau, and of no other', () => {
    const { bands, lines } = marksOf(theory);
    expect(bands.map(({ label }) => label)).toEqual(['align', 'memorise']);
    expect(lines.map(({ label }) => label)).toEqual(['plateau begins', 'plateau ends']);
    const { alpha, weightAlignment } = theory.curve;
    expect(bands[0].to).toBe(alpha[weightAlignment.indexOf(Math.max(...weightAlignment))]);
    for (const none of [
      seenOf({ ...FIRST.problem, rule: 'bp' }),
      { ...theory, done: false },
      { ...theory, failure: { code: 'diverged', message: '' } },
      // She learns without a plateau, and is flat when she rests.
      seenOf({ ...FIRST.problem, activation: 'linear' }),
      seenOf({ ...FIRST.problem, activation: 'linear', noise: 0.5 }),
    ])
      expect(marksOf(none)).toEqual({ bands: [], lines: [] });

    // A curve that ends before she leaves it.
    const short = seenOf({ ...FIRST.problem, alpha: { from: 0.1, to: 1000, points: 100 } });
    const none = { none: '' };
    const about = { kind: 'about', id: 1, plateau: plateau(FIRST.problem), minima: none } as const;
    expect(marksOf(short).lines).toEqual([]);
    expect(marksOf({ ...short, about }).lines.map(({ label }) => label)).toEqual(['plateau begins']);
    expect(marksOf({ ...short, about: { ...about, plateau: none } }).lines).toEqual([]);
  });
});

describe('numbers', () => {
  it('have a minus sign, and zero has none', () => {
    expect([-0.5, -0.0001, 0, 12345, Number.NaN].map((x) => fixed(x, 2))).toEqual([
      '−0.50',
      '0.00',
      '0.00',
      '12300',
      '–',
    ]);
    expect(short(-1.25e-7)).toBe('−1.25·10⁻⁷');
  });
  it('of a spectrum are said once for a pair, and zeros are counted', () => {
    const found = {
      eigenvalues: [
        { re: 0.5, im: 0 },
        { re: 1e-12, im: 0 },
        { re: -1e-12, im: 0 },
        { re: -0.25, im: 2 },
        { re: -0.25, im: -2 },
      ],
      neutral: 2,
    } as Parameters<typeof spectrumInWords>[0];
    expect(spectrumInWords(found)).toBe('0.5, 0 (×2), −0.25 ± 2 i');
  });
  it('of students are those of the times at which some were measured', () => {
    const students = {
      alpha: [1, 2, 3],
      counts: [4, 1, 0],
      mean: { eg: [0.5, 0.25, Number.NaN] },
      stderr: { eg: [0.1, Number.NaN, Number.NaN] },
      other: false,
    } as unknown as StudentsSeen;
    const { x, y, low, high, name, mark } = meansOf(students, ({ eg }, i) => eg[i], {});
    expect({ x, y, low, high, name, mark }).toEqual({
      x: [1, 2],
      y: [0.5, 0.25],
      low: [0.4, Number.NaN],
      high: [0.6, Number.NaN],
      name: '4 students',
      mark: 'points',
    });
  });
});

describeExplorer('the views of the explore page', (open) => {
  it('show the overlaps at the cursor as integrate gives them, in the same cells', async () => {
    const problem = { ...FIRST.problem, ...unitsOf(3, 2) };
    const curve = integrate(problem);
    const { page, faults } = await open(addressOf(stateWith(unitsOf(3, 2))));
    await told(page);
    const matrices = card(page, 'matrices');
    await matrices
      .locator('td')
      .last()
      .evaluate((cell) => cell.classList.add('the-same'));
    const in3 = (x: readonly (readonly number[])[]) => x.map((row) => row.map((one) => fixed(one, 3)));
    for (const index of [0, 77, 150, 199]) {
      await goTo(page, index);
      expect(await tablesIn(matrices)).toEqual({
        'R, student (row) and teacher': in3(curve.R[index]),
        'Q, student and student': in3(curve.Q[index]),
        'T, teacher and teacher': in3(curve.problem.teacher.T),
        'Student’s weights': in3([curve.v[index], curve.problem.feedback!]),
        'Teacher’s weights': in3([curve.problem.teacher.A]),
      });
    }
    expect(await matrices.locator('.the-same').count()).toBe(1);
    expect(await matrices.locator('th[scope=row]').allTextContents()).toEqual([
      ...['1', '2', '3', '1', '2', '3', '1', '2'],
      ...['v', 'F', 'A'],
    ]);
    expect(faults).toEqual([]);
  });

  it('draw R, Q and both alignments as integrate gives them, and say what the curve took', async () => {
    const curve = integrate(FIRST.problem);
    const { page } = await open();
    await told(page);
    const R = await readChart(card(page, 'R'));
    const Q = await readChart(card(page, 'Q'));
    const alignment = await readChart(card(page, 'alignment'));
    const drawn: [typeof R, number, number[]][] = [
      [R, 0, curve.R.map((at) => at[0][0])],
      [R, 1, curve.R.map((at) => at[0][1])],
      [R, 2, curve.R.map((at) => at[1][0])],
      [R, 3, curve.R.map((at) => at[1][1])],
      [Q, 0, curve.Q.map((at) => at[0][0])],
      [Q, 1, curve.Q.map((at) => at[1][0])],
      [Q, 2, curve.Q.map((at) => at[1][1])],
      [alignment, 0, curve.weightAlignment],
      [alignment, 1, curve.updateAlignment],
    ];
    for (const [chart, line, values] of drawn) {
      expect(chart.lines[line].length).toBe(values.length);
      for (const i of [0, 40, 90, 140, 180, 199])
        expect(Math.abs(chart.valueAt(chart.lines[line][i][1]) - values[i])).toBeLessThan(0.004);
    }
    expect(R.words).toContain('teacher unit 2');
    expect(alignment.words).toContain('plateau begins');
    const evaluations = curve.stats.evaluations.toLocaleString('en');
    expect(await words(page, 'error')).toMatch(
      new RegExp(`^exact to 10⁻⁹ in .* ms, ${evaluations} evaluations`),
    );
  });

  it('tell the plateau as plateau finds it, and how far from it the curve is', async () => {
    const found = plateau(FIRST.problem);
    const curve = integrate(FIRST.problem);
    const { page } = await open();
    await told(page);
    await goTo(page, 150);
    const view = card(page, 'plateau');
    const terms = await view.locator('dt').allTextContents();
    const values = await view.locator('dd').allTextContents();
    const fact = (name: string): string => values[terms.indexOf(name)];
    expect(fact('ε on the plateau')).toBe(`${short(found.eg)}to first order in η₁`);
    expect(fact('ε at the cursor')).toBe(short(curve.eg[150]));
    expect(fact('escape rate')).toContain(short(found.escapeRate));
    expect(fact('escape rate')).toContain(`a factor e in α = ${short(1 / found.escapeRate)}`);
    expect(fact('neutral directions')).toContain(String(found.neutral));
    expect(fact('eigenvalues')).toMatch(new RegExp(`^${short(found.escapeRate)}, 0 \\(×${found.neutral}\\)`));
    const in3 = (x: readonly (readonly number[])[]) => x.map((row) => row.map((one) => fixed(one, 3)));
    expect(await tablesIn(view)).toEqual({
      'R there': in3(found.student.R),
      'Q there': in3(found.student.Q),
      'v there': in3([found.student.v]),
    });
    // The level of the plateau is marked where the error is.
    expect((await readChart(card(page, 'error'))).words).toContain('plateau, to first order in η₁');
    // The distance is largest where it is: a log axis turns order into order.
    const far = curve.v.map((v) => Math.max(...v.map((x, k) => Math.abs(x - found.student.v[k]))));
    const heights = (await readChart(view)).lines[2].map(([, y]) => y);
    expect(heights.indexOf(Math.min(...heights))).toBe(
      heights.indexOf(heights[far.indexOf(Math.max(...far))]),
    );
  });

  it('draw 64 curves for eight and eight units with eight names', async () => {
    const { page, faults } = await open(
      addressOf(stateWith({ ...unitsOf(8, 8), alpha: { from: 0.1, to: 10, points: 200 } })),
    );
    await told(page);
    const R = await readChart(card(page, 'R'));
    expect(R.lines.filter((line) => line.length === 200).length).toBe(64);
    expect(R.words.filter((word) => word.startsWith('teacher unit')).length).toBe(8);
    const cells = await card(page, 'matrices').locator('td').allTextContents();
    expect(cells.every((cell) => cell === '' || /^−?\d\.\d\d$/.test(cell))).toBe(true);
    await page.setViewportSize({ width: 390, height: 900 });
    await expect.poll(() => scrollsSideways(page), patience).toBe(false);
    expect(faults).toEqual([]);
  });

  it('show where a curve diverges, and what would help', async () => {
    const diverging: Partial<Problem> = {
      activation: 'linear',
      rule: 'bp',
      learningRate: 2,
      trainSecondLayer: false,
      student: { draw: { K: 2, N: 500, sigma: 0.01, seed: 8, secondLayer: 'ones' } },
    };
    const { page, faults } = await open(addressOf(stateWith(diverging)));
    await told(page);
    const failure = await page.evaluate(() => globalThis.alignode.scene().theory?.failure);
    expect(failure?.code).toBe('diverged');
    expect(await card(page, 'error').locator('.fault').textContent()).toBe(failure?.message);
    expect(await words(page, 'error')).toContain('exact to 10⁻⁹ as far as it goes');
    const { svg, words: drawn } = await readChart(card(page, 'error'));
    expect(drawn).toContain('diverges');
    const dashed = Number(/<line x1="([\d.]+)"[^>]*stroke-dasharray="7 5"/.exec(svg)?.[1]);
    const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
    const expected = 74 + ((Math.log10(failure!.alpha!) + 1) / 5) * (width - 94);
    expect(Math.abs(dashed - expected)).toBeLessThan(0.2);
    // The axis of Q does not run away with it.
    const Q = await readChart(card(page, 'Q'));
    expect(Math.abs(Q.valueAt(0))).toBeLessThan(1000);
    expect(faults).toEqual([]);
  });

  it('say why a problem is refused, and that the picture is the one before', async () => {
    const { page } = await open();
    await told(page);
    const picture = (): Promise<string> => card(page, 'error').locator('.picture').innerHTML();
    const before = await picture();
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      addressOf(stateWith({ learningRate: -1 })).hash,
    );
    await expect.poll(() => words(page, 'error'), patience).toMatch(/learningRate.*problem before/);
    expect(await picture()).toBe(before);
    expect(await page.locator('#view-R .stale').count()).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => words(page, 'error'), patience).not.toContain('learningRate');
    expect(await page.locator('.stale').count()).toBe(0);
  });

  it('say why the very first problem is refused, with nothing to be taken hold of', async () => {
    const { page, faults } = await open(addressOf(stateWith({ learningRate: -1 })));
    await expect.poll(() => words(page, 'error'), patience).toMatch(/learningRate: found -1;[^.]*\.$/);
    expect(await page.locator('.handle:visible, #views .picture svg').count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('say why there is no plateau and why there are no minima, where there are none', async () => {
    const relu = await open(
      addressOf(stateWith({ activation: 'relu', alpha: { from: 0.1, to: 10, points: 20 } })),
    );
    await told(relu.page);
    expect(await words(relu.page, 'plateau')).toBe('the symmetric plateau is known for erf, not for relu');
    expect(await card(relu.page, 'plateau').locator('table:visible, svg').count()).toBe(0);
    expect(await words(relu.page, 'plane')).toContain('each unit may be rescaled');

    const unequal = await open(addressOf(stateWith(unitsOf(3, 2))));
    await told(unequal.page);
    expect(await words(unequal.page, 'plane')).toContain('here K = 3 and M = 2');
  });

  it('say what the alignment of BP is measured against', async () => {
    const { page } = await open(addressOf(stateWith({ rule: 'bp' })));
    await told(page);
    expect(await words(page, 'alignment')).toContain('BP does not use F');
  });

  it('have the points of the students beside the curves', async () => {
    const state = stateWith({ alpha: { from: 0.5, to: 4, points: 4, scale: 'linear' } });
    const { page, faults } = await open(
      addressOf({ ...state, students: { ...FIRST.students, N: 20, runs: 3, backend: 'cpu' } }),
    );
    await told(page);
    await page.locator('#students-train').click();
    await page.waitForFunction(() => globalThis.alignode.scene().students?.status === 'finished');
    const marks = (id: string) => card(page, id).locator('.picture svg circle').count();
    await expect.poll(() => marks('error'), patience).toBeGreaterThanOrEqual(4);
    const times = await page.evaluate(() => globalThis.alignode.scene().students!.alpha.length);
    await expect.poll(() => marks('R'), patience).toBe(4 * times);
    await expect.poll(() => marks('Q'), patience).toBe(3 * times);
    // Besides them the v at the cursor, four minima, the best of them, and three samples in the legend.
    await expect.poll(() => marks('plane'), patience).toBeGreaterThanOrEqual(times + 6);
    expect(faults).toEqual([]);
  });
});
