import * as odex from 'odex';

type Odex = typeof odex.default;

/**
 * odex's solver. Loaders of TypeScript differ from Node in what they make the default of a CommonJS package that calls
 * itself a module: its exports, what those call "default", or nothing.
 */
const found = odex as unknown as Partial<Odex> & { default?: Partial<Odex> & { default?: Partial<Odex> } };

export const Solver = (found.Solver ??
  found.default?.Solver ??
  found.default?.default?.Solver) as Odex['Solver'];
