import type { Comparison, DeviationTest, Scaling } from '../../shallow/compare/index.ts';

/** What a comparison found, a sentence each: the verdict first, then what the finite-size scaling says. */
export function comparisonInWords({ verdict, scaling, tests, notes }: Comparison): string[] {
  const untested = verdict.untested.length > 0;
  return [
    verdict.message,
    ...(scaling ? scalingInWords(scaling, tests, untested) : [withoutScaling]),
    ...notes,
  ];
}

const withoutScaling =
  'without finite-size scaling a deviation of order 1/N, which a right theory has too, counts against it';

function scalingInWords(
  { sizes, worstFit }: Scaling,
  tests: readonly DeviationTest[],
  untested: boolean,
): string[] {
  const used = sizes.filter(({ left }) => left === undefined);
  const runs = used[0]?.runs ?? 0;
  const names = used.map(({ N }) => N).join(', ');
  const limits = tests.filter(({ of }) => of === 'limit');
  if (worstFit === null || limits.length === 0) return [noFit(names, used.length === sizes.length, untested)];
  const far = limits.reduce((most, test) => (Math.abs(test.z) > Math.abs(most.z) ? test : most));
  const { observable, alpha, chiSquare, dof, p } = worstFit;
  return [
    `finite-size scaling: ${runs} projected students at each of N = ${names}; extrapolated to N → ∞, the deviation ` +
      `farthest from 0 is that of ${far.observable} at alpha = ${digits(far.alpha)}, ${far.deviation.toPrecision(2)} ± ` +
      `${far.error.toPrecision(2)}; the worst fit of a + b/N + c/N², ${observable} at alpha = ${digits(alpha)}, has ` +
      `chi-square ${chiSquare.toPrecision(3)} of ${dof} degrees of freedom (p = ${p.toPrecision(2)} among all fits)`,
  ];
}

/** Why there is no curve in 1/N at any time. */
function noFit(names: string, all: boolean, untested: boolean): string {
  if (untested)
    return `finite-size scaling found no curve in 1/N, though students were trained at N = ${names}: their spread does not fall as 1/√N`;
  return all
    ? 'finite-size scaling found no curve in 1/N: at no time after alpha = 0 have enough of its sizes seen enough examples'
    : `finite-size scaling found no curve in 1/N: of its sizes only N = ${names || 'none'} can be used`;
}

const digits = (x: number): number => Number(x.toPrecision(6));
