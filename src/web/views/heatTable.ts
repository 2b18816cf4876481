import { element } from '../dom/element.ts';
import { fixed } from './numbers.ts';

/** With more units than this numbers have one digit less. */
const FEW = 4;
/** The digits that there is room for in the tables of so many units. */
export const placesFor = (units: number): number => (units > FEW ? 2 : 3);

export interface HeatTable {
  table: HTMLTableElement;
  /** Puts numbers in; the deepest colour is that of ± `most`. */
  show(rows: readonly (readonly number[])[], most: number): void;
}

/**
 * A matrix as a table whose cells are coloured by sign and size. It is made once and its numbers are put in as they
 * change.
 */
export function heatTable(
  caption: string,
  rows: readonly string[],
  columns: readonly string[],
  places: number,
): HeatTable {
  const cells = rows.map(() => columns.map(() => element('td')));
  const table = element(
    'table',
    { class: places < 3 ? 'heat many' : 'heat' },
    element('caption', {}, caption),
    element(
      'thead',
      {},
      element('tr', {}, element('td'), ...columns.map((name) => element('th', { scope: 'col' }, name))),
    ),
    element(
      'tbody',
      {},
      ...rows.map((name, i) => element('tr', {}, element('th', { scope: 'row' }, name), ...cells[i])),
    ),
  );
  return {
    table,
    show(values, most) {
      values.forEach((row, i) => {
        row.forEach((value, j) => {
          const cell = cells[i][j];
          const words = fixed(value, places);
          if (cell.textContent !== words) cell.textContent = words;
          const part = most > 0 ? Math.min(1, Math.abs(value) / most) : 0;
          cell.style.setProperty('--heat', `${Math.round(100 * (part || 0))}%`);
          cell.classList.toggle('minus', value < 0);
        });
      });
    },
  };
}

/** "1", "2", …: names of units. */
export const unitNames = (n: number): string[] => Array.from({ length: n }, (_, i) => String(i + 1));

/** The largest size among numbers, however they are nested; numbers that are none do not count. */
export const largest = (values: Nested): number =>
  typeof values === 'number'
    ? Number.isFinite(values)
      ? Math.abs(values)
      : 0
    : values.reduce((most: number, value) => Math.max(most, largest(value)), 0);

type Nested = number | readonly Nested[];
