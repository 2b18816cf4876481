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
import {
  addressOf,
  card,
  goTo,
  readChart,
  stateWith,
  tablesIn,
  told,
  unitsOf,
  words,
} from '../support/exploreViews.ts';
import { patience } from '../support/reader.ts';

/** A curve as the page has it when it is whole. */
function seenOf(problem: Problem, more: Partial<TheorySeen> = {}): TheorySeen {
  const curve = integrate(problem);
  const end = curve.alpha[curve.alpha.length - 1];
  return { curve, problem: curve.problem, stage: 'exact', reached: end, end, done: true, took: 12, ...more };
}
const scene = (theory: TheorySeen): Pick<Scene, 'theory' | 'pending'> => ({ theory, pending: false });

describe('what is said of a curve', () => {
  const theory = seenOf(FIRST.problem);

  it('how exact it is, what it took, and where rounding begins', () => {
    const shorter = seenOf({ ...FIRST.problem, alpha: [1, 5000] });
    const took = shorter.curve.stats.evaluations.toLocaleString('en');
    expect(curveInWords(scene(shorter))).toBe(`exact to 10⁻⁹ in 12 ms, ${took} evaluations`);
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
  it('the phases of a curve that comes to a plateau, aligned by DFA alone, and of no other', () => {
    const { bands, lines } = marksOf(theory);
    expect(bands.map(({ label }) => label)).toEqual(['align', 'memorise']);
    expect(lines.map(({ label }) => label)).toEqual(['plateau begins', 'plateau ends']);
    const { alpha, weightAlignment } = theory.curve;
    expect(bands[0].to).toBe(alpha[weightAlignment.indexOf(Math.max(...weightAlignment))]);
    expect(
      marksOf(seenOf({ ...FIRST.problem, rule: 'bp', alpha: { from: 0.1, to: 1e4, points: 200 } })),
    ).toMatchObject({
      bands: [],
      lines: [{ label: 'plateau begins' }, { label: 'plateau ends' }],
    });
    for (const none of [
      { ...theory, done: false },
      { ...theory, failure: { code: 'diverged', message: '' } },
      // It learns without a plateau, and is flat when it rests.
      seenOf({ ...FIRST.problem, activation: 'linear' }),
      seenOf({ ...FIRST.problem, activation: 'linear', noise: 0.5 }),
    ])
      expect(marksOf(none)).toEqual({ bands: [], lines: [] });

    // A curve that ends before the student leaves the plateau.
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
      // Where the error has come to its floor there is no alignment of updates to draw.
      [alignment, 1, curve.updateAlignment.filter((_, i) => curve.eg[i] > curve.stats.egFloor)],
    ];
    for (const [chart, line, values] of drawn) {
      expect(values.length).toBeGreaterThan(195);
      expect(chart.lines[line].length).toBe(values.length);
      for (const i of [0, 40, 90, 140, 180, values.length - 1])
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
});
