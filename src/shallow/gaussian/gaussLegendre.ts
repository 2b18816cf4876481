import { cos } from '../../numbers/index.ts';

/** Nodes and weights of the n-point Gauss–Legendre rule on [0, 1]. */
export interface Rule {
  readonly x: Float64Array;
  readonly w: Float64Array;
}

const rules = new Map<number, Rule>();

/** The rule, made once for each n: Newton's method on the Legendre polynomial from Tricomi's first guess. */
export function gaussLegendre(n: number): Rule {
  const known = rules.get(n);
  if (known) return known;
  const x = new Float64Array(n);
  const w = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let z = cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let previous = 1;
      let value = z;
      for (let degree = 2; degree <= n; degree++)
        [previous, value] = [value, ((2 * degree - 1) * z * value - (degree - 1) * previous) / degree];
      slope = (n * (previous - z * value)) / (1 - z * z);
      const change = value / slope;
      z -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    x[i] = 0.5 * (1 - z);
    w[i] = 1 / ((1 - z * z) * slope * slope);
  }
  const rule = { x, w };
  rules.set(n, rule);
  return rule;
}
