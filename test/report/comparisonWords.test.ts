import { expect, it } from 'vitest';
import { comparisonInWords } from '../../src/report/tables/index.ts';
import type { Comparison, SizeDeviation } from '../../src/shallow/compare/index.ts';

/** A comparison whose scaling found no curve anywhere. */
const noCurve = (sizes: Partial<SizeDeviation>[], untested: number[]): string =>
  comparisonInWords({
    verdict: { message: 'undecided', untested },
    scaling: { sizes, worstFit: null },
    tests: [],
    notes: [],
  } as unknown as Comparison)[1];

const SIZES = [100, 200, 400, 800, 1600].map((N) => ({ N, runs: 10 }));

it('says why there is no curve in 1/N: the spread, the sizes that were left out, or the times', () => {
  expect(noCurve(SIZES, [1, 2])).toBe(
    'finite-size scaling found no curve in 1/N, though students were trained at N = 100, 200, 400, 800, 1600: their spread does not fall as 1/√N',
  );
  const left = SIZES.map((size, i) => (i < 3 ? { ...size, left: '2 of 10 students diverged' } : size));
  expect(noCurve(left, [])).toBe(
    'finite-size scaling found no curve in 1/N: of its sizes only N = 800, 1600 can be used',
  );
  expect(noCurve(SIZES, [])).toContain(
    'at no time after alpha = 0 have enough of its sizes seen enough examples',
  );
});
