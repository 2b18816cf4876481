enable subgroups;

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

@group(0) @binding(1) var<storage, read_write> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> words: array<u32>;
@group(0) @binding(3) var<storage, read_write> results: array<vec2f>;

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

struct Me {
  thread: u32,
  lane: u32,
  subgroup: u32,
}

fn answers(part0: f32, part1: f32, part2: f32, part3: f32, me: Me) -> array<vec2f, 4> {
  var sum0 = part0;
  var sum1 = part1;
  var sum2 = part2;
  var sum3 = part3;
  sum0 += subgroupShuffleXor(sum0, 1u);
  sum1 += subgroupShuffleXor(sum1, 1u);
  sum2 += subgroupShuffleXor(sum2, 1u);
  sum3 += subgroupShuffleXor(sum3, 1u);
  sum0 += subgroupShuffleXor(sum0, 2u);
  sum1 += subgroupShuffleXor(sum1, 2u);
  sum2 += subgroupShuffleXor(sum2, 2u);
  sum3 += subgroupShuffleXor(sum3, 2u);
  sum0 += subgroupShuffleXor(sum0, 4u);
  sum1 += subgroupShuffleXor(sum1, 4u);
  sum2 += subgroupShuffleXor(sum2, 4u);
  sum3 += subgroupShuffleXor(sum3, 4u);
  sum0 += subgroupShuffleXor(sum0, 8u);
  sum1 += subgroupShuffleXor(sum1, 8u);
  sum2 += subgroupShuffleXor(sum2, 8u);
  sum3 += subgroupShuffleXor(sum3, 8u);
  sum0 += subgroupShuffleXor(sum0, 16u);
  sum1 += subgroupShuffleXor(sum1, 16u);
  sum2 += subgroupShuffleXor(sum2, 16u);
  sum3 += subgroupShuffleXor(sum3, 16u);
  var field = sum0;
  field = select(field, sum1, me.lane == 1u);
  field = select(field, sum2, me.lane == 2u);
  field = select(field, sum3, me.lane == 3u);
  let own = activate(field * 0.04472136124968529f);
  return array<vec2f, 4>(subgroupBroadcast(own, 0u), subgroupBroadcast(own, 1u), subgroupBroadcast(own, 2u), subgroupBroadcast(own, 3u));
}

fn word(i: u32) -> f32 {
  return bitcast<f32>(words[i]);
}

// Of a block's normals those that are inputs; rows are filled up with zeros.
fn only_inputs(x: vec4f, block: u32) -> vec4f {
  return select(vec4f(0.0), x, 4u * block + vec4u(0u, 1u, 2u, 3u) < vec4u(500u));
}

@compute @workgroup_size(32)
fn advance(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32, @builtin(subgroup_invocation_id) lane: u32) {
  let base = group.x * 1024u + thread;
  let own = group.x * 10u;
  let me = Me(thread, lane, subgroupMin(thread) / 32u);
  let key = vec2u(words[own + 8u], words[own + 9u]);
  var v0 = vec2f(word(own + 0u), word(own + 2u));
  var v1 = vec2f(word(own + 1u), word(own + 3u));
  let A0 = word(own + 4u);
  let A1 = word(own + 5u);
  let F0 = word(own + 6u);
  let F1 = word(own + 7u);
  var w0_0 = weights[base + 0u];
  var w0_1 = weights[base + 32u];
  var w0_2 = weights[base + 64u];
  var w0_3 = weights[base + 96u];
  var w1_0 = weights[base + 128u];
  var w1_1 = weights[base + 160u];
  var w1_2 = weights[base + 192u];
  var w1_3 = weights[base + 224u];
  var low0_0 = weights[base + 256u];
  var low0_1 = weights[base + 288u];
  var low0_2 = weights[base + 320u];
  var low0_3 = weights[base + 352u];
  var low1_0 = weights[base + 384u];
  var low1_1 = weights[base + 416u];
  var low1_2 = weights[base + 448u];
  var low1_3 = weights[base + 480u];
  let t0_0 = weights[base + 512u];
  let t0_1 = weights[base + 544u];
  let t0_2 = weights[base + 576u];
  let t0_3 = weights[base + 608u];
  let t1_0 = weights[base + 640u];
  let t1_1 = weights[base + 672u];
  let t1_2 = weights[base + 704u];
  let t1_3 = weights[base + 736u];
  for (var i = 0u; i < settings.count; i++) {
    let place = place_after(i);
    let x0 = normals(random(place, me.thread + 0u, INPUTS, key));
    let x1 = normals(random(place, me.thread + 32u, INPUTS, key));
    let x2 = normals(random(place, me.thread + 64u, INPUTS, key));
    let x3 = only_inputs(normals(random(place, me.thread + 96u, INPUTS, key)), me.thread + 96u);
    let a = answers(
      dot(w0_0, x0) + dot(w0_1, x1) + dot(w0_2, x2) + dot(w0_3, x3),
      dot(w1_0, x0) + dot(w1_1, x1) + dot(w1_2, x2) + dot(w1_3, x3),
      dot(t0_0, x0) + dot(t0_1, x1) + dot(t0_2, x2) + dot(t0_3, x3),
      dot(t1_0, x0) + dot(t1_1, x1) + dot(t1_2, x2) + dot(t1_3, x3),
      me);
    var e = v0.x * a[0].x + v1.x * a[1].x - (A0 * a[2].x + A1 * a[3].x);
    let move0 = -settings.rate1 * F0 * a[0].y * e;
    {
      let y = low0_0 + move0 * x0;
      let high = opaque4(w0_0 + y);
      low0_0 = y - opaque4(high - w0_0);
      w0_0 = high;
    }
    {
      let y = low0_1 + move0 * x1;
      let high = opaque4(w0_1 + y);
      low0_1 = y - opaque4(high - w0_1);
      w0_1 = high;
    }
    {
      let y = low0_2 + move0 * x2;
      let high = opaque4(w0_2 + y);
      low0_2 = y - opaque4(high - w0_2);
      w0_2 = high;
    }
    {
      let y = low0_3 + move0 * x3;
      let high = opaque4(w0_3 + y);
      low0_3 = y - opaque4(high - w0_3);
      w0_3 = high;
    }
    let move1 = -settings.rate1 * F1 * a[1].y * e;
    {
      let y = low1_0 + move1 * x0;
      let high = opaque4(w1_0 + y);
      low1_0 = y - opaque4(high - w1_0);
      w1_0 = high;
    }
    {
      let y = low1_1 + move1 * x1;
      let high = opaque4(w1_1 + y);
      low1_1 = y - opaque4(high - w1_1);
      w1_1 = high;
    }
    {
      let y = low1_2 + move1 * x2;
      let high = opaque4(w1_2 + y);
      low1_2 = y - opaque4(high - w1_2);
      w1_2 = high;
    }
    {
      let y = low1_3 + move1 * x3;
      let high = opaque4(w1_3 + y);
      low1_3 = y - opaque4(high - w1_3);
      w1_3 = high;
    }
    v0 = moved(v0, -settings.rate2 * a[0].x * e);
    v1 = moved(v1, -settings.rate2 * a[1].x * e);
  }
  weights[base + 0u] = w0_0;
  weights[base + 32u] = w0_1;
  weights[base + 64u] = w0_2;
  weights[base + 96u] = w0_3;
  weights[base + 128u] = w1_0;
  weights[base + 160u] = w1_1;
  weights[base + 192u] = w1_2;
  weights[base + 224u] = w1_3;
  weights[base + 256u] = low0_0;
  weights[base + 288u] = low0_1;
  weights[base + 320u] = low0_2;
  weights[base + 352u] = low0_3;
  weights[base + 384u] = low1_0;
  weights[base + 416u] = low1_1;
  weights[base + 448u] = low1_2;
  weights[base + 480u] = low1_3;
  if (thread == 0u) {
    words[own + 0u] = bitcast<u32>(v0.x);
    words[own + 2u] = bitcast<u32>(v0.y);
    words[own + 1u] = bitcast<u32>(v1.x);
    words[own + 3u] = bitcast<u32>(v1.y);
  }
}

// ½e² summed over inputs of the test set; the first ones begin the sum.
@compute @workgroup_size(32)
fn test(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32, @builtin(subgroup_invocation_id) lane: u32) {
  let base = group.x * 1024u + thread;
  let own = group.x * 10u;
  let me = Me(thread, lane, subgroupMin(thread) / 32u);
  let key = vec2u(words[own + 8u], words[own + 9u]);
  var v0 = vec2f(word(own + 0u), word(own + 2u));
  var v1 = vec2f(word(own + 1u), word(own + 3u));
  let A0 = word(own + 4u);
  let A1 = word(own + 5u);
  let w0_0 = weights[base + 0u];
  let w0_1 = weights[base + 32u];
  let w0_2 = weights[base + 64u];
  let w0_3 = weights[base + 96u];
  let w1_0 = weights[base + 128u];
  let w1_1 = weights[base + 160u];
  let w1_2 = weights[base + 192u];
  let w1_3 = weights[base + 224u];
  let t0_0 = weights[base + 512u];
  let t0_1 = weights[base + 544u];
  let t0_2 = weights[base + 576u];
  let t0_3 = weights[base + 608u];
  let t1_0 = weights[base + 640u];
  let t1_1 = weights[base + 672u];
  let t1_2 = weights[base + 704u];
  let t1_3 = weights[base + 736u];
  let slot = group.x * 10u + 9u;
  var total = results[slot];
  if ((settings.first_low | settings.first_high) == 0u) {
    total = vec2f(0.0);
  }
  for (var i = 0u; i < settings.count; i++) {
    let place = place_after(i);
    let x0 = normals(random(place, me.thread + 0u, TEST_SET, key));
    let x1 = normals(random(place, me.thread + 32u, TEST_SET, key));
    let x2 = normals(random(place, me.thread + 64u, TEST_SET, key));
    let x3 = only_inputs(normals(random(place, me.thread + 96u, TEST_SET, key)), me.thread + 96u);
    let a = answers(
      dot(w0_0, x0) + dot(w0_1, x1) + dot(w0_2, x2) + dot(w0_3, x3),
      dot(w1_0, x0) + dot(w1_1, x1) + dot(w1_2, x2) + dot(w1_3, x3),
      dot(t0_0, x0) + dot(t0_1, x1) + dot(t0_2, x2) + dot(t0_3, x3),
      dot(t1_0, x0) + dot(t1_1, x1) + dot(t1_2, x2) + dot(t1_3, x3),
      me);
    var e = v0.x * a[0].x + v1.x * a[1].x - (A0 * a[2].x + A1 * a[3].x);
    total = moved(total, 0.5 * e * e);
  }
  if (thread == 0u) {
    results[slot] = total;
  }
}

var<workgroup> products: array<vec2f, 32>;

// W_a · W_b, each row with its low part. Products of coarse and fine halves are exact, and are summed as two floats; what the
// low parts add is 2^-24 as large.
fn product(slot: u32, base: u32, a: u32, a_low: u32, b: u32, b_low: u32, thread: u32) {
  var total = vec2f(0.0);
  for (var j = base; j < base + 128u; j += 32u) {
    let x = weights[j + a * 128u];
    let y = weights[j + b * 128u];
    let x_coarse = coarse(x);
    let y_coarse = coarse(y);
    let x_fine = x - x_coarse;
    let y_fine = y - y_coarse;
    let large = x_coarse * y_coarse;
    let one = x_coarse * y_fine;
    let other = x_fine * y_coarse;
    let small = x_fine * y_fine + x * weights[j + b_low * 128u] + weights[j + a_low * 128u] * y;
    for (var c = 0u; c < 4u; c++) {
      total = added(total, vec2f(large[c], 0.0));
      total = added(total, vec2f(one[c], 0.0));
      total = added(total, vec2f(other[c], small[c]));
    }
  }
  products[thread] = total;
  workgroupBarrier();
  for (var s = 16u; s > 0u; s /= 2u) {
    if (thread < s) {
      products[thread] = added(products[thread], products[thread + s]);
    }
    workgroupBarrier();
  }
  if (thread == 0u) {
    results[slot] = products[0];
  }
  workgroupBarrier();
}

// The order parameters of src/shallow/problem/layout.ts, times N those that are products.
@compute @workgroup_size(32)
fn measure(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let base = group.x * 1024u + thread;
  let own = group.x * 10u;
  var slot = group.x * 10u;
  for (var k = 0u; k < 2u; k++) {
    for (var l = k; l < 2u; l++) {
      product(slot, base, k, 2u + k, l, 2u + l, thread);
      slot++;
    }
  }
  for (var k = 0u; k < 2u; k++) {
    for (var m = 0u; m < 2u; m++) {
      product(slot, base, k, 2u + k, 4u + m, 6u + m, thread);
      slot++;
    }
  }
  if (thread < 2u) {
    results[slot + thread] = vec2f(word(own + thread), word(own + 2u + thread));
  }
}
