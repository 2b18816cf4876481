import type { Room } from '../break.ts';

export const figures: Room = {
  name: 'figures and reports',
  breaks: [
    {
      id: 'seeds-of-pieces',
      file: 'src/figures/shallow/chance.ts',
      from: 'seed: 1000 * seed + from / PIECE',
      to: 'seed: seed + from / PIECE',
      wrong: 'the second thousand students of one seed are the first of the next',
      by: ['test/figures/shallow/chance.test.ts'],
    },
    {
      id: 'tied-ranks',
      file: 'src/figures/shallow/rankCorrelation.ts',
      from: '(sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2',
      to: 'sorted.indexOf(value)',
      wrong: 'equal values have the lowest of their ranks, not the mean',
      by: ['test/figures/shallow/slowFeedback.test.ts'],
    },
    {
      id: 'weights-of-points',
      file: 'src/figures/shallow/leastSquares.ts',
      from: 'f(xi) / sizes[k] / y[i].error',
      to: 'f(xi) / sizes[k] / y[i].error ** 2',
      wrong: 'a fit weighs its points wrongly',
      by: ['test/figures/shallow/finiteSize.test.ts'],
    },
    {
      id: 'comma-in-name',
      file: 'src/report/tables/tracesCsv.ts',
      from: '/[",\\r\\n#]/.test(text)',
      to: '/["\\r\\n#]/.test(text)',
      wrong: 'a name with a comma makes two columns of a CSV',
      by: ['test/report/figureTables.test.ts'],
    },
    {
      id: 'missing-part',
      file: 'src/report/tables/jsonPieces.ts',
      from: "yield before === '{' ? '{}' : '}';",
      to: "yield '}';",
      wrong: 'an object without parts makes JSON that cannot be read',
      by: ['test/report/jsonPieces.test.ts'],
    },
    {
      id: 'log-axis-ends',
      file: 'src/draw/panelAxes.ts',
      from: '!log ? value : value > 0 ? Math.log10(value) : Number.NaN',
      to: '!log ? value : value > 0 ? Math.log10(value) : 0',
      wrong: 'what a logarithmic axis cannot show stands at 1',
      by: ['test/draw/panelPlot.test.ts'],
    },
  ],
};
