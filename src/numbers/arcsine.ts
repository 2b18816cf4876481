/**
 * asin within 2.6 ulp (at |x| just above 1/2), ±π/2 beyond ±1. `Math.asin` is a call out of compiled code; this is
 * plain arithmetic that the compiler can inline, and the erf equations consist almost entirely of arcsines.
 *
 * For |x| ≤ 1/2, asin x = x + x·t·p(t) with t = x², p of degree 11 interpolating at the Chebyshev nodes of [0, 1/4]
 * (largest error 5.8e-17 of asin x). Beyond, asin x = π/2 − 2 asin √((1−x)/2).
 */
export function arcsine(x: number): number {
  const a = Math.abs(x);
  const small = a <= 0.5;
  const t = small ? x * x : a > 1 ? 0 : 0.5 * (1 - a);
  const y = small ? x : Math.sqrt(t);
  const t2 = t * t;
  const t4 = t2 * t2;
  const p =
    0.1666666666666665 +
    0.07500000000020764 * t +
    t2 * (0.044642857103423646 + 0.03038194736709848 * t) +
    t4 *
      (0.02237204763174451 +
        0.017355259955786323 * t +
        t2 * (0.013929652902326633 + 0.011875494382636922 * t) +
        t4 *
          (0.0078029494773533175 +
            0.01603551434914882 * t +
            t2 * (-0.010749050339697808 + 0.028169218060881414 * t)));
  const asin = y + y * t * p;
  if (small) return asin;
  return x < 0 ? 2 * asin - Math.PI / 2 : Math.PI / 2 - 2 * asin;
}
