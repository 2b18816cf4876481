import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Comparison, compare } from '../../src/index.ts';
import { compareHtml } from '../../src/report/pages/index.ts';
import { smallProblem } from '../support/problems.ts';

let comparison: Comparison;
beforeAll(async () => {
  const problem = { ...smallProblem(), alpha: [0, 0.1, 1, 10] };
  comparison = await compare(problem, {
    N: 100,
    runs: 10,
    student: 'projected',
    threads: 1,
    scalingRuns: 10,
  });
});

const scripts = (page: string): string[] =>
  [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, source]) => source);

/** What the page asks plotly to draw. */
function drawn(page: string): { id: string; data: { x: number[]; y: number[] }[]; layout: object }[] {
  const calls: ReturnType<typeof drawn> = [];
  const Plotly = {
    newPlot: (id: string, data: { x: number[]; y: number[] }[], layout: object) =>
      calls.push({ id, data, layout }),
  };
  new Script(scripts(page)[1]).runInNewContext({ Plotly });
  return calls;
}

describe('the report of a comparison', () => {
  it('shows the test error on a logarithmic axis however little it spans, and names with subscripts', () => {
    const page = compareHtml(comparison, '/* plotly */');
    const [error, overlaps] = drawn(page);
    expect(Math.max(...comparison.theory.eg) / Math.min(...comparison.theory.eg)).toBeLessThan(30);
    expect(error.layout).toMatchObject({ yaxis: { type: 'log' } });
    expect(overlaps.data.map((one) => (one as { name?: string }).name)).toContain('R<sub>12</sub>');
    expect(page).toMatch(/<h2>Finite-size scaling of (ε<sub>g<\/sub>|[RQv]<sub>\d+<\/sub>) at α/);
    expect(page).not.toMatch(/[RQv]_\d_\d/);
  });

  it('writes small numbers with powers of ten, not with letters for them', () => {
    for (const { layout } of drawn(compareHtml(comparison, '/* plotly */')))
      for (const axis of ['xaxis', 'yaxis'])
        expect(layout).toMatchObject({ [axis]: { exponentformat: 'power' } });
  });

  it('asks nothing of any network', () => {
    const page = compareHtml(comparison, '/* plotly */');
    expect(page).not.toMatch(/https?:|\/\/\w|src=|href=(?!"data:,")|@import|url\(/);
  });

  it('begins with the verdict in words and ends with what was compared', () => {
    const page = compareHtml(comparison, '');
    expect(page).toMatch(/<h1>[^<]*<\/h1>\s*<p class="verdict agrees">Theory and students agree/);
    expect(page).toContain(
      'Finite-size scaling: 10 projected students at each of N = 100, 200, 400, 800, 1600',
    );
    expect(page).toMatch(/<th>learningRate<\/th><td>[\d.]+<\/td>/);
    expect(page).toContain('<th>N</th><td>100</td>');
  });

  it('holds plotly’s own source whole, and scripts that parse', () => {
    const require = createRequire(import.meta.url);
    const plotly = readFileSync(require.resolve('plotly.js-dist-min/plotly.min.js'), 'utf8');
    const found = scripts(compareHtml(comparison, plotly));
    expect(found).toHaveLength(2);
    expect(found[0].length).toBeGreaterThanOrEqual(plotly.length);
    for (const source of found) expect(() => new Script(source)).not.toThrow();
  });

  it('is not broken off by an end tag in a script', () => {
    const page = compareHtml(comparison, 'const a = "</script><b>", b = /<\\/SCRIPT>/, c = "</SCRIPT>";');
    expect(page.match(/<\/script/gi)).toHaveLength(2);
    expect(() => new Script(scripts(page)[0])).not.toThrow();
    const tests = comparison.tests.map((test) => ({ ...test, observable: '</script><b>' }));
    expect(compareHtml({ ...comparison, tests }, '').match(/<\/script/gi)).toHaveLength(2);
  });

  it('draws theory as lines, students as points with bands, residuals and the scaling', () => {
    const page = compareHtml(comparison, '');
    const figures = drawn(page);
    for (const { id } of figures) expect(page).toContain(`id="${id}"`);
    const [eg, R, Q, v, z, scaling] = figures;
    // Through JSON, as objects of another realm are not of this one's classes.
    const plain = (x: unknown) => JSON.parse(JSON.stringify(x));
    expect(eg.data.map((trace) => plain(trace).mode)).toEqual(['lines', 'lines', 'markers']);
    expect(plain(eg.data[1].y)).toEqual(comparison.theory.eg);
    expect(plain(eg.data[2].y)).toEqual(comparison.simulation.mean.eg);
    // The band leaves out α = 0, which a logarithmic axis cannot show, and closes.
    expect(plain(eg.data[0].x)).toEqual([0.1, 1, 10, 10, 1, 0.1]);
    expect([R, Q, v].map(({ data }) => data.length)).toEqual([12, 9, 6]);
    expect(plain(z.data[0].y).length + plain(z.data[1].y).length).toBe(comparison.tests.length);
    expect(plain(z.data[2].y)).toEqual([comparison.verdict.bound, comparison.verdict.bound]);
    expect(plain(scaling.data[1].x)).toEqual([1 / 100, 1 / 200, 1 / 400, 1 / 800, 1 / 1600]);
    expect(page).toContain('Finite-size scaling of ');
  });

  it('says so when theory and students differ or nothing is decided, and needs no scaling', () => {
    const but = (agrees: boolean | null) => ({ ...comparison, verdict: { ...comparison.verdict, agrees } });
    expect(compareHtml(but(false), '')).toContain('class="verdict differs"');
    expect(compareHtml(but(null), '')).toContain('class="verdict undecided"');
    const page = compareHtml({ ...comparison, scaling: null, bias: null }, '');
    expect(page).toContain('Without finite-size scaling');
    expect(drawn(page)).toHaveLength(5);
  });

  it('is the same for the same comparison', () => {
    expect(compareHtml(comparison, 'x')).toBe(compareHtml(comparison, 'x'));
  });
});
