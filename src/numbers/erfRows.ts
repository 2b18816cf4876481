const FAR = 9;
const PER_UNIT = 8;
const TERMS = 11;

/**
 * What the kernels know of g(x) = erf(x/√2): for each centre c = 0, 1/8, …, 9: c, g(c), and the Taylor coefficients a_n of
 * g' at c. As g'' = −x g', (n + 1) a_{n+1} = −c a_n − a_{n−1}. A field is within 1/16 of a centre, where the first term left
 * out is below 1e-17.
 */
export function erfRows({ g, dg }: { g(x: number): number; dg(x: number): number }): Float64Array {
  const rows = new Float64Array((FAR * PER_UNIT + 1) * (2 + TERMS));
  let at = 0;
  for (let i = 0; i <= FAR * PER_UNIT; i++) {
    const c = i / PER_UNIT;
    rows[at++] = c;
    rows[at++] = g(c);
    let before = 0;
    let a = dg(c);
    for (let n = 0; n < TERMS; n++) {
      rows[at++] = a;
      [before, a] = [a, (-c * a - before) / (n + 1)];
    }
  }
  return rows;
}
