import type { Contents, Section } from './types.ts';

const docs = (title: string, ...names: string[]): Section => ({
  title,
  pages: names.map((name) => `docs/${name}.md`),
});

const notebooks = (...names: string[]): string[] => names.map((name) => `notebooks/${name}.ipynb`);

/** The order in which the book is read. A page's title is its first heading. */
export const contents: Contents = {
  sections: [
    docs('Start', 'index', 'model', 'theory', 'relu-averages', 'students', 'deep-linear', 'networks'),
    {
      title: 'Notebooks',
      pages: [
        'docs/notebooks.md',
        ...notebooks(
          'theory-curves',
          'theory-and-simulation',
          'p-learn',
          'degeneracy-breaking',
          'plateau',
          'deep-linear',
          'networks',
          'your-own-rule',
        ),
      ],
    },
    docs('The paper', 'paper', 'errata', 'plearn', 'figures'),
    docs('Trust', 'accuracy', 'tests', 'comparison', 'performance'),
    docs(
      'Use',
      'explore',
      'problem',
      'deep-problem',
      'data',
      'files',
      'command-line',
      'simulation',
      'gpu',
      'migrating',
      'limits',
      'extending',
      'cite',
    ),
  ],
  api: 'typedoc.json',
  asked: {
    citation: 'docs/cite.md',
    cite: 'docs/cite.md',
    bibtex: 'docs/cite.md',
    plateau: 'docs/theory.md#the-plateau',
    'feedback alignment': 'docs/theory.md#alignment',
    alignment: 'docs/theory.md#alignment',
    'deep linear networks': 'docs/deep-linear.md',
    conditioning: 'docs/deep-linear.md#what-conditioning-does',
    'deep networks': 'docs/networks.md',
    resume: 'docs/networks.md#work-that-is-broken-off',
    mnist: 'docs/data.md',
    cifar: 'docs/data.md',
    npz: 'docs/data.md#files-of-your-own-npz',
    memorise: 'docs/model.md#a-curve-and-its-phases',
    memorize: 'docs/model.md#a-curve-and-its-phases',
  },
};
