
struct Settings {
  // η₁/√N for the trained student, η₁/N for the projected one; η₂/N; κ₁/N; κ₂/N; σ
  rate1: f32,
  rate2: f32,
  decay1: f32,
  decay2: f32,
  sigma: f32,
  // zero, see opaque()
  zero: u32,
  // the first step, or the first input of the test set, in two words; and how many
  first_low: u32,
  first_high: u32,
  count: u32,
  // the number of students
  students: u32,
}
@group(0) @binding(0) var<uniform> settings: Settings;

// The place (step, stream) of src/random/streams.ts: counters 0 and 3. Counter 1 is 0, every run has its own key.
struct Place {
  low: u32,
  high: u32,
}
fn place_after(count: u32) -> Place {
  let low = settings.first_low + count;
  return Place(low, settings.first_high + u32(low < count));
}
fn random(place: Place, block: u32, stream: u32, key: vec2u) -> vec4u {
  return threefry(vec4u(place.low, 0u, block, stream + 256u * place.high), key);
}
const INPUTS = 5u;
const LABEL_NOISE = 6u;
const CHI_SQUARE = 7u;
const TEST_SET = 8u;

@group(0) @binding(1) var<storage, read_write> state: array<u32>;
@group(0) @binding(2) var<storage, read_write> squares: array<vec2f>;

fn threefry(counter: vec4u, key: vec2u) -> vec4u {
  let last = 0x1bd11bdau ^ key.x ^ key.y;
  var x0 = counter.x + key.x;
  var x1 = counter.y + key.y;
  var x2 = counter.z;
  var x3 = counter.w;
  x0 += x1;
  x1 = ((x1 << 10u) | (x1 >> 22u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 26u) | (x3 >> 6u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 11u) | (x3 >> 21u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 21u) | (x1 >> 11u)) ^ x2;
  x0 += x1;
  x1 = ((x1 << 13u) | (x1 >> 19u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 27u) | (x3 >> 5u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 23u) | (x3 >> 9u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 5u) | (x1 >> 27u)) ^ x2;
  x0 += key.y;
  x3 += last + 1u;
  x0 += x1;
  x1 = ((x1 << 6u) | (x1 >> 26u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 20u) | (x3 >> 12u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 17u) | (x3 >> 15u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 11u) | (x1 >> 21u)) ^ x2;
  x0 += x1;
  x1 = ((x1 << 25u) | (x1 >> 7u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 10u) | (x3 >> 22u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 18u) | (x3 >> 14u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 20u) | (x1 >> 12u)) ^ x2;
  x2 += last;
  x3 += key.x + 2u;
  x0 += x1;
  x1 = ((x1 << 10u) | (x1 >> 22u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 26u) | (x3 >> 6u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 11u) | (x3 >> 21u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 21u) | (x1 >> 11u)) ^ x2;
  x0 += x1;
  x1 = ((x1 << 13u) | (x1 >> 19u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 27u) | (x3 >> 5u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 23u) | (x3 >> 9u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 5u) | (x1 >> 27u)) ^ x2;
  x1 += last;
  x2 += key.x;
  x3 += key.y + 3u;
  x0 += x1;
  x1 = ((x1 << 6u) | (x1 >> 26u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 20u) | (x3 >> 12u)) ^ x2;
  return vec4u(x0, x1, x2, x3);
}

const ROOT_HALF_BITS = 0x3f3504f3u;

// k and f, from the bits of x in excess of those of √½.
fn logarithm_parts(excess: u32) -> vec2f {
  let k = f32(bitcast<i32>(excess) >> 23u);
  let m = bitcast<f32>((excess & 0x007fffffu) + ROOT_HALF_BITS);
  return vec2f(k, m - 1.0);
}

// k ln 2 + ln(1 + f).
fn logarithm_of_parts(k: f32, f: f32) -> f32 {
  let high = 0.19963066 + f * (-0.16577588 + f * (0.14914751 + f * (-0.14267458 + f * 0.08700439)));
  let ratio = 1.0 + f * (-0.5 + f * (0.3333391 + f * (-0.25001338 + f * high)));
  return k * 0.6931472 + f * ratio;
}

fn ln(x: f32) -> f32 {
  let parts = logarithm_parts(bitcast<u32>(x) - ROOT_HALF_BITS);
  return logarithm_of_parts(parts.x, parts.y);
}

fn radius(word: u32) -> f32 {
  // y is u, or 1 − u where u is the larger, which the first bit of the word says.
  let large = (word & 0x80000000u) != 0u;
  let y = (f32(bitcast<i32>(select(word, ~word, large))) + 0.5) * 0x1p-32;
  let u = select(y, 1.0 - y, large);
  let parts = logarithm_parts(bitcast<u32>(u) - ROOT_HALF_BITS);
  let f = select(parts.y, -y, parts.x == 0.0);
  return sqrt(-2.0 * logarithm_of_parts(parts.x, f));
}

fn direction(word: u32) -> vec2f {
  let x = f32(bitcast<i32>(word << 2u) >> 2u) * 0x1p-30 + 0x1p-31;
  let q = x * x;
  let along = 1.0 + q * (-1.2337005 + q * (0.25366923 + q * (-0.020860288 + q * 0.00090402155)));
  let across = x * (1.5707964 + q * (-0.6459648 + q * (0.07968988 + q * -0.004622953)));
  let one = select(vec2f(along, across), vec2f(across, along), (word & 0x40000000u) != 0u);
  return select(one, -one, (word & 0x80000000u) != 0u);
}

fn normals(words: vec4u) -> vec4f {
  return vec4f(radius(words.x) * direction(words.y), radius(words.z) * direction(words.w));
}

fn log_remainder(t: f32) -> f32 {
  let top = -0.059908886 + t * (0.052946698 + t * (-0.14576916 + t * 0.13958684));
  let high = -0.12482398 + t * (0.11089735 + t * (-0.103118524 + t * (0.09430629 + t * top)));
  let ratio = -0.25 + t * (0.19999997 + t * (-0.16666985 + t * (0.14286213 + t * high)));
  let near = (t * t) * (t * t) * ratio;
  let far = ln(1.0 + t) - t * (1.0 - t * (0.5 - t * 0.33333334));
  return select(far, near, abs(t) < 0.5);
}

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
fn chi_square(place: Place, key: vec2u) -> f32 {
  return 0.0;
}

@compute @workgroup_size(64)
fn advance(@builtin(global_invocation_id) id: vec3u) {
  let student = id.x;
  if (student >= settings.students) {
    return;
  }
  let key = vec2u(state[38u * settings.students + student], state[39u * settings.students + student]);
  let T0 = bitcast<f32>(state[30u * settings.students + student]);
  let T1 = bitcast<f32>(state[31u * settings.students + student]);
  let T2 = bitcast<f32>(state[32u * settings.students + student]);
  let A0 = bitcast<f32>(state[33u * settings.students + student]);
  let A1 = bitcast<f32>(state[34u * settings.students + student]);
  var P0 = vec2f(bitcast<f32>(state[0u * settings.students + student]), bitcast<f32>(state[15u * settings.students + student]));
  var P1 = vec2f(bitcast<f32>(state[1u * settings.students + student]), bitcast<f32>(state[16u * settings.students + student]));
  var P2 = vec2f(bitcast<f32>(state[2u * settings.students + student]), bitcast<f32>(state[17u * settings.students + student]));
  var P3 = vec2f(bitcast<f32>(state[3u * settings.students + student]), bitcast<f32>(state[18u * settings.students + student]));
  var P4 = vec2f(bitcast<f32>(state[4u * settings.students + student]), bitcast<f32>(state[19u * settings.students + student]));
  var P5 = vec2f(bitcast<f32>(state[5u * settings.students + student]), bitcast<f32>(state[20u * settings.students + student]));
  var L0 = vec2f(bitcast<f32>(state[6u * settings.students + student]), bitcast<f32>(state[21u * settings.students + student]));
  var L1 = vec2f(bitcast<f32>(state[7u * settings.students + student]), bitcast<f32>(state[22u * settings.students + student]));
  var L2 = vec2f(bitcast<f32>(state[8u * settings.students + student]), bitcast<f32>(state[23u * settings.students + student]));
  var L3 = vec2f(bitcast<f32>(state[9u * settings.students + student]), bitcast<f32>(state[24u * settings.students + student]));
  var L4 = vec2f(bitcast<f32>(state[10u * settings.students + student]), bitcast<f32>(state[25u * settings.students + student]));
  var L5 = vec2f(bitcast<f32>(state[11u * settings.students + student]), bitcast<f32>(state[26u * settings.students + student]));
  var v0 = vec2f(bitcast<f32>(state[12u * settings.students + student]), bitcast<f32>(state[27u * settings.students + student]));
  var v1 = vec2f(bitcast<f32>(state[13u * settings.students + student]), bitcast<f32>(state[28u * settings.students + student]));
  var v2 = vec2f(bitcast<f32>(state[14u * settings.students + student]), bitcast<f32>(state[29u * settings.students + student]));
  for (var i = 0u; i < settings.count; i++) {
    let place = place_after(i);
    let z0 = normals(random(place, 0u, INPUTS, key));
    let z1 = normals(random(place, 1u, INPUTS, key));
    let along0 = L0.x * z0.z;
    let along1 = L1.x * z0.z + L2.x * z0.w;
    let along2 = L3.x * z0.z + L4.x * z0.w + L5.x * z1.x;
    let a0 = activate(along0 + P0.x * z0.x + P1.x * z0.y);
    let a1 = activate(along1 + P2.x * z0.x + P3.x * z0.y);
    let a2 = activate(along2 + P4.x * z0.x + P5.x * z0.y);
    let b0 = activate(T0 * z0.x);
    let b1 = activate(T1 * z0.x + T2 * z0.y);
    var e = v0.x * a0.x + v1.x * a1.x + v2.x * a2.x - (A0 * b0.x + A1 * b1.x);
    e -= settings.sigma * normals(random(place, 0u, LABEL_NOISE, key)).x;
    let c0 = -settings.rate1 * v0.x * a0.y * e;
    let c1 = -settings.rate1 * v1.x * a1.y * e;
    let c2 = -settings.rate1 * v2.x * a2.y * e;
    P0 = moved(P0, c0 * z0.x - settings.decay1 * P0.x);
    P1 = moved(P1, c0 * z0.y - settings.decay1 * P1.x);
    P2 = moved(P2, c1 * z0.x - settings.decay1 * P2.x);
    P3 = moved(P3, c1 * z0.y - settings.decay1 * P3.x);
    P4 = moved(P4, c2 * z0.x - settings.decay1 * P4.x);
    P5 = moved(P5, c2 * z0.y - settings.decay1 * P5.x);
    let chi = sqrt(chi_square(place, key));
    var d0 = c0 * z0.z - settings.decay1 * L0.x;
    var r0_1 = c0 * z0.w;
    var r0_2 = c0 * z1.x;
    var r0_3 = chi * c0;
    var d1 = c1 * z0.z - settings.decay1 * L1.x;
    var d2 = c1 * z0.w - settings.decay1 * L2.x;
    var r1_2 = c1 * z1.x;
    var r1_3 = chi * c1;
    var d3 = c2 * z0.z - settings.decay1 * L3.x;
    var d4 = c2 * z0.w - settings.decay1 * L4.x;
    var d5 = c2 * z1.x - settings.decay1 * L5.x;
    var r2_3 = chi * c2;
    {
      let diagonal = L0.x + d0;
      let length = sqrt(diagonal * diagonal + r0_1 * r0_1);
      // Squares smaller than this have underflown: the direction is left alone.
      let some = length > 1e-15f;
      let sin = select(0.0, r0_1 / length, some);
      let cos = select(1.0, diagonal / length, some);
      // 1 − cos, and by how much the diagonal grows: where it has become negative, nothing cancels.
      let less = select(sin * sin / (1.0 + cos), 1.0 - cos, cos < 0.0);
      d0 += select(r0_1 * sin / (1.0 + cos), length - diagonal, cos < 0.0);
      let left1 = L1.x + d1;
      let right1 = (L2.x + d2);
      d1 += sin * right1 - less * left1;
      d2 -= sin * left1 + less * right1;
      let left2 = L3.x + d3;
      let right2 = (L4.x + d4);
      d3 += sin * right2 - less * left2;
      d4 -= sin * left2 + less * right2;
    }
    {
      let diagonal = L0.x + d0;
      let length = sqrt(diagonal * diagonal + r0_2 * r0_2);
      // Squares smaller than this have underflown: the direction is left alone.
      let some = length > 1e-15f;
      let sin = select(0.0, r0_2 / length, some);
      let cos = select(1.0, diagonal / length, some);
      // 1 − cos, and by how much the diagonal grows: where it has become negative, nothing cancels.
      let less = select(sin * sin / (1.0 + cos), 1.0 - cos, cos < 0.0);
      d0 += select(r0_2 * sin / (1.0 + cos), length - diagonal, cos < 0.0);
      let left1 = L1.x + d1;
      let right1 = r1_2;
      d1 += sin * right1 - less * left1;
      r1_2 -= sin * left1 + less * right1;
      let left2 = L3.x + d3;
      let right2 = (L5.x + d5);
      d3 += sin * right2 - less * left2;
      d5 -= sin * left2 + less * right2;
    }
    {
      let diagonal = L0.x + d0;
      let length = sqrt(diagonal * diagonal + r0_3 * r0_3);
      // Squares smaller than this have underflown: the direction is left alone.
      let some = length > 1e-15f;
      let sin = select(0.0, r0_3 / length, some);
      let cos = select(1.0, diagonal / length, some);
      // 1 − cos, and by how much the diagonal grows: where it has become negative, nothing cancels.
      let less = select(sin * sin / (1.0 + cos), 1.0 - cos, cos < 0.0);
      d0 += select(r0_3 * sin / (1.0 + cos), length - diagonal, cos < 0.0);
      let left1 = L1.x + d1;
      let right1 = r1_3;
      d1 += sin * right1 - less * left1;
      r1_3 -= sin * left1 + less * right1;
      let left2 = L3.x + d3;
      let right2 = r2_3;
      d3 += sin * right2 - less * left2;
      r2_3 -= sin * left2 + less * right2;
    }
    {
      let diagonal = L2.x + d2;
      let length = sqrt(diagonal * diagonal + r1_2 * r1_2);
      // Squares smaller than this have underflown: the direction is left alone.
      let some = length > 1e-15f;
      let sin = select(0.0, r1_2 / length, some);
      let cos = select(1.0, diagonal / length, some);
      // 1 − cos, and by how much the diagonal grows: where it has become negative, nothing cancels.
      let less = select(sin * sin / (1.0 + cos), 1.0 - cos, cos < 0.0);
      d2 += select(r1_2 * sin / (1.0 + cos), length - diagonal, cos < 0.0);
      let left2 = L4.x + d4;
      let right2 = (L5.x + d5);
      d4 += sin * right2 - less * left2;
      d5 -= sin * left2 + less * right2;
    }
    {
      let diagonal = L2.x + d2;
      let length = sqrt(diagonal * diagonal + r1_3 * r1_3);
      // Squares smaller than this have underflown: the direction is left alone.
      let some = length > 1e-15f;
      let sin = select(0.0, r1_3 / length, some);
      let cos = select(1.0, diagonal / length, some);
      // 1 − cos, and by how much the diagonal grows: where it has become negative, nothing cancels.
      let less = select(sin * sin / (1.0 + cos), 1.0 - cos, cos < 0.0);
      d2 += select(r1_3 * sin / (1.0 + cos), length - diagonal, cos < 0.0);
      let left2 = L4.x + d4;
      let right2 = r2_3;
      d4 += sin * right2 - less * left2;
      r2_3 -= sin * left2 + less * right2;
    }
    {
      let diagonal = L5.x + d5;
      let length = sqrt(diagonal * diagonal + r2_3 * r2_3);
      // Squares smaller than this have underflown: the direction is left alone.
      let some = length > 1e-15f;
      let sin = select(0.0, r2_3 / length, some);
      let cos = select(1.0, diagonal / length, some);
      // 1 − cos, and by how much the diagonal grows: where it has become negative, nothing cancels.
      let less = select(sin * sin / (1.0 + cos), 1.0 - cos, cos < 0.0);
      d5 += select(r2_3 * sin / (1.0 + cos), length - diagonal, cos < 0.0);
    }
    L0 = moved(L0, d0);
    L1 = moved(L1, d1);
    L2 = moved(L2, d2);
    L3 = moved(L3, d3);
    L4 = moved(L4, d4);
    L5 = moved(L5, d5);
    v0 = moved(v0, -settings.rate2 * a0.x * e - settings.decay2 * v0.x);
    v1 = moved(v1, -settings.rate2 * a1.x * e - settings.decay2 * v1.x);
    v2 = moved(v2, -settings.rate2 * a2.x * e - settings.decay2 * v2.x);
  }
  state[0u * settings.students + student] = bitcast<u32>(P0.x);
  state[15u * settings.students + student] = bitcast<u32>(P0.y);
  state[1u * settings.students + student] = bitcast<u32>(P1.x);
  state[16u * settings.students + student] = bitcast<u32>(P1.y);
  state[2u * settings.students + student] = bitcast<u32>(P2.x);
  state[17u * settings.students + student] = bitcast<u32>(P2.y);
  state[3u * settings.students + student] = bitcast<u32>(P3.x);
  state[18u * settings.students + student] = bitcast<u32>(P3.y);
  state[4u * settings.students + student] = bitcast<u32>(P4.x);
  state[19u * settings.students + student] = bitcast<u32>(P4.y);
  state[5u * settings.students + student] = bitcast<u32>(P5.x);
  state[20u * settings.students + student] = bitcast<u32>(P5.y);
  state[6u * settings.students + student] = bitcast<u32>(L0.x);
  state[21u * settings.students + student] = bitcast<u32>(L0.y);
  state[7u * settings.students + student] = bitcast<u32>(L1.x);
  state[22u * settings.students + student] = bitcast<u32>(L1.y);
  state[8u * settings.students + student] = bitcast<u32>(L2.x);
  state[23u * settings.students + student] = bitcast<u32>(L2.y);
  state[9u * settings.students + student] = bitcast<u32>(L3.x);
  state[24u * settings.students + student] = bitcast<u32>(L3.y);
  state[10u * settings.students + student] = bitcast<u32>(L4.x);
  state[25u * settings.students + student] = bitcast<u32>(L4.y);
  state[11u * settings.students + student] = bitcast<u32>(L5.x);
  state[26u * settings.students + student] = bitcast<u32>(L5.y);
  state[12u * settings.students + student] = bitcast<u32>(v0.x);
  state[27u * settings.students + student] = bitcast<u32>(v0.y);
  state[13u * settings.students + student] = bitcast<u32>(v1.x);
  state[28u * settings.students + student] = bitcast<u32>(v1.y);
  state[14u * settings.students + student] = bitcast<u32>(v2.x);
  state[29u * settings.students + student] = bitcast<u32>(v2.y);
}

// ½e² summed over inputs of the test set; the first ones begin the sum.
@compute @workgroup_size(64)
fn test(@builtin(global_invocation_id) id: vec3u) {
  let student = id.x;
  if (student >= settings.students) {
    return;
  }
  let key = vec2u(state[38u * settings.students + student], state[39u * settings.students + student]);
  let T0 = bitcast<f32>(state[30u * settings.students + student]);
  let T1 = bitcast<f32>(state[31u * settings.students + student]);
  let T2 = bitcast<f32>(state[32u * settings.students + student]);
  let A0 = bitcast<f32>(state[33u * settings.students + student]);
  let A1 = bitcast<f32>(state[34u * settings.students + student]);
  let P0 = vec2f(bitcast<f32>(state[0u * settings.students + student]), bitcast<f32>(state[15u * settings.students + student]));
  let P1 = vec2f(bitcast<f32>(state[1u * settings.students + student]), bitcast<f32>(state[16u * settings.students + student]));
  let P2 = vec2f(bitcast<f32>(state[2u * settings.students + student]), bitcast<f32>(state[17u * settings.students + student]));
  let P3 = vec2f(bitcast<f32>(state[3u * settings.students + student]), bitcast<f32>(state[18u * settings.students + student]));
  let P4 = vec2f(bitcast<f32>(state[4u * settings.students + student]), bitcast<f32>(state[19u * settings.students + student]));
  let P5 = vec2f(bitcast<f32>(state[5u * settings.students + student]), bitcast<f32>(state[20u * settings.students + student]));
  let L0 = vec2f(bitcast<f32>(state[6u * settings.students + student]), bitcast<f32>(state[21u * settings.students + student]));
  let L1 = vec2f(bitcast<f32>(state[7u * settings.students + student]), bitcast<f32>(state[22u * settings.students + student]));
  let L2 = vec2f(bitcast<f32>(state[8u * settings.students + student]), bitcast<f32>(state[23u * settings.students + student]));
  let L3 = vec2f(bitcast<f32>(state[9u * settings.students + student]), bitcast<f32>(state[24u * settings.students + student]));
  let L4 = vec2f(bitcast<f32>(state[10u * settings.students + student]), bitcast<f32>(state[25u * settings.students + student]));
  let L5 = vec2f(bitcast<f32>(state[11u * settings.students + student]), bitcast<f32>(state[26u * settings.students + student]));
  let v0 = vec2f(bitcast<f32>(state[12u * settings.students + student]), bitcast<f32>(state[27u * settings.students + student]));
  let v1 = vec2f(bitcast<f32>(state[13u * settings.students + student]), bitcast<f32>(state[28u * settings.students + student]));
  let v2 = vec2f(bitcast<f32>(state[14u * settings.students + student]), bitcast<f32>(state[29u * settings.students + student]));
  var total = squares[student];
  if ((settings.first_low | settings.first_high) == 0u) {
    total = vec2f(0.0);
  }
  for (var i = 0u; i < settings.count; i++) {
    let place = place_after(i);
    let z0 = normals(random(place, 0u, TEST_SET, key));
    let z1 = normals(random(place, 1u, TEST_SET, key));
    let along0 = L0.x * z0.z;
    let along1 = L1.x * z0.z + L2.x * z0.w;
    let along2 = L3.x * z0.z + L4.x * z0.w + L5.x * z1.x;
    let a0 = activate(along0 + P0.x * z0.x + P1.x * z0.y);
    let a1 = activate(along1 + P2.x * z0.x + P3.x * z0.y);
    let a2 = activate(along2 + P4.x * z0.x + P5.x * z0.y);
    let b0 = activate(T0 * z0.x);
    let b1 = activate(T1 * z0.x + T2 * z0.y);
    var e = v0.x * a0.x + v1.x * a1.x + v2.x * a2.x - (A0 * b0.x + A1 * b1.x);
    total = moved(total, 0.5 * e * e);
  }
  squares[student] = total;
}
