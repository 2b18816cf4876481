import type { Panel } from '../../src/draw/index.ts';
import type { Drawing } from '../../src/figures/index.ts';
import type { GalleryEntry, GalleryFacts } from '../../src/report/tables/index.ts';

/** A panel with every mark, every kind of line, bands, error bars and gaps. */
export const everyMark = (): Panel => ({
  name: 'all-marks',
  title: 'Every <b>mark</b>',
  x: { label: 'time α', log: true },
  y: { label: 'test error ε_g', log: true, range: [1e-6, 1] },
  bands: [
    { from: 0, to: 2, label: 'align' },
    { from: 2, to: 1e9, label: 'memorise' },
    { from: 1e6, to: 1e9, label: 'out of sight' },
  ],
  lines: [
    { x: 12, label: 'the end' },
    { x: 0, label: 'nowhere' },
    { y: 1e-4, label: 'learned' },
  ],
  traces: [
    { name: 'theory', mark: 'line', colour: 0, x: [0, 1, 10, 100], y: [1, 0.1, 0, 1e-3] },
    {
      name: 'students',
      mark: 'points',
      colour: 0,
      silent: true,
      x: [1, 10],
      y: [0.1, 0.01],
      low: [-1, 5e-3],
      high: [0.3, 0.02],
    },
    { name: 'a < b & c', mark: 'dashed', colour: 1, x: [1, 2], y: [0.5, 0.4] },
    { name: 'another', mark: 'dotted', colour: 2, x: [1, 2], y: [0.5, Number.NaN] },
    { name: 'open', mark: 'open points', colour: 3, x: [5], y: [0.2], text: ['seed <1>'] },
    {
      name: 'both, a very long name that does not fit in a line',
      mark: 'line and points',
      colour: 4,
      x: [1, 2],
      y: [0.7, 0.6],
    },
  ],
  note: 'A note & more: R_12.',
});

export const plane = (): Panel => ({
  name: 'all-plane',
  title: 'A plane',
  square: true,
  x: { label: 'v_1' },
  y: { label: 'v_2' },
  traces: [
    { name: 'F', mark: 'arrow', colour: 1, x: [0, 0.8], y: [0, -0.5], text: ['', 'feedback'] },
    { name: 'A', mark: 'arrow', colour: 2, x: [1], y: [1] },
  ],
});

export const drawing = (): Drawing => ({
  caption: 'A caption </script><!-- "quoted".',
  parameters: {
    problem: {
      activation: 'erf',
      teacher: { draw: { M: 2, seed: 6 } },
      feedback: [0.8, -0.5],
      alpha: [1, 2],
    },
    seeds: [1, 2, 3],
  },
  panels: [everyMark(), plane()],
  claims: [
    { by: 'paper', says: 'It is < 1.', holds: 'yes', found: '0.5', numbers: { eg: 0.5 } },
    {
      by: 'paper',
      says: 'It learns.',
      holds: 'yes',
      found: 'always',
      numbers: { learned: { count: 3, of: 3, interval: [0.17, 1] } },
    },
    { by: 'paper', says: 'It is 2.', holds: 'not as printed', found: 'v_1 = 3', numbers: { q: 3 } },
    { by: 'alignode', says: 'It fails.', holds: 'no', found: 'never', numbers: { learnedAt: null } },
    { by: 'alignode', says: 'Who knows.', holds: 'undecided', found: 'p = 0.4', numbers: { p: 0.4 } },
  ],
});

export const entry = (): GalleryEntry => ({
  figure: {
    name: 'all',
    title: 'All & sundry',
    source: 'Ours',
    script: 'const a = "</script><b>";\nconsole.log(a && 1);\n',
  },
  drawing: drawing(),
  work: [1, 2].map((seed) => ({
    what: 'one trained student',
    settings: { N: 500, seed, redraw: [] },
    seconds: 1.5,
  })),
  png: true,
  seconds: 65,
  size: 'full',
});

export const facts = (): GalleryFacts => ({
  version: '1.2.3',
  size: 'full',
  started: '2026-01-02T03:04:05Z',
  seconds: 130,
  platform: 'linux x64',
  node: 'v20.19.0',
  threads: 2,
  images: null,
  book: null,
});
