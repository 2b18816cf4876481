import { describe, expect, it } from 'vitest';
import { notebookText } from '../../scripts/notebooks/file.mjs';
import { codeOf, notebooks } from '../support/notebooks.ts';

const MOST = 1_000_000;

it('the notebooks that the project speaks of are there', () => {
  expect(notebooks.map(({ name }) => name).sort()).toEqual([
    'deep-linear',
    'degeneracy-breaking',
    'networks',
    'p-learn',
    'plateau',
    'theory-and-simulation',
    'theory-curves',
    'your-own-rule',
  ]);
});

describe.each(notebooks)('the notebook $name', (notebook) => {
  const { text, cells } = notebook;
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);

  it('begins with a title, uses the package, and is of a size to be read', () => {
    expect(cells[0].cell_type).toBe('markdown');
    expect(cells[0].source[0]).toMatch(/^# \S/);
    expect(codeOf(notebook)[0].code).toMatch(/from 'alignode';/);
    expect(text.length).toBeLessThan(MOST);
  });

  it('is stored as npm run notebooks:run writes it', () => {
    expect(text).toBe(notebookText({ cells }));
  });

  it('has outputs, none of them an error, a colour code or a path of some machine', () => {
    expect(outputs.length).toBeGreaterThan(0);
    expect(outputs.filter(({ output_type }) => output_type === 'error')).toEqual([]);
    const said = JSON.stringify(outputs);
    expect(said).not.toContain('\\u001b');
    expect(said).not.toMatch(/(file:\/\/|\/(root|home|work|tmp|Users|usr)\/|[A-Z]:\\\\)/);
  });

  it('shows every plot as Plotly, as SVG and in words', () => {
    const shown = outputs.flatMap(({ data }) => (data ? [Object.keys(data)] : []));
    expect(shown.filter((types) => types.includes('image/svg+xml')).length).toBeGreaterThan(0);
    for (const types of shown.filter((all) => all.some((type) => type !== 'text/plain')))
      expect(types).toEqual(['application/vnd.plotly.v1+json', 'image/svg+xml', 'text/plain']);
  });
});
