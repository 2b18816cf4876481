/**
 * ln(1 + t) − t + t²/2 − t³/3 for −1 < t ≤ 3.5, on which the rejection of src/random/chiSquare.ts decides. Below ½ the
 * terms would cancel: there it is t⁴ times a polynomial, from scripts/gpu-coefficients.mjs, to a relative error of
 * 3.2e-7. Elsewhere the error is at most 4.7e-7 times the larger of 1 and the value itself, which at t = 3.5 is −10.2.
 * Use with `logarithm`.
 */
export const logRemainder = /* wgsl */ `
fn log_remainder(t: f32) -> f32 {
  let top = -0.059908886 + t * (0.052946698 + t * (-0.14576916 + t * 0.13958684));
  let high = -0.12482398 + t * (0.11089735 + t * (-0.103118524 + t * (0.09430629 + t * top)));
  let ratio = -0.25 + t * (0.19999997 + t * (-0.16666985 + t * (0.14286213 + t * high)));
  let near = (t * t) * (t * t) * ratio;
  let far = ln(1.0 + t) - t * (1.0 - t * (0.5 - t * 0.33333334));
  return select(far, near, abs(t) < 0.5);
}
`;
