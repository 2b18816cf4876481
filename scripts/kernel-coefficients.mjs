// The polynomial of kernel/logarithm.ts: its series, interpolated at the Chebyshev nodes of its range in 50 digits,
// which is within a factor of about two of the best polynomial of that degree. Prints the coefficients, from the
// constant up, as they stand in the kernel, and the error that they leave.
import { fileURLToPath } from 'node:url';
import { all, create } from 'mathjs';

export const math = create(all, { number: 'BigNumber', precision: 50 });
export const big = (x) => math.bignumber(x);
const sum = (terms) => terms.reduce((a, b) => a.plus(b), big(0));
export const range = (n) => Array.from({ length: n }, (_, i) => i);
export const power = (q, i) => range(i).reduce((product) => product.times(q), big(1));

/** Series in q, and how large q gets: q = s² with |s| ≤ (√2 − 1)/(√2 + 1). */
const SERIES = [
  {
    name: 'LOG: (ln((1+s)/(1−s)) − 2s)/s³',
    degree: 6,
    most: big(3).minus(big(8).sqrt()).pow(2),
    value: (q) =>
      sum(
        range(40).map((i) =>
          power(q, i)
            .times(2)
            .div(2 * i + 3),
        ),
      ),
  },
];

/**
 * The coefficients, from the constant up, of the polynomial in q that meets `value` at the Chebyshev nodes of its
 * range.
 */
export function interpolate({ degree, least = big(0), most, value }) {
  const n = degree + 1;
  const nodes = range(n).map((i) =>
    math
      .cos(math.pi.times(2 * i + 1).div(2 * n))
      .plus(1)
      .times(most.minus(least))
      .div(2)
      .plus(least),
  );
  // Newton's divided differences, then the polynomial multiplied out.
  const c = nodes.map(value);
  for (let j = 1; j < n; j++)
    for (let i = n - 1; i >= j; i--) c[i] = c[i].minus(c[i - 1]).div(nodes[i].minus(nodes[i - j]));
  let p = [c[n - 1]];
  for (let i = n - 2; i >= 0; i--) {
    const next = [big(0), ...p];
    p.forEach((x, j) => {
      next[j] = next[j].minus(x.times(nodes[i]));
    });
    next[0] = next[0].plus(c[i]);
    p = next;
  }
  return p;
}

// Also imported, for its helpers, by gpu-coefficients.mjs and number-coefficients.mjs.
if (process.argv[1] === fileURLToPath(import.meta.url)) for (const series of SERIES) print(series);

function print(series) {
  const coefficients = interpolate(series).map((x) => x.toNumber());
  const error = range(401).reduce((most, i) => {
    const q = series.most.times(i).div(400);
    const found = sum(coefficients.map((x, j) => power(q, j).times(x)));
    return Math.max(most, Math.abs(found.minus(series.value(q)).toNumber()));
  }, 0);
  console.log(`${series.name}, worst error ${error.toExponential(1)}`);
  for (const x of coefficients) console.log(`  ${x},`);
}
