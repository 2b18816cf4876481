import { textOf } from '../../scripts/notebooks/file.mjs';
import type { Cell, Output } from './notebooks.ts';

/** Numbers of plots may differ so much, relatively: the last digits of logarithms and cosines are each engine's own. */
const RELATIVE = 1e-6;
/** What is smaller is rounding. */
const ABSOLUTE = 1e-12;
/** Tenths of a pixel. */
const PIXELS = 0.21;

const PLOTLY = 'application/vnd.plotly.v1+json';
const SVG = 'image/svg+xml';

/** How what was found differs from what is stored, cell by cell, in words; nothing if it does not. */
export const differences = (stored: readonly Cell[], found: readonly Cell[]): string[] =>
  stored.flatMap((cell, i) => {
    const [before, now] = [cell.outputs ?? [], found[i]?.outputs ?? []];
    const first = textOf(cell.source).split('\n')[0];
    const fault =
      before.length !== now.length
        ? `stored are ${before.length} outputs (${kinds(before)}), found ${now.length} (${kinds(now)})`
        : before.map((output, o) => difference(output, now[o])).find((one) => one !== undefined);
    return fault === undefined ? [] : [`cell ${i + 1} (${first}): ${fault}`];
  });

const kinds = (outputs: readonly Output[]): string =>
  outputs.map(({ output_type, name }) => name ?? output_type).join(', ');

function difference(stored: Output, found: Output): string | undefined {
  if (stored.output_type !== found.output_type || stored.name !== found.name)
    return `stored is ${kinds([stored])}, found ${kinds([found])}`;
  if (stored.output_type === 'stream') return texts(textOf(stored.text), textOf(found.text));
  const [before, now] = [stored.data ?? {}, found.data ?? {}];
  const [types, others] = [before, now].map((data) => Object.keys(data).sort().join(', '));
  if (types !== others) return `stored is ${types}, found ${others}`;
  return Object.keys(before)
    .map((type) => {
      if (type === PLOTLY) return values(before[type], now[type], 'plot');
      const [a, b] = [textOf(before[type] as string[]), textOf(now[type] as string[])];
      return type === SVG ? pictures(a, b) : texts(a, b);
    })
    .find((one) => one !== undefined);
}

const texts = (stored: string, found: string): string | undefined =>
  stored === found ? undefined : `stored is\n${stored}\nfound is\n${found}`;

function values(stored: unknown, found: unknown, path: string): string | undefined {
  if (typeof stored === 'number' && typeof found === 'number') {
    const size = Math.max(Math.abs(stored), Math.abs(found));
    return Math.abs(stored - found) <= Math.max(RELATIVE * size, ABSOLUTE)
      ? undefined
      : `${path}: stored is ${stored}, found ${found}`;
  }
  if (typeof stored !== 'object' || typeof found !== 'object' || stored === null || found === null)
    return stored === found
      ? undefined
      : `${path}: stored is ${JSON.stringify(stored)}, found ${JSON.stringify(found)}`;
  const [keys, others] = [stored, found].map((one) => Object.keys(one).sort().join(', '));
  if (keys !== others) return `${path}: stored has ${keys}, found has ${others}`;
  return Object.keys(stored)
    .map((key) => values(stored[key as never], found[key as never], `${path}.${key}`))
    .find((one) => one !== undefined);
}

const NUMBER = /-?\d+(?:\.\d+)?/g;

/** Pictures of the same parts, each at its place to what their numbers are rounded to. */
function pictures(stored: string, found: string): string | undefined {
  if (stored.replace(NUMBER, '#') !== found.replace(NUMBER, '#')) return 'the SVG has other parts';
  const [before, now] = [stored, found].map((svg) => (svg.match(NUMBER) ?? []).map(Number));
  const off = before.findIndex((value, i) => !(Math.abs(value - now[i]) <= PIXELS));
  return off < 0 ? undefined : `number ${off + 1} of the SVG: stored is ${before[off]}, found ${now[off]}`;
}
