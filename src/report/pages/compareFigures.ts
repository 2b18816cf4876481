import { FRAME } from '../../draw/frame.ts';
import { COLOURS, colourAt } from '../../draw/palette.ts';
import { plotlyText } from '../../draw/plotlyText.ts';
import type { Comparison, DeviationTest } from '../../shallow/compare/index.ts';
import { overlapColumns } from '../tables/overlapColumns.ts';

/** A figure as plotly takes it, with words for people. */
export interface Figure {
  title: string;
  caption: string;
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
}

/** The most curves that can be told apart in one figure. */
const MOST_CURVES = 24;
/** Values that span more than this factor are shown on a logarithmic axis. */
const WIDE = 30;
/** What tables call eg. */
const ERROR = 'ε_g';
/** Pieces of a curve. */
const SMOOTH = 100;

export function compareFigures(comparison: Comparison): Figure[] {
  const { verdict, tests } = comparison;
  const eg = tests.filter(({ observable, of }) => observable === 'eg' && of === 'limit').at(-1);
  const scaled = [verdict.worst, eg].filter(
    (test): test is DeviationTest => test !== null && test !== undefined,
  );
  return [
    testError(comparison),
    ...overlaps(comparison),
    residuals(comparison),
    ...(comparison.scaling
      ? scaled
          .filter((test, i) => scaled.findIndex((one) => same(one, test)) === i)
          .map((test) => scaling(comparison, test))
      : []),
  ];
}

const same = (a: DeviationTest, b: DeviationTest): boolean =>
  a.observable === b.observable && a.alpha === b.alpha;

function testError(comparison: Comparison): Figure {
  const { theory, simulation } = comparison;
  const values = [...theory.eg, ...simulation.mean.eg];
  // As papers show it, however little it spans.
  const logarithmic = values.some((value) => value > 0);
  return {
    title: 'Test error',
    caption:
      'Line: theory for N → ∞. Points: the mean over the students; band: two standard errors to either side.',
    data: curve(
      plotlyText(ERROR),
      theory.alpha,
      theory.eg,
      simulation.mean.eg,
      simulation.stderr.eg,
      COLOURS[0],
      logarithmic,
    ),
    layout: layout(axisOf('α', theory.alpha), axisOf(plotlyText(`test error ${ERROR}`), values, logarithmic)),
  };
}

/** R, Q and v, a figure each. */
function overlaps({ problem, theory, simulation }: Comparison): Figure[] {
  const columns = overlapColumns(problem);
  const rows = (curves: Parameters<typeof columns.row>[0]): number[][] =>
    theory.alpha.map((_, t) => columns.row(curves, t));
  const [exact, mean, stderr] = [theory, simulation.mean, simulation.stderr].map(rows);
  const titles = {
    R: 'Overlaps R of students with teachers',
    Q: 'Overlaps Q of students with each other',
    v: 'Second layer v',
  };
  return Object.entries(titles).map(([letter, title]): Figure => {
    const chosen = columns.names.flatMap((name, i) => (name.startsWith(letter) ? [i] : []));
    const at = (table: number[][], i: number): number[] => table.map((row) => row[i]);
    const left = chosen.length - MOST_CURVES;
    return {
      title,
      caption: `As above.${left > 0 ? ` The first ${MOST_CURVES} of ${chosen.length}; the table of the comparison has all.` : ''}`,
      data: chosen
        .slice(0, MOST_CURVES)
        .flatMap((i, n) =>
          curve(
            plotlyText(columns.names[i]),
            theory.alpha,
            at(exact, i),
            at(mean, i),
            at(stderr, i),
            colourAt(n),
          ),
        ),
      layout: layout(axisOf('α', theory.alpha), { title: { text: letter } }),
    };
  });
}

/** A line of theory, students' points and their band. */
function curve(
  name: string,
  x: readonly number[],
  theory: readonly number[],
  mean: readonly number[],
  stderr: readonly number[],
  colour: string,
  log = false,
): Record<string, unknown>[] {
  // A band with an edge that a logarithmic axis cannot show would fall apart.
  const shown = x.flatMap((value, i) => (isWide(x) && value <= 0 ? [] : [i]));
  const lowest = (i: number): number => (log ? mean[i] / WIDE : Number.NEGATIVE_INFINITY);
  const above = shown.map((i) => mean[i] + 2 * stderr[i]);
  const below = shown.map((i) => Math.max(lowest(i), mean[i] - 2 * stderr[i]));
  const across = shown.map((i) => x[i]);
  return [
    {
      x: [...across, ...across.toReversed()],
      y: [...above, ...below.toReversed()],
      fill: 'toself',
      fillcolor: colour,
      opacity: 0.2,
      line: { width: 0 },
      mode: 'lines',
      hoverinfo: 'skip',
      showlegend: false,
      legendgroup: name,
    },
    { x, y: theory, mode: 'lines', name, line: { color: colour, width: 2 }, legendgroup: name },
    {
      x,
      y: mean,
      mode: 'markers',
      name: `${name}, students`,
      marker: { color: colour, size: 6 },
      error_y: { array: stderr.map((s) => 2 * s), color: colour, thickness: 1, width: 2 },
      showlegend: false,
      legendgroup: name,
    },
  ];
}

function residuals({ tests, theory, simulation, verdict }: Comparison): Figure {
  const kinds = [
    {
      of: 'mean',
      name: `N = ${simulation.settings.N}, bias taken off`,
      symbol: 'circle',
      colour: COLOURS[0],
    },
    { of: 'limit', name: 'N → ∞', symbol: 'diamond-open', colour: COLOURS[1] },
  ] as const;
  const line = verdict.bound;
  const ends = [theory.alpha[0], theory.alpha[theory.alpha.length - 1]];
  return {
    title: 'Deviations in standard errors',
    caption:
      `Every test of the verdict: ${tests.length}. Outside the lines at ±${line.toFixed(2)} a deviation would decide against ` +
      'theory, were errors normal and known; with few runs and lopsided spreads it takes more.',
    data: [
      ...kinds.map(({ of, name, symbol, colour }) => {
        const some = tests.filter((test) => test.of === of);
        return {
          x: some.map(({ alpha }) => alpha),
          y: some.map(({ z }) => z),
          text: some.map(({ observable }) => plotlyText(observable)),
          name,
          mode: 'markers',
          marker: { symbol, color: colour, size: 6 },
        };
      }),
      ...[line, -line].map((y) => ({
        x: positive(ends, theory.alpha),
        y: [y, y],
        mode: 'lines',
        line: { color: '#000000', dash: 'dash', width: 1 },
        name: `level ${verdict.level}`,
        showlegend: y > 0,
        hoverinfo: 'skip',
      })),
    ],
    layout: layout(axisOf('α', theory.alpha), { title: { text: 'z' } }),
  };
}

/** A logarithmic axis has no 0 for a line to begin at. */
const positive = (ends: readonly number[], alpha: readonly number[]): number[] =>
  ends[0] > 0 ? [...ends] : [alpha.find((a) => a > 0) ?? ends[0], ends[1]];

function scaling(comparison: Comparison, { observable, alpha }: DeviationTest): Figure {
  const { scaling: found, theory, problem, simulation } = comparison;
  if (!found) throw new Error('there is no scaling to draw');
  const t = theory.alpha.indexOf(alpha);
  const columns = overlapColumns(problem);
  const pick = (curves: Parameters<typeof columns.row>[0] & { eg: number[] }, i: number): number =>
    observable === 'eg' ? curves.eg[i] : columns.row(curves, i)[columns.names.indexOf(observable)];
  const points = found.sizes.flatMap(({ N, left, alpha: times, deviation, stderr }) => {
    const i = times.findIndex((a) => Math.round(a * N) === Math.round(alpha * N));
    return left === undefined && i >= 0
      ? [{ x: 1 / N, y: pick(deviation, i), error: 2 * pick(stderr, i) }]
      : [];
  });
  const [a, b, c] = [found.limit, found.slope, found.bend].map((curves) => pick(curves, t));
  const { N } = simulation.settings;
  const end = Math.max(1 / N, ...points.map(({ x }) => x));
  const across = Array.from({ length: SMOOTH + 1 }, (_, i) => (i * end) / SMOOTH);
  const bars = (colour: string, array: number[]) => ({
    marker: { color: colour, size: 8 },
    error_y: { array, color: colour, thickness: 1.5 },
  });
  return {
    title: `Finite-size scaling of ${observable === 'eg' ? ERROR : observable} at α = ${Number(alpha.toPrecision(6))}`,
    caption:
      'Mean less theory against 1/N, with two standard errors. Where the curve meets the left edge is the deviation at N → ∞, 0 for a right theory.',
    data: [
      {
        x: across,
        y: across.map((x) => a + b * x + c * x * x),
        mode: 'lines',
        name: 'a + b/N + c/N²',
        line: { color: COLOURS[0], width: 2 },
      },
      {
        x: points.map(({ x }) => x),
        y: points.map(({ y }) => y),
        mode: 'markers',
        name: 'projected students',
        ...bars(
          COLOURS[0],
          points.map(({ error }) => error),
        ),
      },
      {
        x: [0],
        y: [a],
        mode: 'markers',
        name: 'N → ∞',
        ...bars(COLOURS[2], [2 * pick(found.limitError, t)]),
      },
      {
        x: [1 / N],
        y: [pick(simulation.mean, t) - pick(theory, t)],
        mode: 'markers',
        name: `the simulation, N = ${N}`,
        ...bars(COLOURS[1], [2 * pick(simulation.stderr, t)]),
      },
    ],
    layout: layout({ title: { text: '1/N' }, rangemode: 'tozero' }, { title: { text: 'mean − theory' } }),
  };
}

type Axis = Record<string, unknown>;

const axisOf = (title: string, values: readonly number[], log = isWide(values)): Axis => ({
  title: { text: title },
  ...(log && { type: 'log' }),
  // On a short axis powers of ten alone would be too few.
  ...(log && isWide(values) && { dtick: 1 }),
});

/** Whether values are easier to read on a logarithmic axis. */
function isWide(values: readonly number[]): boolean {
  const positive = values.filter((value) => value > 0);
  const least = positive.reduce((min, value) => Math.min(min, value), Number.POSITIVE_INFINITY);
  return positive.some((value) => value > WIDE * least);
}

/** Not "500µ". */
const POWERS = { exponentformat: 'power' };

const layout = (xaxis: Axis, yaxis: Axis): Record<string, unknown> => ({
  xaxis: { ...FRAME, ...POWERS, ...xaxis },
  yaxis: { ...FRAME, ...POWERS, automargin: true, ...yaxis },
  font: { family: 'sans-serif', size: 14, color: '#000000' },
  margin: { t: 20, r: 20, b: 60, l: 80 },
  legend: { orientation: 'h', y: 1.02, yanchor: 'bottom' },
  paper_bgcolor: '#ffffff',
  plot_bgcolor: '#ffffff',
});
