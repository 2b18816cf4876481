/**
 * Numbers as sums of two floats, high + low, good to about 2^-48. (Møller 1965; Dekker 1971.)
 *
 * A compiler that reads sums as algebra, as WGSL lets it, finds (a + b) − a to be b, and y − (high − x) to be (x + y) − high,
 * which is nothing: the low part is gone either way. What `opaque` returns is its argument, by an exclusive or with a word
 * that is zero, which only whoever filled the settings knows. It stands around every sum that another one takes apart.
 */
export const twoFloats = /* wgsl */ `
fn opaque(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) ^ settings.zero);
}
fn opaque4(x: vec4f) -> vec4f {
  return bitcast<vec4f>(bitcast<vec4u>(x) ^ vec4u(settings.zero));
}

// (high, low) + change. What is smaller than half the last digit of high is kept in low.
fn moved(number: vec2f, change: f32) -> vec2f {
  let y = number.y + change;
  let high = opaque(number.x + y);
  return vec2f(high, y - opaque(high - number.x));
}

// a + b and what rounding took from it, whichever is larger (Knuth).
fn two_sum(a: f32, b: f32) -> vec2f {
  let high = opaque(a + b);
  let part = opaque(high - a);
  return vec2f(high, opaque(a - opaque(high - part)) + opaque(b - part));
}

// The sum of two such numbers, with low again no more than half a digit of high.
fn added(a: vec2f, b: vec2f) -> vec2f {
  let sum = two_sum(a.x, b.x);
  return moved(vec2f(sum.x, 0.0), sum.y + (a.y + b.y));
}

// The first twelve bits of each number: products of two such halves are exact.
fn coarse(x: vec4f) -> vec4f {
  return bitcast<vec4f>(bitcast<vec4u>(x) & vec4u(0xfffff000u));
}
`;
