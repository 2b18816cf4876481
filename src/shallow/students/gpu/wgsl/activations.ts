/**
 * exp(−x²/2), to an absolute error of 8.5e-8 and, up to |x| = 9, a relative one of 3.8e-6; zero beyond 13.25. NaN gives
 * NaN, which min and max might swallow, so the comparison below is one that NaN fails.
 *
 * It is 2^y with y = −x² log2(e)/2 = k + f, f between −½ and ½; 2^k is put together from its bits. 2^f is from
 * scripts/gpu-coefficients.mjs, relative error 1.6e-8.
 */
export const gaussian = /* wgsl */ `
fn gaussian(x: f32) -> f32 {
  // At 13.25, k is −127, which makes the bits of zero.
  let z = select(x, 13.25, abs(x) > 13.25);
  let y = z * z * -0.7213475;
  let k = i32(y - 0.5);
  let f = y - f32(k);
  let high = 0.055503324 + f * (0.009618437 + f * (0.0013398874 + f * 0.00015353374));
  let power = 1.0 + f * (0.6931472 + f * (0.24022648 + f * high));
  return power * bitcast<f32>((k + 127) << 23u);
}
`;

/**
 * g(x) = erf(x/√2) and g'(x) = √(2/π) exp(−x²/2): g to a relative error of 1.6e-7, g' to an absolute one of 1.1e-7. Up
 * to 1.4, g is x times a polynomial in x² (relative error 4.6e-8); from there on, 1 − exp(−x²/2) P(|x|) (absolute error
 * 1.7e-8). Both polynomials are from scripts/gpu-coefficients.mjs. NaN comes through the Gaussian.
 */
const erf = /* wgsl */ `
fn activate(x: f32) -> vec2f {
  let bell = gaussian(x);
  let z = min(abs(x), 13.25);
  let q = z * z;
  let near_high = -0.0023616941 + q * (0.00021779082 + q * -0.000012546582);
  let near = x * (0.7978845 + q * (-0.13297975 + q * (0.019941188 + q * near_high)));
  let far_high = 0.0414379 + z * (-0.007347228 + z * (0.0007640058 + z * -0.00003512412));
  let tail = 0.9864577 + z * (-0.7422272 + z * (0.39764798 + z * (-0.15358585 + z * far_high)));
  let far = 1.0 - bell * tail;
  let g = select(select(-far, far, x > 0.0), near, z < 1.4);
  return vec2f(g, 0.7978846 * bell);
}
`;

/** g(x) = x. */
const linear = /* wgsl */ `
fn activate(x: f32) -> vec2f {
  return vec2f(x, 1.0);
}
`;

/** g(x) = max(0, x) and its step, 0 at 0. NaN, which max might swallow, gives NaN. */
const relu = /* wgsl */ `
fn activate(x: f32) -> vec2f {
  return vec2f(select(x, 0.0, x <= 0.0), select(0.0, 1.0, x > 0.0));
}
`;

/** For each activation by its name, `activate`: g(x) and g'(x). */
export const activationWgsl: Readonly<Record<string, string>> = { erf: gaussian + erf, linear, relu };
