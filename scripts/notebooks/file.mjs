// A notebook's text: as Jupyter writes it, without what changes from run to run.
import { createHash } from 'node:crypto';
import { KERNELSPEC } from './kernel.mjs';

const LANGUAGE = {
  codemirror_mode: 'typescript',
  file_extension: '.ts',
  mimetype: 'text/x.typescript',
  name: 'typescript',
  nbconvert_exporter: 'script',
  pygments_lexer: 'typescript',
};

/** The text of a cell, or of an output, which notebooks keep as a string or as a list of lines. */
export const textOf = (lines) => (Array.isArray(lines) ? lines.join('') : (lines ?? ''));

/**
 * The text of a notebook with these outputs, one list for each cell; with those that it has if none are given.
 * @param {{ cells: any[] }} notebook
 * @param {any[][]} [outputs]
 * @returns {string}
 */
export function notebookText({ cells }, outputs = cells.map((cell) => cell.outputs ?? [])) {
  const taken = new Set();
  let count = 0;
  const written = cells.map((cell, i) => {
    const source = textOf(cell.source);
    const shared = {
      cell_type: cell.cell_type,
      id: idOf(cell, source, taken),
      metadata: cell.metadata?.tags ? { tags: cell.metadata.tags } : {},
      source: linesOf(source),
    };
    if (cell.cell_type !== 'code') return shared;
    // An empty cell is not run.
    const number = source.trim() === '' ? null : ++count;
    return {
      ...shared,
      execution_count: number,
      outputs: joined(outputs[i]).map((one) => plain(one, number)),
    };
  });
  const metadata = { kernelspec: KERNELSPEC, language_info: LANGUAGE };
  return `${JSON.stringify(sorted({ cells: written, metadata, nbformat: 4, nbformat_minor: 5 }), null, 1)}\n`;
}

/** A cell keeps its id; one without gets an id made from its content. */
function idOf({ id }, source, taken) {
  let name = typeof id === 'string' && /^[\w-]{1,64}$/.test(id) && !taken.has(id) ? id : hash(source);
  while (taken.has(name)) name = hash(`${name} again`);
  taken.add(name);
  return name;
}

const hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Lines with their ends, as Jupyter stores text. */
const linesOf = (text) => text.match(/[^\n]*\n|[^\n]+/g) ?? [];

/**
 * What a cell printed, then what it showed, then its value. How the printed text is split, and what comes in between,
 * varies from run to run.
 */
function joined(outputs) {
  const printed = ['stdout', 'stderr'].map((name) => ({
    output_type: 'stream',
    name,
    text: outputs
      .filter((one) => one.output_type === 'stream' && one.name === name)
      .map(({ text }) => textOf(text))
      .join(''),
  }));
  return [
    ...printed.filter(({ text }) => text !== ''),
    ...outputs.filter(({ output_type }) => output_type !== 'stream' && output_type !== 'execute_result'),
    ...outputs.filter(({ output_type }) => output_type === 'execute_result'),
  ];
}

function plain(output, number) {
  const { output_type, name, text, data } = output;
  if (output_type === 'stream') return { output_type, name, text: linesOf(textOf(text)) };
  if (output_type !== 'execute_result' && output_type !== 'display_data') return output;
  const shown = Object.entries(data).map(([mime, value]) => [
    mime,
    typeof value === 'string' || Array.isArray(value) ? linesOf(textOf(value)) : value,
  ]);
  return {
    output_type,
    data: Object.fromEntries(shown),
    metadata: {},
    ...(output_type === 'execute_result' && { execution_count: number }),
  };
}

/** With keys in the order of the alphabet, as Jupyter writes them. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
