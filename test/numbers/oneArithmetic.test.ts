import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { engineFunctionsIn, INSTEAD } from '../support/engineFunctions.ts';

const root = new URL('../../', import.meta.url);

/** What is drawn, or says how far a run is, or checks this machine: no result comes from here. */
const DRAWING = [
  'src/cli/doctor.ts',
  'src/cli/estimate.ts',
  'src/draw/axis.ts',
  'src/draw/chartMarks.ts',
  'src/draw/panelAxes.ts',
  'src/draw/panelLayout.ts',
  'src/draw/panelSvg.ts',
  'src/draw/panelTraces.ts',
  'src/draw/symbols.ts',
  'src/web/views/chartPlace.ts',
  'src/web/views/plane.ts',
  'src/web/views/planeChart.ts',
];

const files = ['src', 'kernel'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

describe('functions that engines compute to different last bits', () => {
  it.each(files.filter((file) => !DRAWING.includes(file)))('are not used in %s', (file) => {
    expect(engineFunctionsIn(file, readFileSync(new URL(file, root), 'utf8'))).toEqual([]);
  });

  it('are used in drawing: what is excepted needs it', () => {
    for (const file of DRAWING)
      expect(engineFunctionsIn(file, readFileSync(new URL(file, root), 'utf8')), file).not.toEqual([]);
  });
});

describe('a program text', () => {
  const uses = (text: string): string[] => engineFunctionsIn('some.ts', text);

  it('is told where it uses one, and what to use', () => {
    expect(uses('const a = 1;\nconst b = Math.log(a);')).toEqual([
      'some.ts:2: Math.log: use ln of src/numbers',
    ]);
    for (const name of Object.keys(INSTEAD)) expect(uses(`[2].map(Math.${name})`), name).toHaveLength(1);
  });

  it.each([
    'x ** 3',
    'x ** y',
    'x **= 0.5',
    '2 ** k',
    '2 ** (1 / 8)',
    '2 ** 0.5',
    'x ** -1',
    '10 ** 5',
    'Math["log"](x)',
    'const { sin } = Math',
    'const m = Math',
    'Math.PI ** 1.5',
  ])('may not have %s', (text) => {
    expect(uses(text)).toHaveLength(1);
  });

  it.each([
    'x ** 2',
    'x **= 2',
    '2 ** 32',
    '2 ** -52',
    'Math.sqrt(x) + Math.abs(x) + Math.PI',
    '// Math.log(x) ** 3',
    '"Math.log(x)"',
    'const log = ln(x)',
  ])('may have %s', (text) => {
    expect(uses(text)).toEqual([]);
  });
});
