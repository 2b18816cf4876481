import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Activation, erf, relu } from '../../../src/shallow/gaussian/index.ts';
import { relative } from '../../support/covariances.ts';

interface Row {
  kind: string;
  C: number[][];
  erf: Record<string, string>;
  relu: Record<string, string>;
}

const read = (name: string): Row[] =>
  JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')).rows;

/** The average and its indices behind each key of the tables. */
const KEYS: Record<string, (g: Activation, C: number[][]) => number> = {
  I2: (g, C) => g.I2(C, 0, 2),
  I2_same: (g, C) => g.I2(C, 0, 0),
  J2: (g, C) => g.J2(C, 0, 1),
  J2_same: (g, C) => g.J2(C, 0, 0),
  I3: (g, C) => g.I3(C, 0, 1, 2),
  I3_aab: (g, C) => g.I3(C, 0, 0, 2),
  I3_aba: (g, C) => g.I3(C, 0, 1, 0),
  I3_aaa: (g, C) => g.I3(C, 0, 0, 0),
  I3_abb: (g, C) => g.I3(C, 0, 1, 1),
  I4: (g, C) => g.I4(C, 0, 1, 2, 3),
  I4_aabc: (g, C) => g.I4(C, 0, 0, 2, 3),
  I4_abcc: (g, C) => g.I4(C, 0, 1, 2, 2),
  I4_abab: (g, C) => g.I4(C, 0, 1, 0, 1),
  I4_abac: (g, C) => g.I4(C, 0, 1, 0, 2),
  I4_aaab: (g, C) => g.I4(C, 0, 0, 0, 2),
  I4_aaaa: (g, C) => g.I4(C, 0, 0, 0, 0),
  I4_aabb: (g, C) => g.I4(C, 0, 0, 2, 2),
};

/** The lengths of the fields that stand outside the derivatives: the natural size of an average. */
const SIZE: Record<string, (n: number[]) => number> = {
  I2: (n) => n[0] * n[2],
  I2_same: (n) => n[0] * n[0],
  J2: () => 1,
  J2_same: () => 1,
  I3: (n) => n[1] * n[2],
  I3_aab: (n) => n[0] * n[2],
  I3_aba: (n) => n[0] * n[1],
  I3_aaa: (n) => n[0] * n[0],
  I3_abb: (n) => n[1] * n[1],
  I4: (n) => n[2] * n[3],
  I4_aabc: (n) => n[2] * n[3],
  I4_abcc: (n) => n[2] * n[2],
  I4_abab: (n) => n[0] * n[1],
  I4_abac: (n) => n[0] * n[2],
  I4_aaab: (n) => n[0] * n[2],
  I4_aaaa: (n) => n[0] * n[0],
  I4_aabb: (n) => n[2] * n[2],
};

describe.each([
  [erf, 1e-13],
  [relu, 1e-11],
] as const)('the averages of $name against the 40-digit table', (activation, tolerance) => {
  it.each(Object.keys(read('gaussian-averages.json')[0][activation.name as 'erf' | 'relu']))('%s', (key) => {
    for (const { kind, C, ...tables } of read('gaussian-averages.json')) {
      const expected = Number(tables[activation.name as 'erf' | 'relu'][key]);
      expect(relative(KEYS[key](activation, C), expected), `${kind} ${C}`).toBeLessThan(tolerance);
    }
  });
});

describe.each([
  [erf, 2e-15],
  [relu, 1e-15],
] as const)('the averages of $name at the edges of the positive cone', (activation, tolerance) => {
  // Relative to the natural size: many of these averages vanish, or nearly, by symmetry.
  it.each(Object.keys(KEYS))('%s', (key) => {
    for (const { kind, C, ...tables } of read('gaussian-averages-edge.json')) {
      const expected = Number(tables[activation.name as 'erf' | 'relu'][key]);
      const error =
        Math.abs(KEYS[key](activation, C) - expected) / SIZE[key](C.map((row, i) => Math.sqrt(row[i])));
      expect(error, `${kind} ${C}`).toBeLessThan(tolerance);
    }
  });
});
