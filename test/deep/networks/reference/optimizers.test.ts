import { describe, expect, it } from 'vitest';
import { optimizerOf } from '../../../../src/deep/networks/reference/optimizers.ts';

/** Where two numbers are after each of three gradients; worked out by hand. */
const CASES = [
  { spec: 'sgd', w: [0.9, 0.7, 0.8], moment: [0, 0, 0] },
  { spec: { momentum: 0.5 }, w: [0.9, 0.65, 0.625], moment: [1, 2.5, 0.25] },
  { spec: { momentum: 0.5, nesterov: false }, w: [0.9, 0.65, 0.625], moment: [1, 2.5, 0.25] },
  // g + μv: 1.5, 3.25, −0.875.
  { spec: { momentum: 0.5, nesterov: true }, w: [0.85, 0.525, 0.6125], moment: [1, 2.5, 0.25] },
  // s: 0.25, 1.1875, 1.140625; the last two roots are √19/4 and √73/8.
  {
    spec: { rmsprop: { decay: 0.75, epsilon: 0.5 } },
    w: [
      0.9,
      0.9 - 0.2 / (Math.sqrt(19) / 4 + 0.5),
      0.9 - 0.2 / (Math.sqrt(19) / 4 + 0.5) + 0.1 / (Math.sqrt(73) / 8 + 0.5),
    ],
    moment: [0.25, 1.1875, 1.140625],
  },
  // s: 0.01, 0.0499, 0.059401.
  {
    spec: { rmsprop: {} },
    w: [
      1 - 0.1 / (0.1 + 1e-8),
      1 - 0.1 / (0.1 + 1e-8) - 0.2 / (Math.sqrt(0.0499) + 1e-8),
      1 - 0.1 / (0.1 + 1e-8) - 0.2 / (Math.sqrt(0.0499) + 1e-8) + 0.1 / (Math.sqrt(0.059401) + 1e-8),
    ],
    moment: [0.01, 0.0499, 0.059401],
  },
] as const;

describe('optimisers go where they do by hand', () => {
  it.each(CASES)('$spec', ({ spec, w, moment }) => {
    const { move } = optimizerOf(spec);
    const at = new Float64Array([1, -2]);
    const own = new Float64Array(2);
    [1, 2, -1].forEach((g, i) => {
      move(at, new Float64Array([g, 0]), 0.1, own);
      expect(at[0]).toBeCloseTo(w[i], 14);
      expect(own[0]).toBeCloseTo(moment[i], 14);
      expect([at[1], own[1]]).toEqual([-2, 0]);
    });
  });
});
