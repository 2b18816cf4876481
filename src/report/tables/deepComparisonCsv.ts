import type { ComparedCurves, DeepComparison } from '../../deep/compare/index.ts';
import { version } from '../../support/version.ts';

/** Of the learning rates η, η/2 and η/4. */
const RATES = ['eta', 'eta_2', 'eta_4'];

/**
 * A comparison of deep linear networks as CSV, line by line: `#` lines with the manifest, each a line of JSON that can be
 * read back, then for each time of every observable theory, the mean at each rate and its standard error, and of the
 * deviation for η → 0 its value, its error, how much of it higher orders explain, and z and p beyond that.
 */
export function* deepComparisonToCsv(comparison: DeepComparison): Generator<string> {
  const { problem, settings, rates, verdict, theory, time, simulations, extrapolated } = comparison;
  yield `# alignode ${version}\n`;
  const runs = simulations.map((one) => one.runs);
  for (const [name, value] of Object.entries({ problem, settings, rates, runs, verdict }))
    yield `# ${name} ${JSON.stringify(value)}\n`;
  const L = (problem.network.widths as number[]).length - 1;
  const sources: [string, ComparedCurves][] = [
    ['theory', theory],
    ...simulations.flatMap(({ mean, stderr }, k): [string, ComparedCurves][] => [
      [`mean_${RATES[k]}`, mean],
      [`stderr_${RATES[k]}`, stderr],
    ]),
    ...(extrapolated === null
      ? []
      : (['limit', 'error', 'bound'] as const).map((key): [string, ComparedCurves] => [
          key,
          extrapolated[key],
        ])),
  ];
  const observables = observablesOf(L);
  const tests = new Map(comparison.tests.map((test) => [`${test.observable} ${test.time}`, test] as const));
  yield `${['time', ...observables.flatMap(({ column }) => [...sources.map(([source]) => source), 'z', 'p'].map((suffix) => `${column}_${suffix}`))].join(',')}\n`;
  for (const [t, at] of time.entries()) {
    const row = observables.flatMap(({ name, of }) => {
      // A time that is left out has no test.
      const test = tests.get(`${name} ${at}`);
      return [...sources.map(([, curves]) => of(curves, t)), test?.z ?? Number.NaN, test?.p ?? Number.NaN];
    });
    yield `${[at, ...row].join(',')}\n`;
  }
}

interface Observable {
  /** Its name among the tests. */
  name: string;
  column: string;
  of(curves: ComparedCurves, t: number): number;
}

function observablesOf(L: number): Observable[] {
  const alignment = (
    key: 'weightAlignment' | 'gradientAlignment',
    column: string,
    from: number,
    to: number,
  ): Observable[] => [
    ...Array.from({ length: to - from + 1 }, (_, i) => from + i).map((l) => ({
      name: `${key}_${l}`,
      column: `${column}_${l}`,
      of: (curves: ComparedCurves, t: number) => curves[key].layers[t][l - 1],
    })),
    { name: key, column, of: (curves, t) => curves[key].total[t] },
  ];
  return [
    { name: 'trainLoss', column: 'train_loss', of: ({ trainLoss }, t) => trainLoss[t] },
    { name: 'testLoss', column: 'test_loss', of: ({ testLoss }, t) => testLoss[t] },
    ...alignment('weightAlignment', 'weight_alignment', 2, L),
    ...alignment('gradientAlignment', 'gradient_alignment', 1, L - 1),
  ];
}
