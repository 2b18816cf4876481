/**
 * Numbers as sums of two floats, high + low, good to about 2^-48. (Møller 1965; Dekker 1971.)
 *
 * WGSL lets a compiler apply algebra to sums: it may take (a + b) − a for b, and y − (high − x) for (x + y) − high,
 * which is 0. Either way the low part is lost. `opaque` returns its argument, by an exclusive or with a word of the
 * settings that is zero, which the compiler cannot know. It is put around every sum that is later used to find its own
 * rounding error.
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
