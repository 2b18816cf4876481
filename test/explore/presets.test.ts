import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { slug } from '../../scripts/book/headings.ts';
import { endsIn, integrate, type Problem, plateau } from '../../src/index.ts';
import { groups } from '../../src/web/controls/groups.ts';
import { checkProblem } from '../../src/web/exchange/stateShape.ts';
import { presetOf, presets, startFrom } from '../../src/web/state/presets.ts';
import { unitsOf } from '../../src/web/state/problem.ts';
import { FIRST } from '../../src/web/state/state.ts';

const root = join(import.meta.dirname, '../..');
const problemOf = (id: string): Problem => presets.find((preset) => preset.id === id)!.problem;
const curveOf = (id: string) => integrate(problemOf(id));
const last = <T>(values: readonly T[]): T => values[values.length - 1];

/** As the figures have it. */
const learns = ({ eg }: { eg: number[] }): boolean => last(eg) < 1e-4 * eg[0];

describe('presets', () => {
  test('are each told apart by an id, of a size that the page has room for', () => {
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
    for (const { problem } of presets) expect(checkProblem(problem)).toBeUndefined();
  });

  test('begin with what the page opens with', () => {
    expect(presets[0].problem).toEqual(FIRST.problem);
    expect(presetOf(FIRST)?.id).toBe('first');
  });

  test('are known again, and no longer once anything of the problem has changed', () => {
    for (const preset of presets) {
      const state = startFrom({ ...FIRST, v: [1, 2], view: { pair: [4, 5], alpha: 3 } }, preset);
      expect(presetOf(state, preset)).toBe(preset);
      expect(Math.max(...state.view.pair)).toBeLessThan(unitsOf(preset.problem).K);
      expect(presetOf({ ...state, problem: { ...state.problem, noise: 0.1 } }, preset)).toBeUndefined();
      expect(presetOf({ ...state, v: [1, 1] }, preset)).toBeUndefined();
    }
  });

  // One curve of the figure's stored data for each.
  test.each([
    ['2a-erf', '2a', '2a-erf', 'seed 2'],
    ['2a-relu', '2a', '2a-relu', 'seed 2, learns late'],
    ['2b-erf', '2b', '2b-erf', 'seed 6'],
    ['2b-relu', '2b', '2b-relu', 'seed 6, 1 of 2 feedback weights positive: fails'],
    ['2c-erf', '2c', '2c-erf', 'seed 15'],
    ['2c-relu', '2c', '2c-relu', 'seed 15, 3 of 8 feedback weights positive: learns'],
    ['3a-dfa', '3a', '3a-error', 'DFA, theory'],
    ['3a-bp', '3a', '3a-error', 'BP, theory'],
    ['3b', '3b', '3b-error', 'DFA, theory'],
    ['4-two', '4', '4-curves', '2 of 3 feedback weights positive'],
    ['4-one', '4', '4-curves', '1 of 3 feedback weights positive'],
    ['10-normal', '10', '10-error', 'F normal'],
    ['10-orthogonal', '10', '10-error', 'F orthogonal to A'],
  ])('%s is the curve of the figure', (id, figure, panel, name) => {
    const traces = JSON.parse(readFileSync(join(root, `test/fixtures/figures/${figure}.json`), 'utf8'));
    const { x, y } = traces.find(
      (one: { panel: string; name: string }) => one.panel === panel && one.name === name,
    );
    // Eight relu units cost ten seconds at the times after these, which the figure's own test has.
    const alpha = id === '2c-relu' ? x.filter((time: number) => time < 200) : x;
    const { eg } = integrate({ ...problemOf(id), alpha });
    eg.forEach((found, i) => {
      expect(Math.abs(found - y[i]), `ε at α = ${x[i]}`).toBeLessThan(1e-3 * y[i] + 1e-8);
    });
  });

  test.each(['first', 'first-bp', '2a-erf', '2a-relu', '2b-erf', '3c', '4-two', '10-normal'])(
    '%s learns, as it says',
    (id) => expect(learns(curveOf(id))).toBe(true),
  );
  test.each(['2b-relu', '4-one', '10-orthogonal'])('%s does not learn, as it says', (id) =>
    expect(learns(curveOf(id))).toBe(false),
  );

  test('show DFA in the solution that is best aligned with F, and BP from the same start in another', () => {
    const ending = (id: string, F: Problem['feedback']) => {
      const { Q, R, v } = curveOf(id);
      return endsIn({ ...problemOf(id), feedback: F! }, { Q: last(Q), R: last(R), v: last(v) });
    };
    expect(ending('first', FIRST.problem.feedback).best).toBe(true);
    expect(ending('first-bp', FIRST.problem.feedback).best).toBe(false);
    expect(ending('3c', problemOf('3c').feedback).best).toBe(true);
  });

  test('show the plateau of Saad and Solla, higher and longer with three units, at the height of its fixed point', () => {
    const [two, three] = ['plateau-2', 'plateau-3'].map((id) => {
      const { alpha, eg } = curveOf(id);
      const height = plateau(problemOf(id), { order: 'full' }).eg;
      const on = alpha.filter((_, i) => Math.abs(eg[i] / height - 1) < 0.05);
      return { height, length: last(on) - on[0], learns: last(eg) < 0.1 * height };
    });
    expect(two.length).toBeGreaterThan(100);
    expect(three.length).toBeGreaterThan(two.length);
    expect(three.height).toBeGreaterThan(two.height);
    expect([two.learns, three.learns]).toEqual([true, true]);
  });
});

test('every link of the controls and presets leads to a heading of the book', () => {
  const books = [...presets, ...groups.flatMap(({ controls }) => controls)].flatMap(({ book }) => book ?? []);
  expect(books.length).toBeGreaterThan(30);
  for (const book of books) {
    const [, page, anchor] = /^([\w-]+)\.html(?:#(.+))?$/.exec(book)!;
    const text = readFileSync(join(root, `docs/${page}.md`), 'utf8');
    const taken = new Set<string>();
    const ids = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading, taken));
    expect(ids, book).toContain(anchor);
  }
});
